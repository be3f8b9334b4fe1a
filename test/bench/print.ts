import { performance } from 'node:perf_hooks';
import type { PrintTable } from '../../src/print/print-format.ts';
import { defaultPrintOptions, type PrintOptions } from '../../src/print/print-options.ts';
import { printTable } from '../../src/print/registry.ts';
import { packRows, type RowBatch } from '../../src/result/row-batch.ts';

/*
 * How long the printers alone take, and how much memory: rows like those of generate_series with a number, a text, a numeric and a
 * timestamp. Run it with `node test/bench/print.ts`.
 */
const rowsPerBatch = 1000;

const columns: PrintTable['columns'] = [
  { name: 'id', align: 'right' },
  { name: 'name', align: 'left' },
  { name: 'price', align: 'right' },
  { name: 'made_at', align: 'left' },
];

function sampleBatch(): RowBatch {
  const rows = Array.from({ length: rowsPerBatch }, (_, row) => [
    Buffer.from(String(row * 4999)),
    Buffer.from(`name of ${row}`),
    row % 10 === 0 ? null : Buffer.from((row * 1.25).toFixed(2)),
    Buffer.from('2024-02-29 12:34:56.789'),
  ]);
  return packRows(columns.length, rows);
}

async function* batches(count: number, batch: RowBatch): AsyncIterable<RowBatch> {
  for (let sent = 0; sent < count; sent++) yield batch;
}

async function run(name: string, rowCount: number, options: Partial<PrintOptions>): Promise<void> {
  const batch = sampleBatch();
  const rows = (): AsyncIterable<RowBatch> => batches(rowCount / rowsPerBatch, batch);
  const begin = performance.now();
  let written = 0;
  let peak = 0;
  const output = printTable(
    { columns, batches: rows() },
    { ...defaultPrintOptions, ...options },
    { terminalColumns: 0, isExact: true },
    rows,
  );
  for await (const block of output) {
    written += block.length;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - begin) / 1000;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  process.stdout.write(`${name.padEnd(28)} ${seconds.toFixed(2)} s  ${megabytes(written)} MB written  ${megabytes(peak)} MB resident\n`);
}

await run('unaligned, 5 million rows', 5_000_000, { format: 'unaligned' });
await run('csv, 5 million rows', 5_000_000, { format: 'csv' });
await run('aligned, 1 million rows', 1_000_000, { format: 'aligned' });
await run('json, 1 million rows', 1_000_000, { format: 'json' });
await run('html, 1 million rows', 1_000_000, { format: 'html' });

import type { RowBatch } from '../result/row-batch.ts';
import { aligned, wrapped } from './aligned.ts';
import { csv } from './csv.ts';
import type { PrintFormat, PrintSurroundings, PrintTable } from './print-format.ts';
import type { FormatName, PrintOptions } from './print-options.ts';
import { unaligned } from './unaligned.ts';

const formats: Partial<Record<FormatName, PrintFormat>> = { aligned, csv, unaligned, wrapped };

export function printFormat(name: FormatName): PrintFormat {
  const format = formats[name];
  if (format === undefined) throw new Error(`unknown ${name}`);
  return format;
}

/** Both passes of printing. `rescan` gives the same rows again for formats that must measure first. */
export async function* printTable(
  table: PrintTable,
  options: PrintOptions,
  surroundings: PrintSurroundings,
  rescan?: () => AsyncIterable<RowBatch>,
): AsyncIterable<Buffer> {
  const format = printFormat(options.format);
  if (format.measure === undefined) {
    yield* format.write(table, options, surroundings, undefined);
    return;
  }
  const measure = format.measure(table, options, surroundings);
  const kept: RowBatch[] = [];
  for await (const batch of table.batches) {
    measure.add(batch);
    if (rescan === undefined) kept.push(batch);
  }
  const batches = rescan?.() ?? replay(kept);
  yield* format.write({ ...table, batches }, options, surroundings, measure);
}

async function* replay(batches: readonly RowBatch[]): AsyncIterable<RowBatch> {
  yield* batches;
}

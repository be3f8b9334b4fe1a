import { expect, test } from 'vitest';
import { defaultPrintOptions } from '../../../src/print/print-options.ts';
import { printTable } from '../../../src/print/registry.ts';
import { packRows } from '../../../src/result/row-batch.ts';

const columns = [
  { name: 'caf', align: 'left' },
  { name: 'b', align: 'left' },
] as const;

async function print(encoding: 'utf-8' | 'single-byte'): Promise<string> {
  const rows = [
    ['caf\xe9', 'x'],
    ['a', 'b'],
  ].map((row) => row.map((cell) => Buffer.from(cell, 'latin1')));
  async function* batches() {
    yield packRows(2, rows);
  }
  const surroundings = { terminalColumns: 0, isExact: true, encoding };
  const blocks: Buffer[] = [];
  for await (const block of printTable({ columns, batches: batches() }, defaultPrintOptions, surroundings)) blocks.push(block);
  return Buffer.concat(blocks).toString('latin1');
}

// As psql 15.18 prints it under \encoding LATIN1.
test('each byte of a single-byte encoding is a character', async () => {
  expect(await print('single-byte')).toBe(' caf  | b \n------+---\n caf\xe9 | x\n a    | b\n(2 rows)\n\n');
});

// Its first byte announces two more, as pg_utf_mblen takes it.
test('a character that is cut short ends the cell', async () => {
  expect(await print('utf-8')).toBe(' caf | b \n-----+---\n caf | x\n a   | b\n(2 rows)\n\n');
});

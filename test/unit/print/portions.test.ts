import { expect, test } from 'vitest';
import { defaultPrintOptions, type PrintOptions } from '../../../src/print/print-options.ts';
import { printTable } from '../../../src/print/registry.ts';
import { packRows, type RowBatch } from '../../../src/result/row-batch.ts';

const columns = [
  { name: 'id', align: 'right' },
  { name: 't', align: 'left' },
] as const;

async function* once(batch: RowBatch): AsyncIterable<RowBatch> {
  yield batch;
}

/** Rows `i, 'x' * i * factor` fetched two at a time, as psql does with FETCH_COUNT 2: a portion that is not full is the last. */
async function printPortions(rowCount: number, factor: number, changed: Partial<PrintOptions>, title?: string): Promise<string> {
  const options = { ...defaultPrintOptions, ...changed };
  const texts: Buffer[] = [];
  for (let rowsBefore = 0; ; rowsBefore += 2) {
    const count = Math.min(2, rowCount - rowsBefore);
    const rows = Array.from({ length: count }, (_, index) => {
      const number = rowsBefore + index + 1;
      return [Buffer.from(String(number)), Buffer.from('x'.repeat(number * factor))];
    });
    const portion = { isFirst: rowsBefore === 0, isLast: count < 2, rowsBefore };
    const table = { columns, batches: once(packRows(2, rows)), portion, ...(title === undefined ? {} : { title }) };
    for await (const block of printTable(table, options, { terminalColumns: 0, isExact: true })) texts.push(block);
    if (portion.isLast) return Buffer.concat(texts).toString();
  }
}

// All as psql 15.18 printed them.
test('each portion has its own widths', async () => {
  expect(await printPortions(5, 1, { border: 2 }, 'T')).toBe(`     T
+----+----+
| id | t  |
+----+----+
|  1 | x  |
|  2 | xx |
|  3 | xxx  |
|  4 | xxxx |
|  5 | xxxxx |
+----+-------+
(5 rows)

`);
});

test('expanded records are counted on', async () => {
  const lines = ['T', '* Record 1', 'id 1', 't  xxxx', '* Record 2', 'id 2', 't  xxxxxxxx'];
  const more = ['* Record 3        ', 'id 3', 't  xxxxxxxxxxxx', '* Record 4        ', 'id 4', 't  xxxxxxxxxxxxxxxx', '', ''];
  expect(await printPortions(4, 4, { border: 0, expanded: 'on' }, 'T')).toBe([...lines, ...more].join('\n'));
});

test('expanded tuples only, a line before every record but the first of all', async () => {
  expect(await printPortions(3, 4, { expanded: 'on', tuplesOnly: true })).toBe(`id | 1
t  | xxxx
---+---------
id | 2
t  | xxxxxxxx
---+-------------
id | 3
t  | xxxxxxxxxxxx

`);
});

test.each([
  ['column', '-[ RECORD 1 ]-+'],
  ['full', '-[ RECORD 1 ]-+-------------------------------'],
  [30, '-[ RECORD 1 ]-+---------------'],
  ['page', '-[ RECORD 1 ]-+--------------------'],
] as const)('xheader_width %s', async (expandedHeaderWidth, rule) => {
  const options: PrintOptions = { ...defaultPrintOptions, expanded: 'on', expandedHeaderWidth };
  const table = { columns: [{ name: 'twelve chars.', align: 'left' as const }], batches: once(packRows(1, [[Buffer.alloc(30, 'v')]])) };
  const blocks: Buffer[] = [];
  for await (const block of printTable(table, options, { terminalColumns: 35, isExact: true })) blocks.push(block);
  expect(Buffer.concat(blocks).toString().split('\n')[0]).toBe(rule);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRows } from '../../../src/result/compare-rows.ts';
import { createRowStore } from '../../../src/result/create-row-store.ts';
import { packRows } from '../../../src/result/row-batch.ts';
import type { RowStore } from '../../../src/result/row-store.ts';

type Cell = string | null;

function storeOf(columnCount: number, rows: readonly (readonly Cell[])[]): RowStore {
  const store = createRowStore(
    columnCount,
    () => {
      throw new Error('no spool is needed');
    },
    { headBytes: 4 * 1024 * 1024, tailBytes: 1024 },
  );
  const cells = rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell))));
  void store.append(packRows(columnCount, cells));
  return store;
}

test('NULL is not the empty string, and a value that only got longer has changed', () => {
  const before = storeOf(4, [[null, '', 'a', 'same']]);
  const changes = compareRows(before, storeOf(4, [['', null, 'ab', 'same']]));
  expect([0, 1, 2, 3].map((column) => changes.has(0, column))).toEqual([true, true, true, false]);
  expect(changes).toMatchObject({ changedCells: 3, rowsBefore: 1, rowsAfter: 1, comparedRows: 1 });
});

test('cells at the same place are compared, whatever rows came or went', () => {
  const cell = fc.option(fc.constantFrom('', 'a', 'b', 'long '.repeat(40)), { nil: null });
  const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 });
  fc.assert(
    fc.property(rows, rows, (old, fresh) => {
      const changes = compareRows(storeOf(3, old), storeOf(3, fresh));
      let count = 0;
      for (let row = 0; row < fresh.length; row++) {
        for (let column = 0; column < 3; column++) {
          const isDifferent = row < old.length && old[row]?.[column] !== fresh[row]?.[column];
          expect(changes.has(row, column)).toBe(isDifferent);
          if (isDifferent) count++;
        }
      }
      expect(changes).toMatchObject({ changedCells: count, rowsBefore: old.length, rowsAfter: fresh.length });
    }),
  );
});

test('of a large result the first 100,000 cells are compared, and it says how many rows that are', () => {
  const rows = (last: string) => Array.from({ length: 60_000 }, (_, row) => [String(row), row > 49_000 ? last : 'x']);
  const changes = compareRows(storeOf(2, rows('a')), storeOf(2, rows('b')));
  expect(changes).toMatchObject({ changedCells: 999, comparedRows: 50_000 });
  expect(changes.has(49_500, 1)).toBe(true);
  expect(changes.has(55_000, 1)).toBe(false);
});

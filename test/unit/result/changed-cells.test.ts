import { expect, test } from 'vitest';
import { ChangeTally, isSameCell, pairColumns, pairWidth, rowFate } from '../../../src/result/changed-cells.ts';
import { packRows } from '../../../src/result/row-batch.ts';

const both = { columnCount: 2, hasBefore: true, hasAfter: true };

function packed(...rows: readonly (readonly (string | null)[])[]) {
  return packRows(
    rows[0]?.length ?? 0,
    rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell)))),
  );
}

test('what became of each row, and which columns changed in any', () => {
  const tally = new ChangeTally(both);
  tally.add(
    packed(
      ['UPDATE', '1', null, '1', null],
      ['UPDATE', '2', null, '2', ''],
      ['INSERT', null, null, '3', 'x'],
      ['DELETE', '4', 'y', null, null],
    ),
  );
  expect(tally.counts).toEqual({ inserted: 1, changed: 2, deleted: 1, written: 0 });
  expect(tally.isChanged).toEqual([false, true]);
  tally.add(packed(['UPDATE', '1', 'a', '10', 'a']));
  expect(tally.isChanged).toEqual([true, true]);
});

test('values of one length that differ, and of one beginning', () => {
  const tally = new ChangeTally(both);
  tally.add(packed(['UPDATE', 'ab', 'ab', 'ab', 'ac']));
  expect(tally.isChanged).toEqual([false, true]);
  const longer = new ChangeTally(both);
  longer.add(packed(['UPDATE', 'ab', 'x', 'abc', 'x']));
  expect(longer.isChanged).toEqual([true, false]);
});

test('NULL is not the empty string', () => {
  const batch = packed(['UPDATE', null, '', null, null]);
  expect(isSameCell(batch, 0, 1, 3)).toBe(true);
  expect(isSameCell(batch, 0, 2, 4)).toBe(false);
});

test('a change without what was before is a row written', () => {
  const batch = packed(['UPDATE', '1'], ['WRITE', '1'], ['INSERT', '1'], ['DELETE', '1']);
  const after = { columnCount: 1, hasBefore: false, hasAfter: true };
  expect([0, 1, 2, 3].map((row) => rowFate(batch, row, after))).toEqual(['written', 'written', 'inserted', 'deleted']);
});

test('where a column stands', () => {
  const onlyAfter = { ...both, hasBefore: false };
  const onlyBefore = { ...both, hasAfter: false };
  expect([pairWidth(both), pairWidth(onlyAfter), pairWidth(onlyBefore)]).toEqual([5, 3, 3]);
  expect(pairColumns(both, 'changed', 1)).toEqual([2, 4]);
  expect(pairColumns(both, 'inserted', 1)).toEqual([-1, 4]);
  expect(pairColumns(both, 'deleted', 1)).toEqual([2, -1]);
  expect(pairColumns(onlyAfter, 'inserted', 0)).toEqual([-1, 1]);
  expect(pairColumns(onlyAfter, 'written', 1)).toEqual([-1, 2]);
  expect(pairColumns(onlyBefore, 'deleted', 0)).toEqual([1, -1]);
});

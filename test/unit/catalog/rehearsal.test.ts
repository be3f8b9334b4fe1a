import { describe, expect, test } from 'vitest';
import { heldLocks, tableWrites, writesSince } from '../../../src/catalog/rehearsal/session-work.ts';
import { alteredFilesQuery, rewrittenNotes } from '../../../src/catalog/rehearsal/table-files.ts';

const rowsOf = (...rows: readonly (readonly string[])[]) => ({ columns: [], rows });

test('what was written between two looks', () => {
  const before = tableWrites(rowsOf(['t', 't', '1', '2', '3'], ['u', 'f', '4', '0', '0']));
  const after = tableWrites(rowsOf(['t', 't', '1', '5', '3'], ['u', 'f', '4', '0', '0'], ['v', 'f', '0', '0', '6']));
  expect(writesSince(before, after)).toEqual([
    { table: 't', isTarget: true, inserted: 0, updated: 3, deleted: 0 },
    { table: 'v', isTarget: false, inserted: 0, updated: 0, deleted: 6 },
  ]);
});

describe('locks held', () => {
  test('of a table the strongest alone, of equal ones the own first', () => {
    const found = rowsOf(['a', 'RowExclusive'], ['t', 'RowExclusive'], ['t', 'RowShare']);
    expect(heldLocks(found, 't')).toEqual([
      { table: 't', mode: 'RowExclusive' },
      { table: 'a', mode: 'RowExclusive' },
    ]);
  });

  test('a stronger one of another table stays first', () => {
    expect(heldLocks(rowsOf(['a', 'Share'], ['t', 'RowExclusive']), 't')[0]).toEqual({ table: 'a', mode: 'Share' });
  });
});

test('what was written anew, where there was a file', () => {
  const before = rowsOf(['t', '1'], ['u', '2']);
  expect(rewrittenNotes(before, rowsOf(['t', '1'], ['u', '2'], ['new', '3']))).toEqual(['No table was written anew.']);
  expect(rewrittenNotes(before, rowsOf(['t', '4'], ['u', '5']))).toEqual(['Written anew: t, u.']);
  expect(rewrittenNotes(rowsOf(), rowsOf(['t', '1']))).toEqual([]);
});

test('only of ALTER TABLE are the files asked for', () => {
  expect(alteredFilesQuery('alter table if exists only s."T" set unlogged', true)).toContain(`ARRAY['s."T"'::pg_catalog.text]`);
  expect(alteredFilesQuery('truncate t', true)).toBeUndefined();
  expect(alteredFilesQuery('alter index i rename to j', true)).toBeUndefined();
});

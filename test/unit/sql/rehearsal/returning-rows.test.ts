import { describe, expect, test } from 'vitest';
import { dmlShape } from '../../../../src/sql/rehearsal/dml-shape.ts';
import { returningStatement, snapshotQuery } from '../../../../src/sql/rehearsal/returning-rows.ts';

function returning(sql: string, version: number, columns: readonly string[] = ['i', 'A b']) {
  const shape = dmlShape(sql);
  return shape && returningStatement(sql, shape, columns, version);
}

const both = 'WITH (OLD AS howdah_before, NEW AS howdah_after)';
const pairs = 'howdah_before."i", howdah_before."A b", howdah_after."i", howdah_after."A b"';

describe('RETURNING appended', () => {
  test.each<readonly [string, number, string]>([
    ['update t set a = 1', 180000, `update t set a = 1 RETURNING ${both} 'UPDATE', ${pairs}`],
    ['update t x set a = 1 -- c\n;', 180000, `update t x set a = 1 RETURNING ${both} 'UPDATE', ${pairs} -- c\n;`],
    ['update t set a = 1;', 150000, `update t set a = 1 RETURNING 'UPDATE', t."i", t."A b";`],
    ['update s."T" set a = 1', 150000, `update s."T" set a = 1 RETURNING 'UPDATE', "T"."i", "T"."A b"`],
    ['delete from t as x where x.i = 1 /* y */', 180000, `delete from t as x where x.i = 1 RETURNING 'DELETE', x."i", x."A b" /* y */`],
    ['delete from t', 100000, `delete from t RETURNING 'DELETE', t."i", t."A b"`],
    ['insert into t values (1)', 180000, `insert into t values (1) RETURNING 'INSERT', t."i", t."A b"`],
    [
      'insert into t values (1) on conflict (i) do update set a = 1',
      180000,
      `insert into t values (1) on conflict (i) do update set a = 1 RETURNING ${both} CASE WHEN howdah_before IS NOT DISTINCT FROM NULL THEN 'INSERT' ELSE 'UPDATE' END, ${pairs}`,
    ],
    [
      'insert into t as x values (1) on conflict (i) do update set a = 1',
      170000,
      `insert into t as x values (1) on conflict (i) do update set a = 1 RETURNING 'WRITE', x."i", x."A b"`,
    ],
    [
      'merge into t using u on t.i = u.i when matched then delete',
      180000,
      `merge into t using u on t.i = u.i when matched then delete RETURNING ${both} merge_action(), ${pairs}`,
    ],
    [
      'merge into t using u on t.i = u.i when matched then delete',
      170000,
      `merge into t using u on t.i = u.i when matched then delete RETURNING merge_action(), t."i", t."A b"`,
    ],
  ])('%s on %i', (sql, version, wanted) => {
    expect(returning(sql, version)?.sql).toBe(wanted);
  });

  test.each<readonly [string, number]>([
    ['update t set a = 1 returning *', 180000],
    ['merge into t using u on t.i = u.i when matched then delete', 160000],
  ])('not to %s on %i', (sql, version) => {
    expect(returning(sql, version)).toBeUndefined();
  });

  test('not without a column to return', () => {
    expect(returning('delete from t', 180000, [])).toBeUndefined();
  });

  test('its names are none that the statement uses', () => {
    const sql = returning('update t set a = 1 from Howdah_Before, howdah_after_2', 180000)?.sql;
    expect(sql).toContain('WITH (OLD AS howdah_before_3, NEW AS howdah_after_3)');
  });

  test.each<readonly [string, boolean, boolean]>([
    ['delete from t', true, false],
    ['insert into t values (1)', false, true],
    ['update t set a = 1', true, true],
  ])('%s tells of rows before: %s, after: %s', (sql, hasBefore, hasAfter) => {
    expect(returning(sql, 180000)?.rows).toEqual({ columns: ['i', 'A b'], hasBefore, hasAfter });
  });
});

describe('the rows before an UPDATE', () => {
  const snapshot = (sql: string) => {
    const shape = dmlShape(sql);
    return shape && snapshotQuery(sql, shape, ['i', 'a'])?.replaceAll('\n', ' ');
  };

  test.each<readonly [string, string]>([
    ['update t set a = 1', 'SELECT t."i", t."a" FROM t LIMIT 1000 FOR UPDATE OF t'],
    ['update only s.t x set a = f() where x.b > 1;', 'SELECT x."i", x."a" FROM only s.t x WHERE x.b > 1 LIMIT 1000 FOR UPDATE OF x'],
    [
      'with c as (select 1 as i) update s."T" set a = 1 from c join d using (i), e where c.i = "T".i',
      'with c as (select 1 as i) SELECT "T"."i", "T"."a" FROM s."T", c join d using (i), e WHERE c.i = "T".i LIMIT 1000 FOR UPDATE OF "T"',
    ],
  ])('%s', (sql, wanted) => {
    expect(snapshot(sql)).toBe(wanted);
  });

  test.each(['delete from t', 'update t set a = 1 where current of c', 'with d as (delete from u) update t set a = 1'])(
    'none of %s',
    (sql) => {
      expect(snapshot(sql)).toBeUndefined();
    },
  );
});

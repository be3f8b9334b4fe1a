import { describe, expect, test } from 'vitest';
import { calledNames } from '../../../../src/sql/rehearsal/called-names.ts';
import { dmlShape } from '../../../../src/sql/rehearsal/dml-shape.ts';

/** The parts of a statement that are there, as texts. */
function parts(sql: string) {
  const shape = dmlShape(sql);
  if (shape === undefined) return undefined;
  const text = (span: { readonly start: number; readonly end: number } | undefined) => span && sql.slice(span.start, span.end);
  const { command, target, qualifier, relation, from, where, assigned, ...rest } = shape;
  return {
    command,
    target,
    qualifier,
    relation: text(relation),
    ...(rest.with === undefined ? {} : { with: text(rest.with) }),
    ...(from === undefined ? {} : { from: text(from) }),
    ...(where === undefined ? {} : { where: text(where) }),
    ...(assigned.length === 0 ? {} : { assigned: assigned.join() }),
    flags: (['withWrites', 'isAtCursor', 'isUpsert', 'hasReturning'] as const).filter((name) => rest[name]).join(),
    rest: sql.slice(rest.end),
  };
}

const update = { command: 'update', target: 't', qualifier: 't', relation: 't', assigned: 'a', flags: '', rest: '' };
const remove = { command: 'delete', target: 't', qualifier: 't', relation: 't', flags: '', rest: '' };
const insert = { command: 'insert', target: 't', qualifier: 't', relation: 't', flags: '', rest: '' };
const merge = { command: 'merge', target: 't', qualifier: 't', relation: 't', flags: '', rest: '' };

describe('the parts of a statement', () => {
  test.each<readonly [string, object]>([
    ['update t set a = 1', update],
    ['UPDATE t SET a = 1;', { ...update, rest: ';' }],
    ['update t set a = 1 -- why\n;', { ...update, rest: ' -- why\n;' }],
    ['update t set a = 1 /* where b */', { ...update, rest: ' /* where b */' }],
    ['update t * set a = 1', { ...update, relation: 't *' }],
    ['update only t set a = 1', { ...update, relation: 'only t' }],
    ['update only (t) set a = 1', { ...update, relation: 'only (t)' }],
    ['update t as x set a = 1', { ...update, qualifier: 'x', relation: 't as x' }],
    ['update t "X y" set a = 1', { ...update, qualifier: '"X y"', relation: 't "X y"' }],
    ['update t as set set a = 1', { ...update, qualifier: 'set', relation: 't as set' }],
    ['update s.t set a = 1', { ...update, target: 's.t', relation: 's.t' }],
    ['update "S"."T.x" set a = 1', { ...update, target: '"S"."T.x"', qualifier: '"T.x"', relation: '"S"."T.x"' }],
    ['update "where" set a = 1', { ...update, target: '"where"', qualifier: '"where"', relation: '"where"' }],
    ['update old set a = new from new', { ...update, target: 'old', qualifier: 'old', relation: 'old', from: 'new' }],
    ["update t set a = ' where ' where b = $$ returning $$", { ...update, where: 'b = $$ returning $$' }],
    ['update t set a = b is distinct from c where d', { ...update, where: 'd' }],
    ['update t set a = 1 from u where t.i = u.i', { ...update, from: 'u', where: 't.i = u.i' }],
    ['update t set a = 1 from u join v using (i), w where true', { ...update, from: 'u join v using (i), w', where: 'true' }],
    ['update t set a = (select 1 from u where x), b = 2', { ...update, assigned: 'a,b' }],
    ['update t set (a, "B") = (1, 2), c[1] = 3, d.x = 4', { ...update, assigned: 'a,B,c,d' }],
    ['update t set a = extract(year from b), c = 1', { ...update, assigned: 'a,c' }],
    ['update t set a = 1 where b returning *', { ...update, where: 'b', flags: 'hasReturning' }],
    ['update t set a = 1 returning (select 1 from u where v)', { ...update, flags: 'hasReturning' }],
    ['update t set a = 1 where current of c', { ...update, where: 'current of c', flags: 'isAtCursor' }],
    ['with x as (select 1) update t set a = 1', { ...update, with: 'with x as (select 1)' }],
    [
      'with recursive x (i) as not materialized (select 1), y as (delete from u returning *) update t set a = 1',
      { ...update, with: 'with recursive x (i) as not materialized (select 1), y as (delete from u returning *)', flags: 'withWrites' },
    ],
    ['delete from t', remove],
    [
      'delete from only t x using u where x.i = u.i;',
      { ...remove, qualifier: 'x', relation: 'only t x', from: 'u', where: 'x.i = u.i', rest: ';' },
    ],
    ['delete from t using u returning t.*', { ...remove, from: 'u', flags: 'hasReturning' }],
    ['delete from t returning *', { ...remove, flags: 'hasReturning' }],
    ['insert into t values (1)', insert],
    ['insert into t default values', insert],
    ['insert into t as x (a) values (1)', { ...insert, qualifier: 'x', relation: 't as x' }],
    ['insert into t (a) select a from u join v on conflict = 1', insert],
    ['insert into t select * from u on conflict do nothing', insert],
    ['insert into t values (1) on conflict (i) do update set a = excluded.a where t.b', { ...insert, flags: 'isUpsert' }],
    ['insert into t with x as (insert into u values (1) returning *) select * from x', insert],
    ['insert into t values (1) returning i', { ...insert, flags: 'hasReturning' }],
    ['merge into t using u on t.i = u.i when matched then delete', merge],
    [
      'merge into only t as x using u on true when not matched then do nothing returning *',
      { ...merge, qualifier: 'x', relation: 'only t as x', flags: 'hasReturning' },
    ],
  ])('%s', (sql, wanted) => {
    expect(parts(sql)).toEqual(wanted);
  });

  test.each([
    '',
    'select 1',
    'update t set a = 1; update t set a = 2',
    'update t',
    'update set a = 1',
    'update t x y set a = 1',
    'update t for portion of p from 1 to 2 set a = 1',
    'update U&"d\\0061t" set a = 1',
    'update t as U&"x" set a = 1',
    'update :table set a = 1',
    'delete t',
    'insert t values (1)',
    'insert into t x values (1)',
    'merge into t when matched then delete',
    'with x as (select 1) select 1',
    'with recursive x as (select 1) search depth first by a set b update t set a = 1',
    'explain analyze update t set a = 1',
    'copy t from stdin',
    'do $$ begin update t set a = 1; end $$',
  ])('no plain one: %s', (sql) => {
    expect(dmlShape(sql)).toBeUndefined();
  });
});

test('what may be a function in the parts that choose the rows', () => {
  const sql = `with x as (select f() from u) update t set a = g() from h(1) k where lower(b) in (select 'i()') and "J"(1) > now() -- z()`;
  const shape = dmlShape(sql);
  expect(shape && calledNames(sql, shape)).toEqual(['as', 'f', 'h', 'lower', 'in', 'J', 'now']);
});

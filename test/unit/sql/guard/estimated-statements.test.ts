import { expect, test } from 'vitest';
import { estimatedStatements } from '../../../../src/sql/guard/estimated-statements.ts';

test.each<[string, readonly (readonly [string, string])[]]>([
  ['update a set i = 1 where i > 5;', [['update a set i = 1 where i > 5', 'a']]],
  ['explain (analyze, verbose) delete from a where i = 1', [['delete from a where i = 1', 'a']]],
  ['insert into a select * from b', [['insert into a select * from b', 'a']]],
  ['insert into a table b', [['insert into a table b', 'a']]],
  [
    'with g as (delete from a where i = 1 returning i) insert into b select i from g',
    [['with g as (delete from a where i = 1 returning i) insert into b select i from g', 'a b']],
  ],
  [
    'select 1; merge into a using b on a.i = b.i when matched then delete; select 2',
    [['merge into a using b on a.i = b.i when matched then delete', 'a']],
  ],
  ['execute p(1)', [['execute p(1)', 'a']]],
  ['insert into a values (1), (2)', []],
  ['delete from a where i = $1', []],
  ['select * from a', []],
  ['do $$ begin delete from a where i = 1; end $$', []],
  ['copy (delete from a where i = 1 returning i) to stdout', []],
  ['drop table a', []],
])('%s', (sql, expected) => {
  const found = estimatedStatements(sql, { prepared: () => 'update a set i = 2 where i = $1' });
  expect(found.map((one) => [one.sql, one.targets.map((name) => name.normalized).join(' ')])).toEqual(expected);
});

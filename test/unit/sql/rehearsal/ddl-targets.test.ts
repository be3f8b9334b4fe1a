import { describe, expect, test } from 'vitest';
import { lockLevels } from '../../../../src/sql/guard/ddl-fact.ts';
import { waitsFor } from '../../../../src/sql/guard/lock-conflicts.ts';
import { ddlTargets } from '../../../../src/sql/rehearsal/ddl-targets.ts';

test.each<readonly [string, readonly string[]]>([
  ['alter table t add column a int', ['t']],
  ['alter table if exists only "S"."T x" * drop a', ['"S"."T x"']],
  ['alter index i rename to j', ['i']],
  ['alter materialized view m set schema s', ['m']],
  ['alter trigger x on s.t rename to y', ['s.t']],
  ['alter role r login', []],
  ['drop table a, s.b cascade', ['a', 's.b']],
  ['drop index concurrently if exists i', ['i']],
  ['drop trigger if exists x on t', ['t']],
  ['drop function f(int)', []],
  ['create index on t (a)', ['t']],
  ['create unique index concurrently if not exists i on only s.t using btree (a) where b', ['s.t']],
  ['create trigger x before update of a, b on t for each row execute function f()', ['t']],
  ['create or replace rule r as on insert to t do instead nothing', ['t']],
  ['create policy p on t for select', ['t']],
  ['create or replace view v as select 1', ['v']],
  ['create table n (a int references r (id), b int)', ['r']],
  ['create table n partition of p for values in (1)', ['p']],
  ['create table n (a int) inherits (x, y)', ['x', 'y']],
  ['create table n (a int)', []],
  ['truncate table only a, b', ['a', 'b']],
  ['comment on table t is null', ['t']],
  ['comment on column s.t.c is null', ['s.t']],
  ['comment on constraint c on t is null', ['t']],
  ['comment on function f(int) is null', []],
  ['refresh materialized view concurrently m', ['m']],
  ['cluster t using i', ['t']],
  ['vacuum (full, analyze) t, u (a)', ['t', 'u']],
  ['reindex (verbose) table concurrently t', ['t']],
  ['reindex database d', []],
  ['lock table a, b in share mode', ['a', 'b']],
  ['select 1', []],
])('%s is about %j', (sql, wanted) => {
  expect(ddlTargets(sql)).toEqual(wanted);
});

describe('who waits for whom', () => {
  test.each<readonly [Parameters<typeof waitsFor>[0], string, boolean]>([
    ['AccessShare', 'Exclusive', false],
    ['AccessShare', 'AccessExclusive', true],
    ['RowExclusive', 'RowExclusive', false],
    ['RowExclusive', 'Share', true],
    ['Share', 'Share', false],
    ['ShareUpdateExclusive', 'ShareUpdateExclusive', true],
    ['ShareUpdateExclusive', 'RowExclusive', false],
    ['Exclusive', 'AccessShare', false],
    ['Exclusive', 'RowShare', true],
    ['AccessExclusive', 'AccessShare', true],
    ['AccessExclusive', 'SIRead', false],
  ])('%s for %s: %s', (wanted, held, expected) => {
    expect(waitsFor(wanted, held)).toBe(expected);
  });

  test('conflicts are mutual', () => {
    for (const one of lockLevels) for (const other of lockLevels) expect(waitsFor(one, other)).toBe(waitsFor(other, one));
  });
});

import { describe, expect, test } from 'vitest';
import { assess } from '../../../../src/sql/guard/assess.ts';
import { createdObjects } from '../../../../src/sql/guard/created-objects.ts';
import { guardQuestion } from '../../../../src/sql/guard/guard-question.ts';

function isAskedAfter(statements: readonly string[], sql: string): boolean {
  return guardQuestion(assess(sql), { environment: 'production', isOwn: createdObjects(statements) }) !== undefined;
}

describe('what the open transaction has made', () => {
  test.each<[readonly string[], string]>([
    [['create table a (i int)'], 'drop table a'],
    [['create table s."B" as select 1'], 'truncate s."B"'],
    [['select 1 as one into a'], 'delete from a'],
    [['create view v as select 1'], 'drop view v'],
    [['create schema s', 'create table s.a (i int)'], 'drop schema s cascade'],
    [['create table a (i int)', "set statement_timeout = '1s'", 'alter table a add b int'], 'alter table a drop column b'],
  ])('%s, then not asked about: %s', (statements, sql) => {
    expect(isAskedAfter(statements, sql)).toBe(false);
  });

  test.each<[readonly string[], string]>([
    [[], 'drop table a'],
    [['create table if not exists a (i int)'], 'drop table a'],
    [['create or replace view v as select 1'], 'drop view v'],
    [['create table a (i int)'], 'drop table a, b'],
    [['create table s.a (i int)'], 'drop table a'],
    [['create table a (i int)', 'drop table a'], 'drop table a'],
    [['create table a (i int)', 'alter table a rename to b'], 'drop table a'],
    [['create table a (i int)', 'alter table a set schema s'], 'drop table a'],
    [['create table a (i int)', 'set search_path = s'], 'drop table a'],
    [['create table a (i int)', 'set role someone'], 'drop table a'],
    [['create table a (i int)', 'call p()'], 'drop table a'],
    [['do $$ begin if random() < 0.5 then create table a (i int); end if; end $$'], 'drop table a'],
    [['create table f (i int)'], 'drop function f()'],
    [["create function f(int) returns int language sql as 'select 1'"], 'drop function f(text)'],
  ])('%s, then asked about: %s', (statements, sql) => {
    expect(isAskedAfter(statements, sql)).toBe(true);
  });
});

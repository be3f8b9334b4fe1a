import { describe, expect, test } from 'vitest';
import { readOnlyVerdict } from '../../../../src/sql/guard/read-only-verdict.ts';
import { corpus } from './corpus/labelled.ts';

describe('readOnlyVerdict', () => {
  test.each([
    'commit',
    'select 1; commit',
    'select 1 \\; COMMIT AND CHAIN',
    'rollback',
    'end',
    'abort',
    'begin read write',
    'start transaction isolation level serializable, read write',
    "prepare transaction 'x'",
    "commit prepared 'x'",
    'set transaction read write',
    'set session characteristics as transaction read write',
    'set transaction_read_only = off',
    'set local "default_transaction_read_only" to off',
    'reset default_transaction_read_only',
    "select set_config('transaction_read_only', 'off', true)",
    "copy (select 1) to program 'sh'",
    "copy orders to '/tmp/x'",
    "copy temporary_one from program 'sh'",
    'vacuum',
    'analyze orders',
    'cluster',
    'reindex table orders',
    'checkpoint',
    'alter system set work_mem = 1',
    'select pg_reload_conf()',
    'select pg_switch_wal()',
    'select pg_terminate_backend(1), pg_cancel_backend(2)',
    'notify a',
    "select pg_notify('a', 'b')",
    'select pg_advisory_lock(1)',
    'lock orders',
    'select lo_create(0)',
    'discard all',
    "load 'x'",
    "select dblink_exec('', 'delete from a')",
    'do $$ begin perform pg_terminate_backend(1); end $$',
    'explain analyze create table a as select 1',
    'with a as (select pg_advisory_lock(1)) select * from a',
  ])('refuses %s', (sql) => {
    const verdict = readOnlyVerdict(sql);
    expect(verdict.allowed).toBe(false);
    expect(verdict.allowed ? '' : verdict.why).toMatch(/^This session is read-only: .*\.$/);
  });

  test.each([
    'select 1',
    'begin',
    'begin transaction isolation level repeatable read read only',
    'savepoint a',
    'rollback to a',
    'release a',
    'delete from orders',
    'do $$ begin commit; end $$',
    'call p()',
    'set work_mem = 1',
    'set transaction isolation level serializable',
    'reset all',
    'listen a',
    'copy orders to stdout',
    'explain create table a as select 1',
    "select nextval('s')",
    "select 'commit; vacuum'",
    'create table vacuum (analyze int)',
  ])('leaves to the server: %s', (sql) => {
    expect(readOnlyVerdict(sql)).toEqual({ allowed: true });
  });

  test.each([
    ['begin read write', 'begin'],
    ['COMMIT;', 'commit'],
    ['abort', 'rollback'],
  ])('%s alone is told, for the caller may carry it out itself', (sql, alone) => {
    expect(readOnlyVerdict(sql)).toMatchObject({ allowed: false, alone });
    expect(readOnlyVerdict(`select 1; ${sql}; select 2`)).not.toHaveProperty('alone');
  });

  test('nothing that only reads is refused, but for transaction control', () => {
    const refused = corpus().filter(({ sql, write }) => write === 'no' && !readOnlyVerdict(sql).allowed);
    expect(refused.map((entry) => entry.sql).filter((sql) => !/commit/i.test(sql))).toEqual([]);
  });
});

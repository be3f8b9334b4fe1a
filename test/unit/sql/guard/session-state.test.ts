import { expect, test } from 'vitest';
import { sessionStateOf } from '../../../../src/sql/guard/session-state.ts';

test.each([
  ["set work_mem = '1MB'", ['settings']],
  ["select set_config('work_mem', '1MB', false)", ['settings']],
  ['set search_path = a; listen x', ['settings', 'listen']],
  ['prepare p as select 1; execute p', ['prepared']],
  ['create temp table t (i int)', ['temporary']],
  ['select pg_advisory_lock(1)', ['advisory']],
  ['select pg_try_advisory_lock_shared(1), pg_advisory_unlock_all()', ['advisory']],
])('%s', (sql, states) => {
  expect(sessionStateOf(sql)).toEqual(states);
});

test.each([
  "set local work_mem = '1MB'",
  "select set_config('work_mem', '1MB', true)",
  'set transaction isolation level serializable',
  'set constraints all deferred',
  'select pg_advisory_xact_lock(1)',
  'create table t (i int)',
  'unlisten x',
  "select 'listen x'",
])('nothing stays of %s', (sql) => {
  expect(sessionStateOf(sql)).toEqual([]);
});

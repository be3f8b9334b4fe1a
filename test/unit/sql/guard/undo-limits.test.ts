import { expect, test } from 'vitest';
import { undoLimits } from '../../../../src/sql/guard/undo-limits.ts';

test.each<[string, readonly string[]]>([
  ['select 1', []],
  ['delete from a', []],
  ["select setval('s', 1)", ['setval moves a sequence, which a rollback does not take back.']],
  [
    'select pg_advisory_lock(1)',
    ['pg_advisory_lock takes or gives back an advisory lock of the session, which a rollback does not take back.'],
  ],
  ['select pg_advisory_xact_lock(1)', []],
  ["select lo_export(1, '/tmp/x')", ['lo_export writes a file on the server, which a rollback does not take back.']],
  ['select lo_unlink(1)', []],
  ["select dblink_exec('', 'x')", ['dblink_exec runs SQL on another connection, which a rollback does not take back.']],
  ['insert into a values (1); insert into b values (1)', ['A sequence that gives a new row its key stays moved: numbers drawn are gone.']],
  ["copy a to program 'x'", ['The program that COPY runs on the server is not undone.']],
  ["copy a to '/tmp/x'", ['The file that COPY writes on the server stays.']],
  ['notify a', ['NOTIFY is sent at COMMIT only: in a rehearsal no listener hears it.']],
  ['vacuum full a', ['VACUUM cannot run in a transaction: there is nothing to roll back.']],
  ['create index concurrently on a (b)', ['CREATE INDEX CONCURRENTLY cannot run in a transaction: there is nothing to roll back.']],
  ['/* x */ drop database a', ['DROP DATABASE cannot run in a transaction: there is nothing to roll back.']],
  ['call p()', ['p may reach beyond the transaction, which its text here does not show.']],
  ['truncate a', ['TRUNCATE holds its lock until the rollback: everybody else waits, readers too.']],
])('%s', (sql, expected) => {
  expect(undoLimits(sql)).toEqual(expected);
});

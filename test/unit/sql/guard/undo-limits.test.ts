import { expect, test } from 'vitest';
import { assess } from '../../../../src/sql/guard/assess.ts';
import { type UndoLimit, undoLimits } from '../../../../src/sql/guard/undo-limits.ts';

test.each<[string, ...(readonly [UndoLimit['told'], string][])]>([
  ['select 1'],
  ['delete from a'],
  ['truncate a'],
  ["select setval('s', 1)", ['warn', 'setval moves a sequence, which a rollback does not take back.']],
  [
    'select pg_advisory_lock(1)',
    ['warn', 'pg_advisory_lock takes or gives back an advisory lock of the session, which a rollback does not take back.'],
  ],
  ['select pg_advisory_xact_lock(1)'],
  ["select lo_export(1, '/tmp/x')", ['ask', 'lo_export writes a file on the server, which a rollback does not take back.']],
  ['select lo_unlink(1)'],
  ["select dblink_exec('', 'x')", ['ask', 'dblink_exec runs SQL on another connection, which a rollback does not take back.']],
  [
    "with gone as (delete from a returning b) select pg_terminate_backend(b), nextval('s') from gone",
    ['ask', 'pg_terminate_backend ends another session, which a rollback does not take back.'],
    ['warn', 'nextval moves a sequence, which a rollback does not take back.'],
  ],
  [
    'insert into a values (1); insert into b values (1)',
    ['after', 'A sequence that gives a new row its key stays moved: numbers drawn are gone.'],
  ],
  ["copy a to program 'x'", ['ask', 'The program that COPY runs on the server is not undone.']],
  ["copy a from program 'x'", ['ask', 'The program that COPY runs on the server is not undone.']],
  ["copy a to '/tmp/x'", ['ask', 'The file that COPY writes on the server stays.']],
  ['notify a', ['warn', 'NOTIFY is sent at COMMIT only: in a rehearsal no listener hears it.']],
  ['call p()', ['warn', 'p may reach beyond the transaction, which its text here does not show.']],
])('%s', (sql, ...expected) => {
  expect(undoLimits(assess(sql))).toEqual(expected.map(([told, text]) => ({ text, told })));
});

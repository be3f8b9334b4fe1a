import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Interpreter } from '../../src/engine/interpreter.ts';
import type { Face } from '../../src/engine/output-event.ts';
import { describeLoss } from '../../src/engine/transaction/loss.ts';
import type { TransactionRecord } from '../../src/engine/transaction/record.ts';
import type { Session } from '../../src/server/session.ts';
import { openTestSession, run } from '../support/open-test-session.ts';
import { timelineOf } from '../support/transaction-facts.ts';

const messages: string[] = [];

const face: Face = {
  isInteractive: true,
  emit: (event) => {
    if (event.type === 'message') messages.push(event.text);
    return undefined;
  },
  ask: () => Promise.resolve('5\n'),
  child: () => Promise.resolve(0),
  terminalColumns: () => 80,
};

let session: Session;
let interpreter: Interpreter;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'howdah-record-'));
  session = await openTestSession();
  interpreter = new Interpreter({
    face,
    programName: 'howdah',
    session,
    connect: async () => ({ ok: true, session: await openTestSession() }),
  });
  await interpreter.runText('set client_min_messages = error; create temp table t (i int);');
  messages.length = 0;
});

afterEach(async () => {
  await interpreter.close();
  rmSync(folder, { recursive: true });
});

function record(): TransactionRecord {
  if (interpreter.transaction === undefined) throw new Error('no record');
  return interpreter.transaction;
}

describe('what psql makes of text reaches the record', () => {
  test(String.raw`strings joined by \;`, async () => {
    await interpreter.runText(String.raw`begin \; savepoint a \; insert into t values (1), (2);`);
    expect(timelineOf(record())).toEqual(['begin', 'savepoint a', '  insert into t values (1), (2) INSERT 0 2']);
  });

  test(String.raw`\i, and a variable as the savepoint's name`, async () => {
    const script = join(folder, 'script.sql');
    writeFileSync(script, 'begin;\n\\set name "Fees"\nsavepoint :name;\nselect 1/0;\nrollback to :name;\n');
    await interpreter.runText(`\\i ${script}`);
    expect(timelineOf(record())).toEqual(['begin', 'savepoint Fees', '(  select 1/0 !22012)', '  rollback-to Fees']);
    expect(record().state).toBe('transaction');
  });

  test(String.raw`\dt is not listed, \gdesc of nonsense fails the transaction`, async () => {
    await interpreter.runText('begin;\n\\dt\nselect 1;');
    expect(timelineOf(record())).toEqual(['begin', 'select 1 SELECT 1']);
    await interpreter.runText('select nonsense \\gdesc');
    expect(timelineOf(record()).slice(2)).toEqual(['select nonsense !42703']);
    expect(record().state).toBe('failed');
  });

  test('the BEGIN of AUTOCOMMIT off, and ON_ERROR_ROLLBACK', async () => {
    await interpreter.runText('\\set AUTOCOMMIT off\n\\set ON_ERROR_ROLLBACK on\nselect 1;\nselect 2;\nselect 1/0;');
    expect(record().state).toBe('transaction');
    const name = 'pg_psql_temporary_savepoint';
    expect(timelineOf(record())).toEqual([
      'begin',
      `savepoint ${name}`,
      '  select 1 SELECT 1',
      `release ${name}`,
      `savepoint ${name}`,
      '  select 2 SELECT 1',
      `release ${name}`,
      `savepoint ${name}`,
      '(  select 1/0 !22012)',
      `  rollback-to ${name}`,
    ]);
  });

  test(String.raw`\parse and \bind_named`, async () => {
    await interpreter.runText('begin;\nsavepoint a;\ninsert into t values ($1) \\parse one\n\\bind_named one 7 \\g\n');
    expect(record().transaction?.unknownSince).toBeUndefined();
    expect(record().transaction?.savepoints).toMatchObject([{ name: 'a' }]);
    expect(timelineOf(record()).at(-1)).toBe(String.raw`  \bind_named one INSERT 0 1`);
  });
});

test('what cannot run in a transaction is not sent where automatic savepoints are to keep that alive, and nothing after it', async () => {
  await interpreter.runText('\\set HOWDAH_SAVEPOINTS last\nbegin;\ninsert into t values (1);');
  expect(await interpreter.runText('vacuum t;\ninsert into t values (2);')).toMatchObject({ failed: true });
  expect(messages).toEqual(['VACUUM cannot run in a transaction, and one is open: commit or roll back first. Not sent: vacuum t;\n']);
  expect(timelineOf(record()).at(-1)).toBe('  insert into t values (1) INSERT 0 1');
  await interpreter.runText('commit;\nvacuum t;\n\\unset HOWDAH_SAVEPOINTS\nbegin;\nvacuum t;');
  expect(record().state).toBe('failed');
});

test('what SHOW tells, without a snapshot and without a line in the timeline', async () => {
  await interpreter.probe.show();
  expect(record().idleTimeout).toBeUndefined();
  await interpreter.runText("set idle_in_transaction_session_timeout = '5min';\nbegin;");
  await interpreter.probe.show();
  await interpreter.runText('set transaction isolation level serializable, read only;');
  expect(record().transaction?.characteristics).toMatchObject({ isolation: { value: 'serializable' }, isReadOnly: { value: true } });
  await interpreter.probe.show();
  expect(record()).toMatchObject({
    state: 'transaction',
    idleTimeout: { value: 300_000 },
    transaction: { characteristics: { isolation: { value: 'serializable' }, isReadOnly: { value: true }, isDeferrable: { value: false } } },
  });
  expect(timelineOf(record())).toEqual(['begin', 'set transaction isolation level serializable, read only SET']);
  await interpreter.runText('selec;');
  await interpreter.probe.show();
  expect(record().state).toBe('failed');
});

test('the connection is lost in a transaction', async () => {
  await interpreter.runText('begin;\ninsert into t values (1);');
  const other = await openTestSession();
  await run(other, `select pg_terminate_backend(${session.info.processId}, 5000)`);
  await other.close();
  await interpreter.runText('commit;');
  expect(record().state).toBe('lost');
  const report = describeLoss(record());
  expect(report?.statements.map(({ sql }) => sql)).toEqual(['insert into t values (1)']);
  expect(report?.error?.code).toBe('57P01');
});

test("the server's idle timeout is known at once", async () => {
  await interpreter.runText("set idle_in_transaction_session_timeout = '50ms';\nbegin;\ninsert into t values (1);");
  await expect.poll(() => record().state).toBe('lost');
  expect(describeLoss(record())).toMatchObject({ error: { code: '25P03' }, outcome: 'rolled-back', statements: [{ changedRows: 1 }] });
});

test('another session, another record', async () => {
  await interpreter.runText('begin;');
  await interpreter.runText('\\c');
  expect(record()).toMatchObject({ state: 'idle', transaction: undefined });
});

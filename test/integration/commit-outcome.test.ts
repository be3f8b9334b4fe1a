import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommitEvidence, commitOutcome, noteCommit, type RowsQuery } from '../../src/engine/transaction/commit-outcome.ts';
import { cellBytes } from '../../src/result/row-batch.ts';
import type { Session } from '../../src/server/session.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';

let server: NativeServer;

beforeAll(async () => {
  server = await startNativeServer();
  const session = await open();
  await run(session, 'create table t (i int); create role plain login');
  await run(session, 'grant all on t to plain');
  await session.close();
});

afterAll(async () => {
  await server.stop();
});

function open(user = server.user): Promise<Session> {
  const { host, port, database } = server;
  return openTestSession(testTarget({ hosts: [{ host, port }], user, database }));
}

function queryOn(session: Session): RowsQuery {
  return async (sql) => {
    const rows: (string | null)[][] = [];
    let isOk = true;
    for await (const event of session.run({ sql })) {
      if (event.type === 'error' || event.type === 'lost') isOk = false;
      if (event.type !== 'rows') continue;
      const { batch } = event;
      const cells = (row: number) =>
        Array.from({ length: batch.columnCount }, (_, column) => cellBytes(batch, row, column)?.toString() ?? null);
      for (let row = 0; row < batch.rowCount; row++) rows.push(cells(row));
    }
    return isOk ? rows : undefined;
  };
}

/** A transaction that has written, and what is noted of it. */
async function written(session: Session): Promise<CommitEvidence | undefined> {
  await run(session, 'begin');
  await run(session, 'insert into t values (1)');
  return await noteCommit(queryOn(session), session.versionNumber);
}

test.each(['postgres', 'plain'])('what became of the transactions of %s', async (user) => {
  const session = await open(user);
  const second = await open(user);
  const verdict = (evidence: CommitEvidence | undefined) => commitOutcome(evidence, queryOn(second), second.versionNumber);

  const committed = await written(session);
  expect(await verdict(committed)).toBe('in progress');
  await run(session, 'commit');
  expect(await verdict(committed)).toBe('committed');

  const aborted = await written(session);
  await run(session, 'rollback');
  expect(await verdict(aborted)).toBe('aborted');

  await run(session, 'begin; select 1');
  const nothing = await noteCommit(queryOn(session), session.versionNumber);
  expect([nothing, await verdict(nothing)]).toEqual([undefined, 'unknown']);

  const future = committed && { ...committed, xid: '9999999999' };
  expect(await verdict(future)).toBe('unknown');
  await session.close();
  await second.close();
});

test('after a crash the same id may be of another transaction: unknown', async () => {
  const session = await open();
  const evidence = await written(session);
  const victim = await open();
  process.kill(victim.info.processId, 'SIGKILL');
  await session.run({ sql: 'select pg_sleep(30)' })[Symbol.asyncIterator]().next();
  const second = await openWhenUp();
  await run(second, 'insert into t values (2)');
  expect(await commitOutcome(evidence, queryOn(second), second.versionNumber)).toBe('unknown');
  const fresh = await written(second);
  await run(second, 'commit');
  expect(await commitOutcome(fresh, queryOn(second), second.versionNumber)).toBe('committed');
  await second.close();
});

/** Recovery takes a moment. */
async function openWhenUp(): Promise<Session> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await open();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from '../../src/engine/side-session.ts';
import { type CommitEvidence, commitOutcome, noteCommit, type RowsQuery } from '../../src/engine/transaction/commit-outcome.ts';
import type { Session } from '../../src/server/session.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';

let server: NativeServer;

beforeAll(async () => {
  server = await startNativeServer({ settings: ['max_prepared_transactions=5'] });
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

function rowsOn(session: Session): RowsQuery {
  return async (sql) => {
    const answer = await query(session, sql);
    return answer.ok ? answer.rows : undefined;
  };
}

/** What another connection sees of the session after these statements. */
async function seenAfter(session: Session, second: Session, ...statements: readonly string[]): Promise<CommitEvidence | undefined> {
  for (const sql of statements) await run(session, sql);
  const { info, versionNumber } = session;
  return await noteCommit(rowsOn(second), {
    processId: info.processId,
    lastSql: statements.at(-1) ?? '',
    readyAt: Date.now(),
    versionNumber,
  });
}

/** A transaction that has written, and what is noted of it. */
async function written(session: Session, second: Session): Promise<CommitEvidence> {
  const evidence = await seenAfter(session, second, 'begin', 'insert into t values (1)');
  if (evidence === undefined) throw new Error('nothing was noted');
  return evidence;
}

test.each(['postgres', 'plain'])('what became of the transactions of %s', async (user) => {
  const session = await open(user);
  const second = await open(user);
  const verdict = (evidence: CommitEvidence) => commitOutcome(evidence, rowsOn(second));

  const committed = await written(session, second);
  expect(await verdict(committed)).toEqual({ kind: 'in-progress' });
  await run(session, 'commit');
  expect(await verdict(committed)).toEqual({ kind: 'committed', standbys: false });

  const aborted = await written(session, second);
  await run(session, 'rollback');
  expect(await verdict(aborted)).toEqual({ kind: 'rolled-back' });

  const prepared = await written(session, second);
  await run(session, "prepare transaction 'left behind'");
  expect(await verdict(prepared)).toEqual({ kind: 'prepared', id: 'left behind' });
  await run(session, "commit prepared 'left behind'");
  expect(await verdict(prepared)).toEqual({ kind: 'committed', standbys: false });

  expect(await seenAfter(session, second, 'begin', 'select 1')).toMatchObject({ xid: undefined });
  expect(await verdict({ ...committed, xid: '9999999999' })).toMatchObject({ kind: 'unknown' });
  await session.close();
  await second.close();
});

test('what another role does is not seen', async () => {
  const session = await open();
  const second = await open('plain');
  expect(await seenAfter(session, second, 'begin', 'insert into t values (1)')).toBeUndefined();
  await session.close();
  await second.close();
});

test('after a crash the same id may be of another transaction: unknown', async () => {
  const session = await open();
  const watcher = await open();
  const evidence = await written(session, watcher);
  const victim = await open();
  process.kill(victim.info.processId, 'SIGKILL');
  await session.run({ sql: 'select pg_sleep(30)' })[Symbol.asyncIterator]().next();
  const second = await openWhenUp();
  await run(second, 'insert into t values (2)');
  // Where the server has not come as far again as that id, it refuses to speak of it: that is no answer.
  expect(await commitOutcome(evidence, rowsOn(second))).toEqual({
    kind: 'unknown',
    why: expect.stringMatching(/^(?:other-server|no-answer)$/),
  });
  const third = await open();
  const fresh = await written(second, third);
  await run(second, 'commit');
  expect(await commitOutcome(fresh, rowsOn(third))).toEqual({ kind: 'committed', standbys: false });
  await second.close();
  await third.close();
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

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTraits, traitsQuery } from '../../src/catalog/server-traits.ts';
import { query } from '../../src/engine/side-session.ts';
import type { Session } from '../../src/server/session.ts';
import { activityOf, strongLocks } from '../support/activity.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { openTestSession, run, targetOf } from '../support/open-test-session.ts';

describe.each(olderMajors)('what the transaction panel asks of PostgreSQL %i', (major) => {
  let server: NativeServer;
  let mine: Session;
  let other: Session;
  let side: Session;

  beforeAll(async () => {
    server = await startNativeServer({ binFolder: olderBinaries(major) });
    mine = await openTestSession(targetOf(server));
    other = await openTestSession(targetOf(server));
    side = await openTestSession(targetOf(server));
    await run(side, 'create table t (i int primary key); insert into t values (1)');
  });

  afterAll(async () => {
    for (const session of [mine, other, side]) await session.close();
    await server.stop();
  });

  test('locks, waiters and holders, from outside and from inside', async () => {
    await run(mine, 'begin; update t set i = 2');
    const blocked = run(other, 'update t set i = 3');
    await expect.poll(async () => (await activityOf(mine, side)).waiters).toHaveLength(1);
    for (const from of [side, mine]) {
      const seen = await activityOf(mine, from);
      expect(strongLocks(seen)).toEqual(['t RowExclusive']);
      expect(seen.xid).toMatch(/^\d+$/);
      expect(seen.waiters).toMatchObject([{ processId: String(other.info.processId), query: 'update t set i = 3' }]);
    }
    expect((await activityOf(other, side)).holders).toMatchObject([{ processId: String(mine.info.processId) }]);
    await run(mine, 'rollback');
    await blocked;
  });

  test('what the server is like', async () => {
    const answer = await query(side, traitsQuery(mine.info.processId));
    expect(answer.ok && readTraits(answer)).toEqual({ processId: side.info.processId, isStandby: false, isSeen: true });
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { activityOf, strongLocks } from '../support/activity.ts';
import { openTestSession, run } from '../support/open-test-session.ts';

let mine: Session;
let other: Session;
let side: Session;

beforeAll(async () => {
  mine = await openTestSession();
  other = await openTestSession();
  side = await openTestSession();
  await run(
    side,
    `create schema "Odd name"; create table "Odd name"."T ?" (i int primary key); create table activity (i int primary key);
    insert into activity values (1), (2); create role activity_guest login`,
  );
});

afterAll(async () => {
  for (const session of [mine, other]) await session.close();
  await run(side, 'drop schema "Odd name" cascade; drop table activity; drop role activity_guest');
  await side.close();
});

test('nothing is held before anything was done, and no number is assigned before a change', async () => {
  await run(mine, 'begin');
  expect(await activityOf(mine, side)).toEqual({ xid: undefined, locks: [], waiters: [], holders: [], waited: undefined });
  await run(mine, 'select count(*) from activity');
  const read = await activityOf(mine, side);
  expect(read.xid).toBeUndefined();
  expect(read.locks.map(({ on, mode, isMinor }) => [on, mode, isMinor])).toContainEqual(['activity', 'AccessShare', true]);
  expect(strongLocks(read)).toEqual([]);
  await run(mine, 'rollback');
});

test('relations by name, new ones by number, advisory keys as they were given', async () => {
  await run(
    mine,
    `begin; insert into activity values (3); lock table "Odd name"."T ?" in share mode; create table fresh ();
     select pg_advisory_xact_lock(-5), pg_advisory_xact_lock(1, -2), pg_advisory_xact_lock(9223372036854775807)`,
  );
  const seen = await activityOf(mine, side);
  expect(seen.xid).toMatch(/^\d+$/);
  expect(strongLocks(seen)).toEqual(
    expect.arrayContaining([
      'activity RowExclusive',
      'Odd name.T ? Share',
      'advisory -5 Exclusive',
      'advisory 1, -2 Exclusive',
      'advisory 9223372036854775807 Exclusive',
      expect.stringMatching(/^a new relation \(\d+\) AccessExclusive$/),
    ]),
  );
  const own = await activityOf(mine, mine);
  expect(own.xid?.endsWith(seen.xid ?? '?')).toBe(true);
  expect(strongLocks(own)).toContain('activity RowExclusive');
  expect(strongLocks(own)).toContain('fresh AccessExclusive');
  await run(mine, 'rollback');
});

test('who waits for whom, with what, and for how long', async () => {
  await run(mine, 'begin; update activity set i = 10 where i = 1');
  const blocked = run(other, 'update activity set i = 11 where i = 1');
  await expect.poll(async () => (await activityOf(mine, side)).waiters).toHaveLength(1);
  const seen = await activityOf(mine, side);
  expect(seen.waiters).toEqual([
    {
      processId: String(other.info.processId),
      user: 'postgres',
      query: 'update activity set i = 11 where i = 1',
      state: 'active',
      milliseconds: expect.any(Number),
    },
  ]);
  const [waiter] = seen.waiters;
  expect(waiter?.milliseconds).toBeLessThan(60_000);
  const there = await activityOf(other, side);
  expect(there.holders).toMatchObject([{ processId: String(mine.info.processId), state: 'idle in transaction' }]);
  expect(there.waited).toBeLessThan(60_000);
  expect(strongLocks(there)).toContainEqual(expect.stringMatching(/^transaction \d+ Share waiting$/));
  await run(mine, 'rollback');
  await blocked;
});

test('a prepared transaction that is waited for is no session', async () => {
  await run(mine, "begin; update activity set i = 10 where i = 2; prepare transaction 'activity waits'");
  const blocked = run(other, 'update activity set i = 12 where i = 2');
  await expect.poll(async () => (await activityOf(other, side)).holders).toMatchObject([{ processId: '0', user: '', state: '' }]);
  await run(side, "rollback prepared 'activity waits'");
  await blocked;
});

test('a statement that is not ours to see', async () => {
  await run(mine, 'begin; update activity set i = 13 where i = 12');
  const blocked = run(other, 'update activity set i = 14 where i = 12');
  const guest = await openTestSession();
  await run(guest, 'set session authorization activity_guest');
  await expect
    .poll(async () => (await activityOf(other, guest)).holders)
    .toMatchObject([{ processId: String(mine.info.processId), user: 'postgres', query: undefined }]);
  await guest.close();
  await run(mine, 'rollback');
  await blocked;
});

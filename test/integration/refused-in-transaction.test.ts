import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { acceptedStatements, refusedStatements } from '../support/refused-in-transaction.ts';

const database = 'refused_in_transaction';
let session: Session;

const fixtures = [
  'create table once (i int primary key)',
  'create table parted (i int) partition by list (i)',
  'create table part partition of parted for values in (1)',
  "create type mood as enum ('calm')",
  "create subscription feed connection 'port=1' publication p with (connect = false)",
  'alter subscription feed enable',
];

beforeAll(async () => {
  const admin = await openTestSession();
  await run(admin, `create database ${database}`);
  await admin.close();
  session = await openTestSession(testTarget({ database }));
  for (const sql of fixtures) await run(session, sql);
});

afterAll(async () => {
  // A subscription with a slot, which nobody has made, is not dropped.
  for (const sql of ['alter subscription feed disable', 'alter subscription feed set (slot_name = none)', 'drop subscription feed'])
    await run(session, sql);
  await session.close();
  const admin = await openTestSession();
  await run(admin, `drop database ${database} with (force)`);
  await admin.close();
});

// 25001 active_sql_transaction.
test('the server refuses in a transaction what is said to be refused', async () => {
  const missed: string[] = [];
  for (const [sql] of refusedStatements) {
    await run(session, 'begin');
    const answer = await run(session, sql);
    if (!answer.some((text) => text.startsWith('error 25001'))) missed.push(`${sql}: ${answer.join(', ')}`);
    await run(session, 'rollback');
  }
  expect(missed).toEqual([]);
});

test('and runs what is not', async () => {
  const failed: string[] = [];
  for (const sql of acceptedStatements) {
    await run(session, 'begin');
    const answer = await run(session, sql);
    if (answer.some((text) => text.startsWith('error'))) failed.push(`${sql}: ${answer.join(', ')}`);
    await run(session, 'rollback');
  }
  expect(failed).toEqual([]);
});

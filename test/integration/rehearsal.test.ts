import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { openTestSession, testTarget } from '../support/open-test-session.ts';
import { openVendorpay } from '../support/practice.ts';
import { checkRehearsal, statementsFor } from '../support/rehearsal-suite.ts';
import { cells, type Rehearser, rehearsalSchema, rehearser } from '../support/rehearsals.ts';

const database = 'rehearsal';

async function onServer(): Promise<Session> {
  const maintenance = await openTestSession();
  await cells(maintenance, `create database ${database}`);
  await maintenance.close();
  return await openTestSession(testTarget({ database }));
}

const statements = statementsFor(180000);

describe.each([
  ['on the server', onServer, statements],
  // The same server in another coat: some of each kind.
  ['on the embedded engine', async () => (await openVendorpay()).session, statements.filter((_, at) => at % 3 === 0)],
] as const)('%s', (place, open, chosen) => {
  let subject: Rehearser;

  beforeAll(async () => {
    subject = rehearser(await open());
    const set = place === 'on the server' ? '' : 'create schema rehearsal; set search_path = rehearsal;';
    await subject.interpreter.runText(`${set}${rehearsalSchema}`);
    expect(subject.said).toEqual([]);
  });

  afterAll(async () => {
    await subject.interpreter.close();
  });

  test.each(chosen)('$sql: what is shown is what has changed, and nothing is left of it', async (statement) => {
    await checkRehearsal(subject, statement, false);
  });

  test('the same at a savepoint of an open transaction', async () => {
    await subject.interpreter.runText('begin;');
    for (const statement of chosen) await checkRehearsal(subject, statement, true);
    await subject.interpreter.runText('rollback;');
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { retryOffer } from '../../src/workbench/retry.ts';
import { DrivenWorkbench } from '../support/driven-workbench.ts';
import { freshHome } from '../support/home.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { meanwhile } from '../support/workbench.ts';

const home = freshHome();
let workbench: DrivenWorkbench;
let other: Session;

beforeAll(() => {
  for (const [name, value] of Object.entries(home.environment)) vi.stubEnv(name, value);
});

beforeEach(async () => {
  await meanwhile('create table replayed (id int primary key, n int); insert into replayed values (1, 0), (2, 0)');
  other = await openTestSession();
  workbench = await DrivenWorkbench.open(testTarget({ startupParameters: { deadlock_timeout: '100ms' } }));
});

afterEach(async () => {
  await workbench.close();
  await other.close();
  await meanwhile('drop table replayed');
});

afterAll(() => home.remove());

const kept = (id: number) => meanwhile(`select n from replayed where id = ${id}`);
const status = () => (workbench.model.connection.phase === 'open' ? workbench.model.connection.status : workbench.model.connection.phase);

/** The next question, by its title. */
async function asked(title: string): Promise<readonly string[]> {
  await workbench.until(`question "${title}"`, ({ running }) => running === undefined && workbench.question?.title === title);
  return workbench.question?.lines ?? [];
}

async function ends(said: string): Promise<void> {
  await workbench.until(said, () => workbench.said.includes(said));
}

/** Reads, lets somebody else write what was read, and fails. */
async function failToSerialize(): Promise<void> {
  await workbench.run('begin isolation level repeatable read, read write;');
  await workbench.run('update replayed set n = n + 10 where id = 2;');
  await run(other, 'update replayed set n = 1 where id = 1');
  await workbench.run('update replayed set n = n + 100 where id = 1;');
  expect(status()).toBe('failed');
}

test('a serialization failure: replayed statement by statement, in the same modes', async () => {
  await failToSerialize();
  expect(retryOffer(workbench.model)).toMatchObject({ kind: 'transaction', plan: { modes: { isolation: 'repeatable read' } } });
  workbench.press('alt+r');
  expect((await asked('Replay the transaction?')).join('\n')).toMatch(
    /begun anew \(BEGIN ISOLATION LEVEL REPEATABLE READ, READ WRITE\); then each of its 2 statements/,
  );
  workbench.press('enter');
  expect(await asked('Statement 1 of 2')).toEqual(['update replayed set n = n + 10 where id = 2']);
  workbench.press('enter');
  expect(await asked('Statement 2 of 2')).toEqual(['update replayed set n = n + 100 where id = 1']);
  expect(workbench.said).toContain('UPDATE 1');
  workbench.press('enter');
  await ends('Replayed. The transaction is open: commit it, or roll it back.');
  expect(workbench.model.transaction?.transaction?.characteristics.isolation?.value).toBe('repeatable read');
  await workbench.run('commit;');
  expect([await kept(1), await kept(2)]).toEqual(['101', '10']);
});

test('one is skipped by its key; stopping keeps the transaction, or rolls it back', async () => {
  await failToSerialize();
  workbench.press('alt+r');
  await asked('Replay the transaction?');
  workbench.press('enter');
  await asked('Statement 1 of 2');
  workbench.type('s');
  await asked('Statement 2 of 2');
  workbench.press('escape');
  await asked('Stopped before statement 2 of 2');
  workbench.press('escape');
  expect(status()).toBe('transaction');
  await workbench.run('rollback;');
  expect(await kept(2)).toBe('0');
});

test('it fails again: from the first once more, as often as is wanted', async () => {
  await failToSerialize();
  workbench.press('alt+r');
  await asked('Replay the transaction?');
  workbench.press('enter');
  await asked('Statement 1 of 2');
  workbench.press('enter');
  await asked('Statement 2 of 2');
  await run(other, 'update replayed set n = 2 where id = 1');
  workbench.press('enter');
  expect((await asked('Statement 2 of 2 failed')).join('')).toContain('Run again it may succeed');
  workbench.choose('again');
  await asked('Statement 1 of 2');
  workbench.press('enter');
  await asked('Statement 2 of 2');
  workbench.press('enter');
  await ends('Replayed.');
  await workbench.run('commit;');
  expect([await kept(1), await kept(2)]).toEqual(['102', '10']);
});

test('an error of another kind stops it', async () => {
  await failToSerialize();
  workbench.press('alt+r');
  await asked('Replay the transaction?');
  workbench.press('enter');
  await asked('Statement 1 of 2');
  await run(other, 'alter table replayed rename n to m');
  workbench.press('enter');
  await ends('The replay stopped at statement 1 of 2, which failed.');
  expect(status()).toBe('failed');
  await run(other, 'alter table replayed rename m to n');
});

test('a failure that comes at COMMIT: COMMIT is the last statement, and asked for too', async () => {
  await workbench.run('begin isolation level serializable;');
  await workbench.run('select sum(n) from replayed;');
  await workbench.run('update replayed set n = 5 where id = 1;');
  await run(other, 'begin isolation level serializable; select sum(n) from replayed; update replayed set n = 6 where id = 2; commit');
  await workbench.run('commit;');
  expect(status()).toBe('idle');
  workbench.press('alt+r');
  await asked('Replay the transaction?');
  workbench.press('enter');
  for (const number of [1, 2, 3]) {
    await asked(`Statement ${number} of 3`);
    workbench.press('enter');
  }
  await ends('Replayed.');
  expect([status(), await kept(1)]).toEqual(['idle', '5']);
});

test('a deadlock outside a transaction: the one statement runs again', async () => {
  await run(other, "set deadlock_timeout = '1h'");
  await run(other, 'begin; update replayed set n = 7 where id = 2');
  workbench.send('update replayed set n = n + 1 where id in (select id from replayed order by id for update);');
  await expect
    .poll(() => run(other, "select count(*) > 0 from pg_locks where not granted and locktype = 'transactionid'"), { timeout: 10_000 })
    .toContain('rows t');
  const theirs = run(other, 'update replayed set n = 7 where id = 1');
  await workbench.until('the deadlock', ({ running }) => running === undefined);
  await theirs;
  await run(other, 'commit');
  const offer = retryOffer(workbench.model);
  expect(offer).toMatchObject({ kind: 'statement', sql: expect.stringContaining('update replayed') });
  workbench.press('alt+r');
  await workbench.until('the update', () => workbench.said.includes('UPDATE 2'));
  expect([await kept(1), await kept(2)]).toEqual(['8', '8']);
});

test('nothing is offered for other errors', async () => {
  await workbench.run('begin;');
  await workbench.run('select 1/0;');
  expect(retryOffer(workbench.model)).toBeUndefined();
  workbench.press('alt+r');
  expect(workbench.model.questions).toEqual([]);
});

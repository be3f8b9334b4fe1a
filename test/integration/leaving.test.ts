import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DrivenWorkbench } from '../support/driven-workbench.ts';
import { freshHome } from '../support/home.ts';
import { meanwhile } from '../support/workbench.ts';

const home = freshHome();
let workbench: DrivenWorkbench;

beforeAll(async () => {
  for (const [name, value] of Object.entries(home.environment)) vi.stubEnv(name, value);
  await meanwhile('create table leaving (i int primary key, deferred int references leaving deferrable initially deferred)');
});

afterAll(async () => {
  await meanwhile('drop table leaving');
  home.remove();
});

afterEach(async () => {
  await workbench.close();
  await meanwhile('truncate leaving');
});

const kept = () => meanwhile('select count(*) from leaving');
const status = () => (workbench.model.connection.phase === 'open' ? workbench.model.connection.status : workbench.model.connection.phase);

describe(String.raw`\c with an open transaction asks`, () => {
  beforeEach(async () => {
    workbench = await DrivenWorkbench.open();
    await workbench.run('begin; insert into leaving values (1);');
  });

  async function connect(answer: string): Promise<void> {
    await workbench.run('\\c');
    expect(workbench.question?.choices.map(({ id }) => id)).toEqual(['stay', 'commit', 'rollback']);
    workbench.choose(answer);
    await workbench.until('end of \\c', ({ running, questions }) => running === undefined && questions.length === 0);
  }

  test('stay: nothing has happened', async () => {
    await connect('stay');
    expect([status(), workbench.said]).toEqual(['transaction', expect.stringContaining('Previous connection kept')]);
    await workbench.run('commit;');
    expect(await kept()).toBe('1');
  });

  test('commit', async () => {
    await connect('commit');
    expect([status(), await kept()]).toEqual(['idle', '1']);
    expect(workbench.said).toContain('You are now connected to database');
  });

  test('roll back', async () => {
    await connect('rollback');
    expect([status(), await kept()]).toEqual(['idle', '0']);
    expect(workbench.said).toContain('You are now connected to database');
  });

  test('a COMMIT that fails keeps the session', async () => {
    await workbench.run('insert into leaving values (2, 99);');
    await connect('commit');
    expect(workbench.said).toContain('The transaction could not be committed.');
    expect(workbench.said).not.toContain('You are now connected');
    expect([status(), await kept()]).toEqual(['idle', '0']);
  });

  test('nowhere to go: the transaction lives on, whatever was answered', async () => {
    await workbench.run('\\c nowhere_at_all');
    workbench.choose('rollback');
    await workbench.until('end of \\c', ({ running }) => running === undefined);
    expect(workbench.said).toContain('does not exist');
    expect(status()).toBe('transaction');
  });

  test('of a failed one only rolling back is offered', async () => {
    await workbench.run('select 1/0;');
    await workbench.run('\\c');
    expect(workbench.question?.choices.map(({ id }) => id)).toEqual(['stay', 'rollback']);
    workbench.press('escape');
    await workbench.until('end of \\c', ({ running }) => running === undefined);
    expect(status()).toBe('failed');
  });
});

test('a transaction that was prepared and left behind is mentioned on connect', async () => {
  await meanwhile("begin; insert into leaving values (5); prepare transaction 'left behind'");
  workbench = await DrivenWorkbench.open();
  await workbench.until('mention', () => workbench.said.includes("'left behind' of postgres"));
  expect(workbench.said).toMatch(/A prepared transaction was left behind: .* 0 s old|\d+ s old/);
  await workbench.run("rollback prepared 'left behind';");
});

test('warnings at times that are no times are refused', async () => {
  workbench = await DrivenWorkbench.open();
  await workbench.run('\\set HOWDAH_IDLE_WARNINGS soon');
  expect(workbench.said).toContain('Give times such as "30s 5min", or off.');
  await workbench.run('\\set HOWDAH_IDLE_WARNINGS 1s');
  await workbench.run("set idle_in_transaction_session_timeout = '3min'; begin;");
  await workbench.until('warning', () => workbench.said.includes('idle for 1 s'));
  expect(workbench.model.transaction?.idleTimeout?.value).toBe(180_000);
});

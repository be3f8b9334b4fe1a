import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { freshHome } from '../support/home.ts';
import { testServer } from '../support/server.ts';
import { pause, Terminal } from '../support/terminal.ts';
import { enter, meanwhile, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

/** Ends the workbench's session as an administrator would. */
async function terminate(name: string): Promise<void> {
  await meanwhile(`select pg_terminate_backend(pid) from pg_stat_activity where query like '%${name}%' and pid <> pg_backend_pid()`);
}

test('a session that dies while nothing runs is fenced: nothing runs on a new one unasked', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, "select 'dies idle' as a;");
  await terminal.sees('1 row, complete');
  await terminate('dies idle');
  await terminal.sees('is lost');
  await terminal.sees('temporary tables');
  expect(terminal.text()).not.toContain('the open transaction');
  await terminal.press('Enter');
  await terminal.sees('? lost');
  await terminal.seesNoMore('Lost with it');
  await enter(terminal, 'select 5 as unasked;');
  await terminal.sees('Open a new session');
  expect(terminal.text()).not.toMatch(/1 row, complete · \d+.*\n.*unasked/);
  await terminal.press('Down', 'Enter');
  await terminal.seesNoMore('? lost');
  await terminal.sees('select 5 as unasked;');
  await terminal.press('Enter');
  await terminal.sees('unasked');
  await terminal.sees(/^ ▌?\s+5$/m);
});

test('a session that dies in a transaction says what went with it', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, "begin; select 'dies in transaction' as a;");
  await terminal.sees('* in transaction');
  await terminal.sees('1 row, complete');
  await terminate('dies in transaction');
  await terminal.sees('the open transaction: the server rolls it back');
  await terminal.press('Esc');
  await terminal.seesNoMore('Lost with it');
  await terminal.sees('? lost');
});

test('a session that dies while rows come: they stay, and the question is asked once', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, "select i, 'dies reading', pg_sleep(0.001) from generate_series(1, 100000) i;");
  await terminal.sees('so far');
  await terminate('dies reading');
  await terminal.sees('Stay disconnected');
  await terminal.press('Esc');
  await terminal.seesNoMore('Stay disconnected');
  await pause(300);
  expect(await terminal.sees('INCOMPLETE: error 57P01')).not.toContain('Stay disconnected');
});

test('a session that dies while a statement runs', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, "select pg_sleep(60), 'dies running' as a;");
  // On the status line, not in what was typed.
  await terminal.sees(/running 0/);
  await terminate('dies running');
  await terminal.sees('Whether it took effect is not known');
  await terminal.press('Down', 'Enter');
  await terminal.seesNoMore('? lost');
  await terminal.sees("select pg_sleep(60), 'dies running' as a;");
});

test('the connection is lost when COMMIT was sent: what became of it is looked up and said', async () => {
  const proxy = await startCuttingProxy(testServer());
  await meanwhile('create table cut_story (i int)');
  const { user, database } = testServer();
  terminal = new Terminal(['-h', proxy.host, '-p', String(proxy.port), '-U', user, '-d', database], { environment: home.environment });
  await terminal.sees(`postgres@${proxy.host}`);
  await enter(terminal, 'begin; insert into cut_story values (7);');
  await terminal.sees('INSERT 0 1');
  await pause(500);
  proxy.connections.find(({ sent }) => sent.includes('cut_story'))?.cutAfter('to-client', 0, 'reset');
  await enter(terminal, 'commit;');
  await terminal.sees('COMMIT was carried out: the server says that the transaction is committed.');
  const screen = await terminal.sees('Sent, and never answered: commit');
  expect(screen).toContain('insert into cut_story values (7) (1 row)');
  expect(screen).not.toContain('the open transaction');
  expect(await meanwhile('select count(*) from cut_story')).toBe('1');
  await meanwhile('drop table cut_story');
  await proxy.close();
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { openTestSession, run } from '../support/open-test-session.ts';
import type { Terminal } from '../support/terminal.ts';
import { enter, meanwhile, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(async () => {
  home = freshHome();
  await meanwhile('create table retry_story (id int primary key, n int); insert into retry_story values (1, 0)');
});

afterEach(async () => {
  await terminal.close();
  await meanwhile('drop table retry_story');
  home.remove();
});

test('a serialization failure is named, and the transaction replayed on one key; a deadlock is named too', async () => {
  terminal = await openWorkbench(home.environment, { columns: 80, rows: 24 });
  await enter(terminal, 'begin isolation level repeatable read; select n from retry_story;');
  await terminal.sees('* in transaction');
  await meanwhile('update retry_story set n = 1');
  await enter(terminal, 'update retry_story set n = n + 100;');
  await terminal.sees('40001 serialization_failure');
  await terminal.sees('What other transactions did at the same time');
  await terminal.sees('Replay the transaction: 2 statements, each asked for');
  await terminal.press('Alt-r');
  await terminal.sees('Replay the transaction?');
  await terminal.press('Enter');
  await terminal.sees('Statement 1 of 2');
  await terminal.press('Enter');
  await terminal.sees('Statement 2 of 2');
  await terminal.press('Enter');
  await terminal.sees('Replayed. The transaction is open');
  await terminal.seesNoMore('update retry_story');
  await terminal.press('Enter');
  await enter(terminal, 'commit;');
  await terminal.sees('COMMIT');
  expect(await meanwhile('select n from retry_story')).toBe('101');

  await meanwhile('insert into retry_story values (2, 0)');
  const other = await openTestSession();
  await run(other, 'begin; update retry_story set n = 7 where id = 2');
  await enter(terminal, "set deadlock_timeout = '20ms'; begin; update retry_story set n = 8 where id = 1;");
  await terminal.sees('* in transaction');
  const blocked = run(other, 'update retry_story set n = 7 where id = 1');
  const waiting =
    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query = 'update retry_story set n = 7 where id = 1'";
  await expect.poll(() => meanwhile(waiting)).toBe('1');
  await enter(terminal, 'update retry_story set n = 8 where id = 2;');
  await terminal.sees('40P01 deadlock_detected');
  await terminal.sees('Replay the transaction: 2 statements, each asked for');
  await blocked;
  await other.close();
});

test(String.raw`\c with a transaction open asks, and F9 too`, async () => {
  terminal = await openWorkbench(home.environment, { columns: 80, rows: 24 });
  await enter(terminal, 'begin; update retry_story set n = 5;');
  await terminal.sees('* in transaction');
  await enter(terminal, '\\c');
  await terminal.sees('A transaction is open');
  await terminal.press('Esc');
  await terminal.sees('Previous connection kept');
  await terminal.sees('* in transaction');
  await terminal.press('Ctrl-U');
  await terminal.press('F9');
  await terminal.sees('Practice database');
  await terminal.press('Enter');
  await terminal.sees('A transaction is open');
  await terminal.press('Esc');
  await terminal.seesNoMore('A transaction is open');
  await terminal.press('Esc');
  await terminal.sees('* in transaction');
  await enter(terminal, '\\c');
  await terminal.sees('Commit and connect');
  await terminal.press('Down', 'Enter');
  await terminal.sees('You are now connected');
  await terminal.seesNoMore('* in transaction');
  expect(await meanwhile('select n from retry_story')).toBe('5');
});

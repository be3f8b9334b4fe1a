import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { howdah } from '../support/run.ts';
import { Terminal } from '../support/terminal.ts';

let home: ReturnType<typeof freshHome>;
let terminals: Terminal[];

beforeEach(() => {
  home = freshHome();
  terminals = [];
});

afterEach(async () => {
  for (const terminal of terminals) await terminal.close();
  home.remove();
});

async function openWorkbench(): Promise<Terminal> {
  const terminal = new Terminal(['practice'], { environment: home.environment });
  terminals.push(terminal);
  return terminal;
}

async function run(terminal: Terminal, text: string, wanted: string | RegExp): Promise<void> {
  await terminal.press('Ctrl-C');
  await terminal.type(text);
  await terminal.press('Enter');
  await terminal.sees(wanted);
}

const cluster = () => join(home.environment.XDG_DATA_HOME ?? '', 'howdah/practice/vendorpay/cluster');
const ready = /embedded[\s\S]*Enter run/;

test('an engine that dies is a lost connection with an offer to reopen; what was committed is there again', async () => {
  const terminal = await openWorkbench();
  await terminal.sees(ready, 30_000);
  await run(terminal, 'create table mine as select 7 as seven;', 'SELECT 1');
  renameSync(join(cluster(), 'pg_wal'), join(cluster(), 'pg_wal-gone'));
  await run(terminal, 'select pg_switch_wal();', '1 row');
  await run(terminal, 'checkpoint;', 'The engine of vendorpay has ended');
  await terminal.sees('? lost');
  await terminal.sees('settings made by SET, temporary tables');
  renameSync(join(cluster(), 'pg_wal-gone'), join(cluster(), 'pg_wal'));
  await terminal.press('Tab', 'Enter');
  await terminal.seesNoMore('? lost', 30_000);
  await run(terminal, 'select seven * 6 as answer from mine;', /answer\s+─+\s+▌ +42\b[\s\S]*Enter run/);
  await terminal.press('Ctrl-Q');
  expect(await terminal.exit()).toBe(0);
});

test('a second workbench is told who has the database and may take a throw-away copy; a script is told and ends with 2', async () => {
  const first = await openWorkbench();
  await first.sees(ready, 30_000);
  const script = await howdah(['practice', '-c', 'select 1'], { environment: home.environment });
  expect(script).toMatchObject({ stdout: '', status: 2 });
  expect(script.stderr).toMatch(
    new RegExp(`^howdah: error: the practice database is in use by process ${first.processId} on \\S+ since \\S+: leave it there first\n$`),
  );
  const second = await openWorkbench();
  await second.sees('The practice database is open elsewhere', 30_000);
  await second.sees(`process ${first.processId}`);
  await second.press('Tab', 'Enter');
  await second.sees(ready, 30_000);
  await run(second, '\\conninfo', 'a throw-away copy in memory');
  await run(second, '\\c', 'a new connection would find nothing of it');
  await run(second, 'create table throw_away as select 5 as five;', 'SELECT 1');
  await second.press('Ctrl-Q');
  expect(await second.exit()).toBe(0);
  await run(first, 'table throw_away;', '42P01');
});

test('a data directory of another PostgreSQL is set aside, and the workbench says so', async () => {
  await howdah(['practice', '-q', '-c', 'create table mine as select 7 as seven'], { environment: home.environment });
  writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
  const terminal = await openWorkbench();
  await terminal.sees(ready, 30_000);
  await terminal.sees('The practice database is of PostgreSQL 17');
  await run(terminal, 'table mine;', '42P01');
});

test('\\c reopens the practice database, refuses another, and keeps the session', async () => {
  const terminal = await openWorkbench();
  await terminal.sees(ready, 30_000);
  await run(terminal, `set application_name = 'mine';`, 'SET');
  await run(terminal, '\\c otherdb', 'database "otherdb" does not exist here: the embedded engine holds "vendorpay" alone');
  await run(terminal, 'show application_name;', 'mine');
  await run(terminal, '\\c', 'You are now connected to database "vendorpay"');
  await run(terminal, 'show application_name;', 'howdah');
});

test('Ctrl-C gives the prompt back from a loop that never ends', async () => {
  const terminal = await openWorkbench();
  await terminal.sees(ready, 30_000);
  await run(terminal, 'do $$ begin loop end loop; end $$;', 'running');
  const back = terminal.shows(/^(?![^\n]*running)/);
  const asked = performance.now();
  await terminal.press('Ctrl-C');
  // The figure is 250 ms; a machine that is busy with tests gets more.
  expect((await back) - asked).toBeLessThan(2_000);
  await terminal.sees('canceling statement due to user request');
  await run(terminal, 'select 6 * 7 as answer;', '42');
});

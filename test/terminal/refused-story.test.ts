import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { startNativeServer } from '../support/native-server.ts';
import { startPoolingProxy } from '../support/pooling-proxy.ts';
import { testServer } from '../support/server.ts';
import { startStandby } from '../support/standby.ts';
import type { Terminal } from '../support/terminal.ts';
import { enter, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

const wide = { columns: 130, rows: 30 };

test('with automatic savepoints, what cannot run in a transaction is said before it is sent, and costs nothing', async () => {
  terminal = await openWorkbench(home.environment, wide);
  await enter(terminal, '\\set HOWDAH_SAVEPOINTS every');
  await terminal.seesNoMore('HOWDAH_SAVEPOINTS');
  await enter(terminal, 'begin; create temporary table t (i int); insert into t values (1);');
  await terminal.sees('INSERT 0 1');
  await enter(terminal, 'vacuum;');
  await terminal.sees('VACUUM cannot run in a transaction, and one is open: commit or roll back first. Not sent: vacuum;');
  await terminal.sees('* in transaction');
  await terminal.seesNoMore(' running');
  expect(await terminal.sees('vacuum;')).not.toContain('25001');
  await terminal.press('Ctrl-U');
  for (const value of [2, 3]) {
    await enter(terminal, `insert into t values (${value});`);
    await terminal.seesNoMore(`values (${value})`);
  }
  await terminal.press('F4');
  await terminal.sees(/insert into t values \(3\).* 1 row/);
  await terminal.seesNoMore(' running');
  await terminal.press('u');
  await terminal.sees(/insert into t values \(3\).* undone/);
  await terminal.seesNoMore(' running');
  await terminal.press('u');
  await terminal.sees(/insert into t values \(2\).* undone/);
  await terminal.seesNoMore(' running');
  await terminal.press('c');
  await terminal.sees('the last one: committed');
  await terminal.press('Esc');
  await enter(terminal, 'select count(*) as kept from t;');
  await terminal.sees(/^ ▌? +1$/m);
});

test('a standby has a badge and is sent no write, until it is promoted', async () => {
  const primary = await startNativeServer({ settings: ['max_connections=200', 'max_prepared_transactions=10'] });
  const standby = await startStandby(primary);
  try {
    terminal = await openWorkbench(home.environment, { ...wide, server: standby });
    await terminal.sees('STANDBY');
    await enter(terminal, 'create table t (i int);');
    await terminal.sees('This server is a standby, which refuses CREATE TABLE: connect to the primary to write. Not sent: create table');
    await terminal.seesNoMore(' running');
    await terminal.press('Ctrl-U');
    await enter(terminal, 'select pg_promote(true, 30)::int as promoted;');
    await terminal.sees(/^ ▌? +1$/m);
    await enter(terminal, 'create table t (i int);');
    await terminal.sees('CREATE TABLE');
    await terminal.seesNoMore('STANDBY');
  } finally {
    await standby.stop();
    await primary.stop();
  }
});

test('a pooler that gives each transaction a server session has a badge, and what needs the session says so once', async () => {
  const proxy = await startPoolingProxy(testServer(), 'transaction');
  try {
    terminal = await openWorkbench(home.environment, { ...wide, server: proxy });
    await terminal.sees('pooled by transaction');
    await enter(terminal, "set work_mem = '1MB';");
    await terminal.sees('Through this pooler: SET does not stay: use SET LOCAL in the transaction that needs it.');
    await enter(terminal, 'listen x;');
    await terminal.sees('Through this pooler: LISTEN hears nothing');
    await enter(terminal, 'begin; lock table pg_description in share mode;');
    await terminal.sees('LOCK TABLE');
    await terminal.press('F4');
    await terminal.sees('locks: l asks this session, which others cannot see here');
    await terminal.press('l');
    await terminal.sees('locks: ');
    await terminal.sees('nobody waits');
    await terminal.press('r', 'Enter');
    await terminal.sees('the last one: rolled back');
  } finally {
    proxy.close();
  }
});

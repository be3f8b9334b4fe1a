import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { loadPgbench } from '../support/pgbench.ts';
import { testServer } from '../support/server.ts';
import { Terminal } from '../support/terminal.ts';

const home = freshHome();
let terminal: Terminal;

beforeAll(() => loadPgbench(testServer(), 'bench_story', 10));

afterAll(async () => {
  await terminal?.close();
  home.remove();
});

test('a developer on a real server of a million accounts: tables, a join, scrolling, a description, a failed transaction, out', async () => {
  const server = testServer();
  const args = ['-h', server.host, '-p', String(server.port), '-U', server.user, '-d', 'bench_story'];
  terminal = new Terminal(args, { environment: home.environment, columns: 110, rows: 30 });
  await terminal.sees(`postgres@${server.host}`);
  await terminal.sees('bench_story');

  await terminal.type('\\dt');
  await terminal.press('Enter');
  await terminal.sees('pgbench_accounts');

  await terminal.type('select a.aid, b.bid, t.tid from pgbench_accounts a join pgbench_branches b using (bid)');
  await terminal.press('Enter');
  await terminal.type('join pgbench_tellers t on t.bid = b.bid and t.tid % 10 = 0 order by a.aid;');
  await terminal.press('Enter');
  await terminal.sees('of 1,000,000 complete', 60_000);
  await terminal.press('F6', 'PageDown');
  await terminal.press('G');
  await terminal.sees('–1,000,000 of 1,000,000');
  await terminal.press('Esc');

  await terminal.type('\\d pgbench_accounts');
  await terminal.press('Enter');
  await terminal.sees('Table "public.pgbench_accounts"');
  await terminal.sees('"pgbench_accounts_pkey" PRIMARY KEY, btree (aid)');

  await terminal.press('F3');
  await terminal.sees('typing filters');
  await terminal.press('Esc');

  await terminal.type('begin;');
  await terminal.press('Enter');
  await terminal.sees('* in transaction');
  await terminal.type('select 1/0;');
  await terminal.press('Enter');
  await terminal.sees('22012');
  await terminal.sees('! failed, roll back');
  await terminal.press('Ctrl-C');
  await terminal.type('rollback;');
  await terminal.press('Enter');
  await terminal.seesNoMore('! failed, roll back');

  await terminal.type('\\q');
  await terminal.press('Enter');
  expect(await terminal.exit()).toBe(0);
  expect(terminal.isAlternateScreen).toBe(false);
}, 120_000);

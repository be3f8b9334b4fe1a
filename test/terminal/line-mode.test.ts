import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { testServer } from '../support/server.ts';
import { ownNode, program, Terminal, type TerminalOptions } from '../support/terminal.ts';

const home = freshHome();
const historyFile = join(home.folder, 'psql_history');
const database = 'line_story';
let terminal: Terminal | undefined;

beforeAll(async () => {
  const { host, port, user, database: first } = testServer();
  const maintenance = new pg.Client({ host, port, user, database: first });
  await maintenance.connect();
  await maintenance.query(`create database ${database}`);
  await maintenance.end();
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  await client.query(`create table customers (id int primary key, name text);
    create table orders (id int, customer_id int references customers);
    create type mood as enum ('calm', 'cross')`);
  await client.end();
});

afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
});

afterAll(() => home.remove());

function start(options: TerminalOptions = {}, ...more: readonly string[]): Terminal {
  const { host, port, user } = testServer();
  const args = ['--no-workbench', '-h', host, '-p', String(port), '-U', user, '-d', database, ...more];
  const environment = { ...home.environment, PSQL_HISTORY: historyFile, ...options.environment };
  terminal = new Terminal(args, { columns: 90, rows: 24, ...options, environment });
  return terminal;
}

async function enter(on: Terminal, line: string): Promise<void> {
  await on.type(line);
  await on.press('Enter');
}

test('a person asks, completes with Tab, cancels, and leaves', async () => {
  const screen = start();
  await screen.sees('Type "help" for help.');
  await screen.sees(`${database}=# `);
  expect(screen.isAlternateScreen).toBe(false);

  await screen.type('select * from cust');
  await screen.press('Tab');
  await screen.sees('select * from customers ');
  await screen.type('c join orders o on ');
  await screen.press('Tab', 'Tab');
  await screen.sees('o.customer_id = c.id');
  await screen.type('o.cu');
  await screen.press('Tab');
  await screen.type('= c.id;');
  await screen.press('Enter');
  await screen.sees(/\(0 rows\)\s*\nline_story=# $/m);

  await enter(screen, 'select pg_sleep(60);');
  await screen.sees('pg_sleep(60);\n');
  await screen.press('Ctrl-C');
  await screen.sees(/ERROR: {2}canceling statement due to user request\s*\nline_story=# $/m);

  await enter(screen, 'select (1,');
  await screen.sees(`${database}(# `);
  await screen.press('Ctrl-C');
  await screen.sees(/\^C\s*\n/);
  await enter(screen, '\\bogus');
  await screen.sees('invalid command \\bogus\nTry \\? for help.');

  await enter(screen, '\\set HOWDAH_SAVEPOINTS last');
  await enter(screen, 'begin;');
  await screen.sees(`${database}=*# `);
  await enter(screen, 'vacuum;');
  await screen.sees('VACUUM cannot run in a transaction, and one is open: commit or roll back first.');
  await enter(screen, 'commit;');
  await screen.sees(/COMMIT\s*\nline_story=# $/m);

  await screen.press('Ctrl-D');
  expect(await screen.exit()).toBe(0);
  expect(screen.text()).toContain('\\q');
});

test('several lines pasted at once run one after the other', async () => {
  const screen = start({}, '-q');
  await screen.sees(`${database}=# `);
  screen.send("create temp table p (a int);\rcopy p from stdin;\r1\r2\r\\.\rselect sum(a) as total from p;\r\\echo that 'was all'\r");
  await screen.sees('that was all\n');
  await screen.sees(/total \s*\n-+\s*\n +3/);
  await enter(screen, 'quit');
  expect(await screen.exit()).toBe(0);
});

test('what was typed comes back without its secrets, in the format psql keeps', async () => {
  const first = start({}, '-q');
  await first.sees(`${database}=# `);
  await enter(first, '\\set HISTCONTROL ignoreboth');
  await enter(first, 'select 1');
  await enter(first, '+ 41 as answer;');
  await first.sees('42');
  await enter(first, " select 'not kept';");
  await first.sees('not kept\n(1 row)');
  await enter(first, "create role line_story_role password 'hunter2';");
  await enter(first, 'drop role line_story_role;');
  await enter(first, 'drop role line_story_role;');
  await first.sees('does not exist');
  await enter(first, '\\q');
  expect(await first.exit()).toBe(0);
  const kept = readFileSync(historyFile, 'utf8');
  expect(kept).toContain('select 1\x01+ 41 as answer;\n');
  expect(kept).toContain("create role line_story_role password '***';\n");
  expect(kept).not.toContain('hunter2');
  expect(kept).not.toContain('not kept');
  expect(kept.match(/drop role/g)).toHaveLength(1);

  const second = start({}, '-q');
  await second.sees(`${database}=# `);
  for (let times = 0; times < 4; times++) await second.press('Up');
  await second.sees('+ 41 as answer;');
  await second.press('Enter');
  await second.sees(/\n +42\s*\n/);
});

test('startup files are read: psqlrc, then howdahrc; not under -X', async () => {
  const psqlrc = join(home.folder, 'psqlrc');
  writeFileSync(psqlrc, "\\set PROMPT1 'first> '\n\\set mine 1\n");
  writeFileSync(join(home.folder, '.howdahrc'), "\\set PROMPT1 'own:':mine'> '\n\\bogus\n");
  const environment = { PSQLRC: psqlrc };
  const screen = start({ environment }, '-q');
  await screen.sees('own:1> ');
  expect(screen.text()).toContain('.howdahrc:2: error: invalid command \\bogus');
  await screen.close();
  const bare = start({ environment }, '-qX');
  await bare.sees(`${database}=# `);
  writeFileSync(join(home.folder, '.howdahrc'), '');
});

test('a dumb terminal gets the prompt and no control sequences', async () => {
  const { host, port, user } = testServer();
  // The shared history is opened by what makes standard input one that does not wait.
  const { environment } = home;
  const args = ['TERM=dumb', ownNode, program, '-h', host, '-p', String(port), '-U', user, '-d', database];
  const screen = new Terminal(args, { environment, command: '/usr/bin/env' });
  terminal = screen;
  await screen.sees(`${database}=# `);
  await enter(screen, "select 'plain' || ' text' as t;");
  await screen.sees('plain text');
  await enter(screen, 'select (');
  await screen.sees(`${database}(# `);
  await screen.press('Ctrl-C');
  await screen.sees(new RegExp(`\\^C\\s*\\n${database}=# `));
  await screen.press('Ctrl-D');
  expect(await screen.exit()).toBe(0);
  expect(screen.raw).not.toContain('\x1b');
});

test('a lost session is told, and a new one begins only when asked for', async () => {
  const screen = start();
  await screen.sees(`${database}=# `);
  await enter(screen, 'begin;');
  await screen.sees(`${database}=*# `);
  await enter(screen, 'select pg_terminate_backend(pg_backend_pid());');
  await screen.sees('The open transaction is over: what it had not committed is gone.');
  await screen.sees('!?> ');
  await enter(screen, 'select 1;');
  await screen.sees('You are currently not connected to a database.');
  await enter(screen, '\\c');
  await screen.sees(`You are now connected to database "${database}"`);
  await screen.sees(new RegExp(`${database}=# $`, 'm'));
});

test('results longer than the screen go to the pager, and back', async () => {
  const environment = { PAGER: "sed -n '1,4s/^/paged /p'" };
  const screen = start({ environment }, '-q');
  await screen.sees(`${database}=# `);
  await enter(screen, 'select generate_series(1, 3) as short;');
  await screen.sees('(3 rows)');
  expect(screen.text()).not.toContain('paged');
  await enter(screen, 'select generate_series(1, 100) as long;');
  await screen.sees('paged     1');
  await enter(screen, '\\pset pager off');
  await enter(screen, '\\echo still here');
  await screen.sees('still here\n');
});

test('hostile data cannot drive the terminal', async () => {
  const screen = start({}, '-q');
  await screen.sees(`${database}=# `);
  await enter(screen, "select e'\\x1b]0;owned\\x07' as title;");
  await screen.sees('(1 row)');
  await enter(screen, "copy (select e'\\x1b[2Jcopied') to stdout;");
  await screen.sees('copied\n');
  await enter(screen, "do $$ begin raise notice '%', e'\\x1b[2Jnoticed'; end $$;");
  await screen.sees('noticed\n');
  expect(screen.raw).not.toContain('\x1b]0;');
  expect(screen.raw).not.toContain('\x1b[2J');
});

test('Ctrl-Z gives the shell its terminal, and the line is still there after fg', async () => {
  const { host, port, user } = testServer();
  const environment = { ...home.environment, PSQL_HISTORY: historyFile, PS1: 'shell> ' };
  const screen = new Terminal(['--norc', '-i'], { command: '/bin/bash', environment });
  terminal = screen;
  await screen.sees('shell> ');
  await enter(screen, `${ownNode} ${program} --no-workbench -q -h ${host} -p ${port} -U ${user} -d ${database}`);
  await screen.sees(`${database}=# `);
  await screen.type('select 1 ');
  await screen.press('Ctrl-Z');
  await screen.sees('Stopped');
  await enter(screen, 'stty -a | grep -ow -- "[-]*icanon"; fg');
  await screen.sees(/^icanon/m);
  await screen.sees(new RegExp(`${database}=# select 1 $`, 'm'));
  await enter(screen, '+ 41 as answer;');
  await screen.sees('42');
  await enter(screen, '\\q');
  await screen.sees(/shell> $/m);
});

test('completion sees what a statement of several lines has made', async () => {
  const screen = start({}, '-q');
  await screen.sees(`${database}=# `);
  await screen.type('table cust');
  await screen.press('Tab');
  await screen.press('Ctrl-U');
  await enter(screen, 'create table');
  await enter(screen, 'newcomers ();');
  await screen.sees(new RegExp(`${database}-# newcomers \\(\\);\\s*\\n${database}=# $`, 'm'));
  await screen.type('select from newc');
  await screen.press('Tab');
  await screen.sees('select from newcomers ');
});

test('the embedded engine completes from its one session while that is idle', async () => {
  const screen = new Terminal(['practice', '--no-workbench', '-q'], { environment: { ...home.environment, PSQL_HISTORY: historyFile } });
  terminal = screen;
  await screen.sees('vendorpay=# ', 60_000);
  await screen.type('select * from wall');
  // Names that take longer than a person waits are there at a later Tab.
  for (let tabs = 0; tabs < 30 && !screen.text().includes('select * from wallets '); tabs++) {
    await screen.press('Tab');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  await screen.sees('select * from wallets ');
  await screen.type('limit 1;');
  await screen.press('Enter');
  await screen.sees('(1 row)');
}, 120_000);

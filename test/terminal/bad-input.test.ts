import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stackTrace } from '../support/as-psql.ts';
import { type GuardedServer, startGuardedServer } from '../support/guarded-server.ts';
import { freshHome } from '../support/home.ts';
import { freePort } from '../support/native-server.ts';
import { testServer } from '../support/server.ts';
import { pause, Terminal } from '../support/terminal.ts';

// What goes wrong in the workbench: a sentence on the screen, the text kept, the program alive.

let home = freshHome();
let terminal: Terminal;
let server: GuardedServer;

beforeAll(async () => {
  server = await startGuardedServer();
});
afterAll(async () => {
  await server.stop();
  home.remove();
});
beforeEach(() => {
  home.remove();
  home = freshHome();
});
afterEach(async () => {
  expect(terminal.raw).not.toMatch(stackTrace);
  await terminal.close();
});

const connection = ({ host, port, user, database } = testServer()) => ['-h', host, '-p', String(port), '-U', user, '-d', database];

function open(args: readonly string[], options: { columns?: number; rows?: number; environment?: Readonly<Record<string, string>> } = {}) {
  terminal = new Terminal(args, { ...options, environment: { ...home.environment, ...options.environment } });
  return terminal;
}

describe('a connection that cannot be made', () => {
  test.each([
    [
      'a wrong password',
      () => [`host=127.0.0.1 port=${server.port} user=needy dbname=postgres`],
      { PGPASSWORD: 'wrong' },
      'password authentication failed',
    ],
    ['a missing database', () => [`host=127.0.0.1 port=${server.port} user=postgres dbname=nemo`], {}, 'database "nemo" does not exist'],
    ['an unknown host', () => ['-h', 'no.such.host.invalid', '-U', 'x'], {}, 'could not translate host name'],
    [
      'TLS refused',
      () => [`host=${testServer().host} port=${testServer().port} user=postgres sslmode=require`],
      {},
      'server does not support SSL',
    ],
  ])('%s', async (_name, args, environment, sentence) => {
    open(args(), { environment });
    await terminal.sees(sentence);
  });

  test('a port where nothing listens', async () => {
    open(['-h', '127.0.0.1', '-p', String(await freePort()), '-U', 'x']);
    await terminal.sees('Connection refused');
  });

  test('a server that says nothing', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    open([`host=127.0.0.1 port=${typeof address === 'object' ? address?.port : 0} user=x connect_timeout=2`]);
    await terminal.sees('timeout expired');
    silent.close();
  });

  test.each([
    ['postgresql://user@host:port/db', 'invalid integer value "port" for connection option "port"'],
    ['nemo=1', 'invalid connection option "nemo"'],
    ['service=nemo', 'definition of service "nemo" not found'],
  ])('%s is refused before the screen is taken', async (text, sentence) => {
    open([text]);
    expect(await terminal.exit()).toBe(2);
    await terminal.sees(sentence);
    expect(terminal.isAlternateScreen).toBe(false);
  });
});

describe('a statement', () => {
  test('that fails stays in the editor', async () => {
    open(connection());
    await terminal.sees('console');
    await terminal.type('select nemo;');
    await terminal.press('Enter');
    await terminal.sees('column "nemo" does not exist');
    expect(terminal.text()).toContain('select nemo;');
  });

  test('with a cell of 100 MB, then one with 1,600 columns', async () => {
    open(connection());
    await terminal.sees('console');
    await terminal.type("select repeat('x', 100000000) as big;");
    await terminal.press('Enter');
    await terminal.sees('1 row, complete', 30_000);
    const columns = "select format('select %s', string_agg(format('%s as c%s', i, i), ', ')) from generate_series(1, 1600) i \\gexec";
    await terminal.type(columns);
    await terminal.press('Enter');
    await terminal.sees('c1', 30_000);
    await terminal.type('select 7 as alive;');
    await terminal.press('Enter');
    await terminal.sees('alive');
  });
});

describe('a terminal', () => {
  test.each([
    [8, 24],
    [1, 1],
    [8, 2],
  ])('of %i x %i, then a usable one', async (columns, rows) => {
    open(connection(), { columns, rows });
    await pause(1500);
    terminal.resize(100, 30);
    await terminal.sees('console');
    await terminal.type('select 1 as one;');
    await terminal.press('Enter');
    await terminal.sees('1 row, complete');
  });

  test('resized without end while rows stream: no crash, no cancelled query', async () => {
    open(connection());
    await terminal.sees('console');
    await terminal.type("select i, repeat('x', 50) from generate_series(1, 400000) i;");
    await terminal.press('Enter');
    for (let turn = 0; turn < 100; turn++) {
      terminal.resize(1 + ((turn * 37) % 150), 1 + ((turn * 13) % 60));
      await pause(10);
    }
    terminal.resize(100, 30);
    const screen = await terminal.sees('400,000', 30_000);
    expect(screen).not.toMatch(/CANCELLED|INCOMPLETE/);
  });
});

describe('files of its own', () => {
  test('a damaged history is kept aside', async () => {
    const folder = join(home.folder, 'state/howdah');
    mkdirSync(folder, { recursive: true });
    open(connection());
    await terminal.sees('console');
    await terminal.type('select 1 as one;');
    await terminal.press('Enter');
    await terminal.sees('1 row, complete');
    await terminal.press('Ctrl-Q');
    await terminal.exit();
    await terminal.close();
    const name = readdirSync(folder).find((file) => file.startsWith('history')) ?? 'none';
    const damaged = `${readFileSync(join(folder, name), 'utf8')}{"text": "torn`;
    writeFileSync(join(folder, name), damaged);
    open(connection());
    await terminal.sees('console');
    await terminal.sees('1 damaged line');
    await terminal.press('Up');
    await terminal.sees('select 1 as one;');
    const aside = readdirSync(folder).find((file) => file.includes('.corrupt-'));
    expect(readFileSync(join(folder, aside ?? 'none'), 'utf8')).toBe(damaged);
  });

  test('a home that cannot be written', async () => {
    const nowhere = {
      HOME: '/dev/null',
      XDG_CONFIG_HOME: '/dev/null/a',
      XDG_STATE_HOME: '/dev/null/b',
      XDG_CACHE_HOME: '/dev/null/c',
      XDG_DATA_HOME: '/dev/null/d',
    };
    open(connection(), { environment: nowhere });
    await terminal.sees('console');
    await terminal.type("select i, repeat('x', 200) from generate_series(1, 200000) i;");
    await terminal.press('Enter');
    await terminal.sees('200,000', 30_000);
  });
});

describe('a server that goes away', () => {
  const kill = async () => {
    const admin = new (await import('pg')).default.Client({ host: server.host, port: server.port, user: 'postgres', database: 'postgres' });
    await admin.connect();
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = $1', [
      'client backend',
    ]);
    await admin.end();
  };

  test('in a transaction: said, the text kept, nothing on a new session unasked', async () => {
    open(connection(server));
    await terminal.sees('console');
    await terminal.type('begin;');
    await terminal.press('Enter');
    await terminal.sees('in transaction');
    await terminal.type('select 2 as kept');
    await terminal.sees('select 2 as kept');
    await kill();
    await terminal.sees(/lost|closed the connection/i);
    await terminal.sees('select 2 as kept');
    await pause(300);
    expect(terminal.text()).not.toContain('1 row, complete');
  });

  test('in the middle of a result: what came stays, marked incomplete', async () => {
    open(connection(server));
    await terminal.sees('console');
    await terminal.type('select i, pg_sleep(0.001) from generate_series(1, 100000) i;');
    await terminal.press('Enter');
    await terminal.sees('so far');
    await kill();
    await terminal.sees('Stay disconnected');
    await terminal.press('Esc');
    await pause(200);
    await terminal.press('Alt-1');
    await terminal.sees('INCOMPLETE');
  });
});

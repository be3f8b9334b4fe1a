import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmbeddedSession } from '../../src/server/embedded/embedded-session.ts';
import type { Session } from '../../src/server/session.ts';
import { run } from '../support/open-test-session.ts';
import { openVendorpay } from '../support/practice.ts';

let embedded: EmbeddedSession;
let session: Session;

beforeAll(async () => {
  embedded = await openVendorpay({ startupParameters: { TimeZone: 'Africa/Kigali', application_name: "o'clock" } });
  ({ session } = embedded);
});

afterAll(async () => {
  await session.close();
});

async function values(sql: string): Promise<string | undefined> {
  return (await run(session, sql)).find((event) => event.startsWith('rows '))?.slice('rows '.length);
}

test('the session says what is true', async () => {
  expect(session.info).toMatchObject({ user: 'postgres', database: 'vendorpay', security: 'embedded' });
  expect(session.status).toBe('idle');
  expect(embedded).toMatchObject({ canInterrupt: true, notices: [] });
  expect(embedded.version).toMatch(/^PostgreSQL 18\.\d+ \(PGlite 0\.5\.16\)/);
  expect(await values("select current_database(), session_user, current_setting('server_version_num')")).toBe(
    `vendorpay|postgres|${session.versionNumber}`,
  );
});

test('settings of the client are in force and reported', async () => {
  expect(await values("select current_setting('TimeZone'), current_setting('application_name')")).toBe("Africa/Kigali|o'clock");
  expect(session.parameters.get('TimeZone')).toBe('Africa/Kigali');
});

test('as on a server, catalogs are protected and the search_path is the usual one', async () => {
  expect(await values("select current_setting('allow_system_table_mods'), current_setting('search_path')")).toBe('off|"$user", public');
});

test.each([
  "set client_encoding = 'WIN1252'",
  "set client_encoding = 'LATIN1'",
  "select convert_to('é', 'KOI8R')",
  "select convert_from('é', 'SJIS')",
])('an encoding that the engine cannot convert is refused: %s', async (sql) => {
  expect(await run(session, sql)).toContainEqual(expect.stringMatching(/^error (?:0A000|42883) /));
  expect(await values("select 'é'")).toBe('é');
});

test.each([
  [
    'a failed part keeps the results before it',
    'select 1; select 1/0; select 2',
    ['columns ?column?', 'rows 1', 'complete SELECT 1', 'error 22012 division by zero', 'ready idle'],
  ],
  ['an empty query', '', ['empty', 'ready idle']],
  ['a notice', "do $$ begin raise notice 'hello %', 1; end $$", ['notice NOTICE hello 1', 'complete DO', 'ready idle']],
  ['a notification to itself', "listen c; notify c, 'p'", ['complete LISTEN', 'complete NOTIFY', 'notification c p', 'ready idle']],
  [
    'COPY out',
    'copy (select code from (values (1), (2)) as t (code)) to stdout',
    ['copyOut 1', 'copyData 1\n2\n', 'complete COPY 2', 'ready idle'],
  ],
  ['a program cannot be run', "copy (select 1) to program 'ls'", ['error XX000 could not execute command "ls": Success', 'ready idle']],
  [
    'recursion without end',
    'create function pg_temp.f(i int) returns int language plpgsql as $$ begin return pg_temp.f(i + 1); end $$; select pg_temp.f(1)',
    ['complete CREATE FUNCTION', 'columns f', 'error 54001 stack depth limit exceeded', 'ready idle'],
  ],
])('%s', async (_name, sql, expected) => {
  const events = await run(session, sql);
  // One COPY row may come alone or with its neighbours.
  expect(events.join('\n').replaceAll('\ncopyData ', '\n').replace('copyOut 1\n', 'copyOut 1\ncopyData ').replace(/\n+/g, '\n')).toBe(
    expected.join('\n').replace(/\n+/g, '\n'),
  );
});

test('COPY in, and a bad line of it', async () => {
  await run(session, 'create temporary table t (a integer, b text)');
  expect(await run(session, 'copy t from stdin', '1\tone\n2\ttwo\n')).toEqual(['copyIn 2', 'complete COPY 2', 'ready idle']);
  expect(await run(session, 'copy t from stdin', '3\tthree\nx\tfour\n')).toEqual([
    'copyIn 2',
    'error 22P02 invalid input syntax for type integer: "x"',
    'ready idle',
  ]);
  expect(await values('select count(*) from t')).toBe('2');
});

test('a long COPY in waits for the backend instead of filling memory', async () => {
  await run(session, 'create temporary table long (a text)');
  const chunk = Buffer.from(`${'x'.repeat(99)}\n`.repeat(10_000));
  for await (const event of session.run({ sql: 'copy long from stdin' })) {
    if (event.type !== 'copyIn') continue;
    for (let sent = 0; sent < 30; sent++) await session.copyData(chunk);
    session.copyDone();
  }
  expect(await values('select count(*), sum(length(a)) from long')).toBe('300000|29700000');
});

test('error positions', async () => {
  for await (const event of session.run({ sql: 'select *\n  from nowhere' })) {
    if (event.type === 'error') expect(event.error).toMatchObject({ code: '42P01', position: 17 });
  }
});

test('bound parameters', async () => {
  const request = { sql: 'select $1::integer + 1, $2::text', parameters: ['41', null] };
  expect(await run(session, request)).toEqual(['parsed', 'columns ?column?,text', 'rows 42|NULL', 'complete SELECT 1', 'ready idle']);
});

test('transaction states, and a rollback', async () => {
  expect((await run(session, 'begin')).at(-1)).toBe('ready transaction');
  expect((await run(session, 'select 1/0')).at(-1)).toBe('ready failed');
  expect((await run(session, 'rollback')).at(-1)).toBe('ready idle');
});

test('random bytes reach the shared memory', async () => {
  expect(await values('select count(distinct gen_random_uuid()) from generate_series(1, 100)')).toBe('100');
});

test('1.5 million rows stream in bounded memory, the server a few buffers ahead', async () => {
  const sql = "select i, repeat('x', 100) from generate_series(1, 1500) as i, generate_series(1, 1000)";
  await run(session, 'select 1');
  const before = process.memoryUsage.rss();
  let peak = 0;
  let rows = 0;
  for await (const event of session.run({ sql })) {
    if (event.type !== 'rows') continue;
    rows += event.batch.rowCount;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  expect(rows).toBe(1_500_000);
  // 170 MB of rows have passed.
  expect((peak - before) / 2 ** 20).toBeLessThan(120);
});

test('a consumer that stops in the middle leaves a session that goes on', async () => {
  for await (const event of session.run({ sql: 'select generate_series(1, 1000000)' })) if (event.type === 'rows') break;
  expect(await values('select 1')).toBe('1');
});

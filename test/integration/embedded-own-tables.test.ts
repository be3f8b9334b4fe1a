import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbeddedEngine } from '../../src/server/embedded/embedded-engine.ts';
import { readSeed } from '../../src/server/embedded/seed.ts';
import { openSessionOver } from '../../src/server/open-session.ts';
import { freshHome } from '../support/home.ts';
import { run } from '../support/open-test-session.ts';
import { openVendorpay, type ScratchFolder, scratchFolder, vendorpaySeed } from '../support/practice.ts';
import { howdah } from '../support/run.ts';

let home: ReturnType<typeof freshHome>;
let folder: ScratchFolder;

beforeEach(() => {
  home = freshHome();
  folder = scratchFolder();
});

afterEach(() => {
  home.remove();
  folder.remove();
});

const made = join(import.meta.dirname, '../support/own-tables.sql');

const inspect = [
  String.raw`\d shop."My Items"`,
  String.raw`\d+ parts`,
  String.raw`\dT+ (mood|positive|pair)`,
  String.raw`\d+ shop.how_many`,
  String.raw`\df+ (twice|name_of|as_it_is)`,
  'select md5(string_agg(i::text, chr(10) order by id)), count(*) from shop."My Items" as i',
  'table parts',
  'table total',
  `select nextval('own_counter'), nextval('parts_v_seq')`,
  `insert into shop."My Items" (price) values (1) returning id`,
  `select indexname from pg_indexes where tablename = 'payments' and indexname like 'own%'`,
];

test("of a folder that is set aside the user's own tables are exported, and load into the fresh one as they were", async () => {
  const practice = (...args: string[]) => howdah(['practice', ...args], { environment: home.environment });
  expect(await practice('-q', '-v', 'ON_ERROR_STOP=1', '-f', made)).toMatchObject({ stderr: '', status: 0 });
  const kept = join(home.environment.XDG_DATA_HOME ?? '', 'howdah/practice/vendorpay');
  expect(statSync(join(kept, 'own-tables.sql')).mode & 0o777).toBe(0o600);
  writeFileSync(join(kept, 'cluster/PG_VERSION'), '17\n');
  const fresh = await practice('-A', '-t', '-c', `select to_regclass('parts') is null`);
  expect(fresh).toMatchObject({ stdout: 't\n', status: 0 });
  const [, exported = ''] = /"howdah practice -f '(.*)'" loads them/.exec(fresh.stderr) ?? [];
  expect(existsSync(exported)).toBe(true);
  expect(await practice('-q', '-v', 'ON_ERROR_STOP=1', '-f', exported)).toMatchObject({ stdout: '', stderr: '', status: 0 });
  const changed = await practice('-A', '-t', '-c', 'select count(*), sum(risk_score) filter (where id = 5) from changed.payments');
  expect(changed.stdout).toBe('4000|99\n');
  // The original opens again where its engine runs: here, once its version is put back.
  const look = inspect.flatMap((sql) => ['-c', sql]);
  const now = await practice(...look);
  const aside = readdirSync(kept).find((name) => name.startsWith('set-aside-')) ?? '';
  writeFileSync(join(kept, aside, 'PG_VERSION'), '18\n');
  const before = await openVendorpayAt(join(kept, aside), look);
  expect(now).toEqual(before);
  expect(now.stdout).toContain('"My Items_payment_fkey" FOREIGN KEY');
  // Six starts of the embedded engine.
}, 180_000);

/** The same commands on a data directory that was set aside. */
async function openVendorpayAt(aside: string, look: readonly string[]) {
  const other = join(folder.path, 'howdah/practice/vendorpay');
  mkdirSync(other, { recursive: true });
  cpSync(aside, join(other, 'cluster'), { recursive: true });
  cpSync(join(aside, 'howdah-engine.json'), join(other, 'engine.json'));
  return await howdah(['practice', ...look], { environment: { ...home.environment, XDG_DATA_HOME: folder.path } });
}

test('the export is written when something changed, not otherwise, and goes with the last own table', async () => {
  const path = join(folder.path, 'own-tables.sql');
  const session = async (...statements: string[]) => {
    const { session } = await openVendorpay({ folder: folder.path });
    for (const sql of statements) await run(session, sql);
    await session.close();
  };
  await session('select count(*) from payments', 'begin', 'create table never (a int)', 'rollback', 'create temp table t (a int)');
  expect(existsSync(path)).toBe(false);
  await session('create table mine as select 1 as one', 'begin', 'create table unfinished (a int)');
  expect(readFileSync(path, 'utf8')).toContain('create table public.mine (one integer);\ncopy public.mine (one) from stdin;\n1\n\\.\n');
  expect(readFileSync(path, 'utf8')).not.toContain('unfinished');
  const written = statSync(path).mtimeMs;
  await session('select * from mine', 'select count(*) from payments');
  expect(statSync(path).mtimeMs).toBe(written);
  await session('insert into mine values (2)');
  expect(readFileSync(path, 'utf8')).toContain('\n1\n2\n\\.\n');
  await session('drop table mine');
  expect(existsSync(path)).toBe(false);
});

test('whatever state the client leaves the session in, the export is the same', async () => {
  const path = join(folder.path, 'own-tables.sql');
  const first = await openVendorpay({ folder: folder.path });
  await run(first.session, `create table mine as select date '2024-02-03' as d, 1.5::float8 as f, 'ü' as t, interval '1 day' as i`);
  await first.session.close();
  const rows = () => /\n(2024.*)\n/.exec(readFileSync(path, 'utf8'))?.[1];
  const expected = rows();
  const second = await openVendorpay({ folder: folder.path });
  for (const sql of [
    `set client_encoding = 'LATIN1'`,
    `set datestyle = 'SQL, DMY'`,
    `set intervalstyle = 'iso_8601'`,
    'set statement_timeout = 1000',
    'set role vendorpay_app',
    'begin',
    'select 1/0',
  ])
    await run(second.session, sql);
  await second.session.close();
  const third = await openVendorpay({ folder: folder.path });
  await run(third.session, `insert into mine values (null)`);
  await run(third.session, `set datestyle = 'SQL, DMY'`);
  await run(third.session, 'begin');
  await run(third.session, 'select 1/0');
  await third.session.close();
  expect(rows()).toBe(expected);
  expect(expected).toBe('2024-02-03\t1.5\tü\t1 day');
});

test('after a session that was killed the next one exports at its start', async () => {
  const path = join(folder.path, 'own-tables.sql');
  const first = await openVendorpay({ folder: folder.path, wantsInterrupt: false });
  await run(first.session, 'create table mine as select 1 as one');
  const answer = run(first.session, 'select pg_sleep(30)');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await first.session.cancel();
  await answer;
  await first.session.close();
  expect(existsSync(path)).toBe(false);
  const second = await openVendorpay({ folder: folder.path });
  expect(readFileSync(path, 'utf8')).toContain('create table public.mine');
  await second.session.close();
});

test('rows that take too long are left out and named', async () => {
  const path = join(folder.path, 'own-tables.sql');
  const seed = await vendorpaySeed();
  const opened = await openEmbeddedEngine({
    dataDirectory: 'memory',
    archive: await readSeed(seed),
    database: 'vendorpay',
    ownTables: { path, facts: seed.facts, isOverdue: false, timeForRows: 50 },
  });
  if (!opened.ok) throw new Error(opened.reason);
  const info = { host: '', address: '', port: 0, user: 'postgres', database: 'vendorpay', security: 'embedded' as const };
  const startup = { user: 'postgres', database: 'vendorpay', startupParameters: {} };
  const connected = await openSessionOver(opened.engine.stream, startup, { info, cancel: () => opened.engine.cancel() });
  if (!connected.ok) throw new Error(connected.text);
  await run(connected.session, `create table big as select repeat('x', 60) from generate_series(1, 200000)`);
  await run(connected.session, 'create table small as select 1 as one');
  await connected.session.close();
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('copy public.small (one) from stdin;\n1\n\\.\n');
  expect(text).toMatch(/\\warn The rows of public\.big are not in this file: there were too many/);
  expect(text).not.toContain('copy public.big');
  expect(text).toContain('create table public.big');
  expect(text).toMatch(/reset check_function_bodies;\n$/);
});

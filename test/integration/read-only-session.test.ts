import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServerEvent } from '../../src/result/server-event.ts';
import { ReadOnlySession } from '../../src/server/read-only/read-only-session.ts';
import type { Session, SessionObserver } from '../../src/server/session.ts';
import { openTestSession, run, testTarget, written } from '../support/open-test-session.ts';
import { Chance } from '../support/random.ts';

const database = 'read_only_session';
let inner: Session;
let session: ReadOnlySession;

beforeAll(async () => {
  const admin = await openTestSession();
  await run(admin, `create database ${database}`);
  await admin.close();
  const owner = await openTestSession(testTarget({ database }));
  await run(owner, 'create table canary (note text)');
  await owner.close();
});

beforeEach(async () => {
  inner = await openTestSession(testTarget({ database }));
  session = new ReadOnlySession(inner);
});

afterEach(() => session.close());

async function canaries(): Promise<number> {
  const other = await openTestSession(testTarget({ database }));
  const rows = (await run(other, 'select count(*) from canary')).find((text) => text.startsWith('rows '));
  await other.close();
  return Number(rows?.slice(5));
}

describe('the wall around a statement', () => {
  test('only the statement is told, to whoever asked and to the observer', async () => {
    const seen: string[] = [];
    const observer: SessionObserver = {
      sent: ({ sql }) => seen.push(`sent ${sql}`),
      accepted: (event: ServerEvent) => seen.push(written(event)),
    };
    session.observe(observer);
    const told = ['columns ?column?', 'rows 1', 'complete SELECT 1', 'ready idle'];
    expect(await run(session, 'select 1')).toEqual(told);
    expect(seen).toEqual(['sent select 1', ...told]);
    seen.length = 0;
    expect(await run(session, 'begin')).toEqual(['complete BEGIN', 'ready transaction']);
    expect(await run(session, 'select 1/0')).toEqual(['error 22012 division by zero', 'ready failed']);
    expect(await run(session, 'commit')).toEqual(['complete ROLLBACK', 'ready idle']);
    expect(seen).toEqual([
      'sent begin READ ONLY',
      'complete BEGIN',
      'ready transaction',
      'sent select 1/0',
      'error 22012 division by zero',
      'ready failed',
      'sent ROLLBACK',
      'complete ROLLBACK',
      'ready idle',
    ]);
  });

  test('an answer left early is dropped, and the transaction around it ended, before the next statement', async () => {
    for await (const event of session.run({ sql: 'select generate_series(1, 300000)' })) if (event.type === 'rows') break;
    expect(await run(session, 'select 2')).toContain('rows 2');
    expect(inner.status).toBe('idle');
  });

  test('a cancel stops the statement and leaves nothing open', async () => {
    const running = run(session, 'select pg_sleep(60)');
    setTimeout(() => void session.cancel(), 300);
    expect(await running).toEqual(['columns pg_sleep', 'error 57014 canceling statement due to user request', 'ready idle']);
    expect(inner.status).toBe('idle');
    expect(await run(session, 'select 3')).toContain('rows 3');
  });

  test('a session that ends says so once', async () => {
    const other = await openTestSession(testTarget({ database }));
    const running = run(session, 'select pg_sleep(60)');
    setTimeout(() => void run(other, `select pg_terminate_backend(${session.info.processId})`), 300);
    const told = await running;
    expect(told.filter((text) => text.startsWith('lost'))).toHaveLength(1);
    expect(session.status).toBeUndefined();
    expect((await run(session, 'select 1')).every((text) => text.startsWith('lost'))).toBe(true);
    await other.close();
  });

  test('what was prepared while writes went through is judged when it runs', async () => {
    session.unlock();
    await run(session, { sql: 'commit', prepare: 'ending' });
    await run(session, "prepare noisy as select pg_notify('a', 'b')");
    session.lock();
    expect(await run(session, { sql: '', prepared: 'ending', parameters: [] })).toEqual([
      expect.stringContaining('there is no transaction in progress'),
      'complete COMMIT',
      'ready idle',
    ]);
    expect((await run(session, 'execute noisy'))[0]).toMatch(/^error 25006 This session is read-only: pg_notify/);
    await run(session, 'begin');
    expect(await run(session, { sql: '', prepared: 'ending', parameters: [] })).toEqual(['complete ROLLBACK', 'ready idle']);
  });

  test('rows of temporary tables are undone, and that is said', async () => {
    session.unlock();
    await run(session, 'create temp table mine (id int)');
    session.lock();
    const notice = 'notice WARNING This session is read-only: what this statement put into temporary tables is undone.';
    expect(await run(session, 'insert into mine values (1)')).toEqual(['complete INSERT 0 1', notice, 'ready idle']);
    expect(await run(session, 'copy mine from stdin', '1\n')).toEqual(['copyIn 1', 'complete COPY 1', notice, 'ready idle']);
    expect(await run(session, 'select count(*) from mine')).toContain('rows 0');
  });

  test('LISTEN lasts, and notifications are told', async () => {
    expect(await run(session, 'listen traps')).toEqual(['complete LISTEN', 'ready idle']);
    const other = await openTestSession(testTarget({ database }));
    await run(other, "notify traps, 'heard'");
    await other.close();
    const heard: string[] = [];
    const stop = session.onIdleEvent((event) => heard.push(written(event)));
    await expect.poll(() => heard).toEqual(['notification traps heard']);
    stop();
  });
});

describe('unlocking', () => {
  test('lets writes through until it is locked again', async () => {
    const before = await canaries();
    expect(session.unlock()).toBe(true);
    expect(await run(session, "insert into canary values ('unlocked')")).toEqual(['complete INSERT 0 1', 'ready idle']);
    session.lock();
    expect(session.access).toBe('locked');
    expect((await run(session, "insert into canary values ('locked')"))[0]).toMatch(/^error 25006 cannot execute INSERT/);
    expect(await canaries()).toBe(before + 1);
  });

  test('is not possible in a transaction, nor while something runs', async () => {
    await run(session, 'begin');
    expect(session.unlock()).toBe(false);
    await run(session, 'rollback');
    const running = run(session, 'select pg_sleep(0.2)');
    expect(session.unlock()).toBe(false);
    await running;
    expect(session.access).toBe('locked');
  });

  test('a transaction that is open when it is locked again can only be ended, as the user says', async () => {
    const before = await canaries();
    session.unlock();
    await run(session, 'begin');
    await run(session, "insert into canary values ('in time')");
    session.lock();
    expect(session.access).toBe('closing');
    for (const sql of ["insert into canary values ('late')", 'select 1', 'savepoint a', 'begin'])
      expect((await run(session, sql))[0]).toMatch(/^error 25006 This session is read-only again: COMMIT or ROLLBACK/);
    expect(await run(session, { sql: 'show transaction_isolation', isOwn: true })).toContain('rows read committed');
    expect(await run(session, 'commit')).toEqual(['complete COMMIT', 'ready idle']);
    expect(session.access).toBe('locked');
    expect((await run(session, "insert into canary values ('late')"))[0]).toMatch(/^error 25006 cannot execute INSERT/);
    expect(await canaries()).toBe(before + 1);
  });

  test('a statement that runs when it is locked again ends as it began', async () => {
    const before = await canaries();
    session.unlock();
    const running = run(session, "insert into canary select 'slow' from pg_sleep(0.3)");
    await expect.poll(() => inner.isBusy).toBe(true);
    session.lock();
    expect(await running).toEqual(['complete INSERT 0 1', 'ready idle']);
    expect(session.access).toBe('locked');
    expect(await canaries()).toBe(before + 1);
  });
});

// What may be a literal to one reader of the text and code to another, and a write behind it.
const openings = ['', '(array[1])[1:', '(', '$$a$$||', '1_0,', '"char"'];
const prefixes = ['', 'E', 'U&', 'N', 'B', 'e'];
const contents = ["\\' ", 'a', "''", '\\\\', '$$'];
const separators = ['', '\n', '\v\n', '\f\n', ' --x\n', '/*x*/\n', ' '];
const continuations = ['', "'\\' '", "'b'"];
const endings = ['', ')', '::"char"::int]', '::text'];
const writes = ['; commit', ';\vcommit', ';/*;*/end', ';abort;begin;commit'].map(
  (end) => `${end}; insert into canary values ('written'); --'`,
);
const seed = Number(process.env.HOWDAH_RANDOM_SEED ?? 20261125);
const count = Number(process.env.HOWDAH_RANDOM_TEXTS ?? 500);

test(`none of ${count} texts that hide a COMMIT gets out of its transaction`, async () => {
  const before = await canaries();
  const chance = new Chance(seed);
  for (let index = 0; index < count; index++) {
    const literal = `${chance.oneOf(prefixes)}'${chance.oneOf(contents)}'${chance.oneOf(separators)}${chance.oneOf(continuations)}`;
    await run(session, `select ${chance.oneOf(openings)}${literal}${chance.oneOf(endings)}${chance.oneOf(writes)}`);
  }
  expect(await canaries()).toBe(before);
});

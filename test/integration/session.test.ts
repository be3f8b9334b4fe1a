import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServerEvent } from '../../src/result/server-event.ts';
import type { Session } from '../../src/server/session.ts';
import { openTestSession, run, testTarget, written } from '../support/open-test-session.ts';

const closed =
  'lost server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.';
const terminated = 'error 57P01 terminating connection due to administrator command';

let session: Session;

beforeEach(async () => {
  session = await openTestSession();
});

afterEach(async () => {
  await session.close();
});

/** Has another session end this one's server process. */
async function terminate(): Promise<void> {
  const other = await openTestSession();
  await run(other, `select pg_terminate_backend(${session.info.processId}, 5000)`);
  await other.close();
}

describe('what a session knows', () => {
  test('facts, parameters and version', () => {
    const { host, port, user, database } = session.info;
    const target = testTarget();
    expect({ host, port, user, database }).toEqual({ ...target.hosts[0], user: target.user, database: target.database });
    expect(session.info.security).toBe('plain');
    expect(session.info.processId).toBeGreaterThan(0);
    expect(session.versionNumber).toBeGreaterThanOrEqual(100_000);
    expect(session.parameters.get('application_name')).toBe('howdah-test');
    expect(session.status).toBe('idle');
  });

  test('a parameter that changes is told and kept', async () => {
    expect(await run(session, `set timezone to 'Asia/Tokyo'`)).toEqual(
      ['complete SET', 'parameter TimeZone=Asia/Tokyo', 'ready idle'].sort(byProtocol),
    );
    expect(session.parameters.get('TimeZone')).toBe('Asia/Tokyo');
  });
});

// ParameterStatus comes just before ReadyForQuery since PostgreSQL 14, before CommandComplete until then.
function byProtocol(a: string, b: string): number {
  const order = ['complete', 'parameter', 'ready'];
  return order.findIndex((word) => a.startsWith(word)) - order.findIndex((word) => b.startsWith(word));
}

const answers: readonly (readonly [string, string, readonly string[]])[] = [
  ['a row', `select 1 as a, null as b, '' as c`, ['columns a,b,c', 'rows 1|NULL|', 'complete SELECT 1', 'ready idle']],
  ['no rows', 'select 1 as a where false', ['columns a', 'complete SELECT 0', 'ready idle']],
  ['no columns', 'select from generate_series(1, 2)', ['columns ', 'rows ;', 'complete SELECT 2', 'ready idle']],
  ['an empty string', ' ; ', ['empty', 'ready idle']],
  [
    'full tags',
    'create temp table t (i int); insert into t values (1), (2)',
    ['complete CREATE TABLE', 'complete INSERT 0 2', 'ready idle'],
  ],
  ['an error', 'select 1/0', ['error 22012 division by zero', 'ready idle']],
  ['a syntax error', 'selec', ['error 42601 syntax error at or near "selec"', 'ready idle']],
  [
    'an error in the middle: what came before is kept, what follows does not run',
    'select 1 as a; select 1/0; select 2',
    ['columns a', 'rows 1', 'complete SELECT 1', 'error 22012 division by zero', 'ready idle'],
  ],
  [
    'an error within a result',
    'select 2 / (2 - i) as a from generate_series(1, 3) i',
    ['columns a', 'rows 2', 'error 22012 division by zero', 'ready idle'],
  ],
  ['begin', 'begin', ['complete BEGIN', 'ready transaction']],
  ['a failed transaction', 'begin; select 1/0', ['complete BEGIN', 'error 22012 division by zero', 'ready failed']],
  [
    'notices in their place',
    `do $$ begin raise notice 'one'; raise warning 'two'; end $$; select 1 as a`,
    ['notice NOTICE one', 'notice WARNING two', 'complete DO', 'columns a', 'rows 1', 'complete SELECT 1', 'ready idle'],
  ],
  ['a notification to itself', `listen c; notify c, 'p'`, ['complete LISTEN', 'complete NOTIFY', 'notification c p', 'ready idle']],
  ['COPY out', 'copy (values (1), (2)) to stdout', ['copyOut 1', 'copyData 1\n2\n', 'complete COPY 2', 'ready idle']],
  ['text that is not ASCII', `select 'é€😀' as "ñ"`, ['columns ñ', 'rows é€😀', 'complete SELECT 1', 'ready idle']],
];

describe('answers', () => {
  test.each(answers)('%s', async (_, sql, expected) => {
    expect(await run(session, sql)).toEqual(expected);
    const status = expected.at(-1)?.replace('ready ', '');
    expect(session.status).toBe(status);
  });

  test('all fields of an error', async () => {
    let error: ServerEvent | undefined;
    const sql = `do $$ begin raise exception 'm' using detail = 'd', hint = 'h', errcode = 'XX123', column = 'c', constraint = 'k', datatype = 't', table = 'b', schema = 's'; end $$`;
    for await (const event of session.run({ sql })) if (event.type === 'error') error = event;
    expect(error).toMatchObject({
      error: {
        severity: 'ERROR',
        severityCode: 'ERROR',
        code: 'XX123',
        message: 'm',
        detail: 'd',
        hint: 'h',
        column: 'c',
        constraint: 'k',
        dataType: 't',
        table: 'b',
        schema: 's',
        where: expect.stringContaining('PL/pgSQL'),
        routine: 'exec_stmt_raise',
      },
    });
  });

  test('the position of an error, in characters', async () => {
    const events: ServerEvent[] = [];
    for await (const event of session.run({ sql: `select 'é😀', nosuch` })) events.push(event);
    expect(events[0]).toMatchObject({ type: 'error', error: { position: 14 } });
  });

  test('many rows, in order, none lost', async () => {
    let next = 1;
    let wrong = 0;
    for await (const event of session.run({ sql: 'select i, repeat(md5(i::text), i % 5) from generate_series(1, 200000) i' })) {
      if (event.type !== 'rows') continue;
      for (const text of written(event).slice(5).split(';')) if (Number(text.split('|')[0]) !== next++) wrong++;
    }
    expect(next).toBe(200_001);
    expect(wrong).toBe(0);
  });

  test('a cell of 100 MB, and the next answer is small again', async () => {
    let length = 0;
    for await (const event of session.run({ sql: `select repeat('x', 100000000)` })) {
      if (event.type === 'rows') length = event.batch.bytes.readInt32BE(event.batch.offsets[0]);
    }
    expect(length).toBe(100_000_000);
    for await (const event of session.run({ sql: 'select 1' })) {
      if (event.type === 'rows') expect(event.batch.bytes.length).toBeLessThan(1_000_000);
    }
  });

  test('1,600 columns', async () => {
    const list = Array.from({ length: 1600 }, (_, index) => `${index} as c${index}`).join(',');
    const events = await run(session, `select ${list}`);
    expect(events[1]?.split('|')).toHaveLength(1600);
  });
});

describe('parameters and descriptions', () => {
  test('parameters are bound, null is NULL', async () => {
    const sql = `select $1::int + 1 as a, $2::text as b, $3 as c`;
    expect(await run(session, { sql, parameters: ['41', null, "it's"] })).toEqual([
      'parsed',
      'columns a,b,c',
      "rows 42|NULL|it's",
      'complete SELECT 1',
      'ready idle',
    ]);
  });

  test('without rows, with an error, and with several statements', async () => {
    expect(await run(session, { sql: 'set work_mem to 1000', parameters: [] })).toEqual(['parsed', 'complete SET', 'ready idle']);
    expect(await run(session, { sql: 'select $1::int', parameters: ['x'] })).toEqual([
      'parsed',
      'error 22P02 invalid input syntax for type integer: "x"',
      'ready idle',
    ]);
    expect((await run(session, { sql: 'select 1; select 2', parameters: [] }))[0]).toMatch(/^error 42601/);
  });

  test('a description runs nothing', async () => {
    expect(await run(session, { sql: 'select 1/0 as a', describeOnly: true })).toEqual(['parsed', 'columns a', 'ready idle']);
    expect(await run(session, { sql: 'create table never (i int)', describeOnly: true })).toEqual(['parsed', 'ready idle']);
    expect((await run(session, 'select * from never'))[0]).toMatch(/^error 42P01/);
  });
});

describe('COPY in', () => {
  const sql = 'create temp table t (i int); copy t from stdin; copy t from stdin; select sum(i) from t; copy t to stdout; select 1 as a';

  test('both ways within one string', async () => {
    expect(await run(session, sql, '1\n2\n', '3\n')).toEqual([
      'complete CREATE TABLE',
      'copyIn 1',
      'complete COPY 2',
      'copyIn 1',
      'complete COPY 1',
      'columns sum',
      'rows 6',
      'complete SELECT 1',
      'copyOut 1',
      'copyData 1\n2\n3\n',
      'complete COPY 3',
      'columns a',
      'rows 1',
      'complete SELECT 1',
      'ready idle',
    ]);
  });

  test('given up', async () => {
    const events = await run(session, sql, '1\n');
    expect(events.slice(-2)).toEqual(['error 57014 COPY from stdin failed: no data', 'ready idle']);
  });

  test('refused by the server', async () => {
    const events = await run(session, sql, 'x\n');
    expect(events.slice(-2)).toEqual(['error 22P02 invalid input syntax for type integer: "x"', 'ready idle']);
  });

  test('with bound parameters', async () => {
    await run(session, 'create temp table t (i int)');
    expect(await run(session, { sql: 'copy t from stdin', parameters: [] }, '1\n')).toEqual([
      'parsed',
      'copyIn 1',
      'complete COPY 1',
      'ready idle',
    ]);
    expect(await run(session, 'select * from t')).toContain('rows 1');
  });

  test('a server that talks much meanwhile does not block it', async () => {
    await run(
      session,
      `create temp table t (s text);
       create function pg_temp.talk() returns trigger language plpgsql as $$ begin raise notice '%', repeat('n', 5000); return new; end $$;
       create trigger talk before insert on t for each row execute function pg_temp.talk()`,
    );
    const line = Buffer.from(`${'x'.repeat(999)}\n`.repeat(1000));
    let notices = 0;
    for await (const event of session.run({ sql: 'copy t from stdin' })) {
      if (event.type === 'notice') notices++;
      if (event.type !== 'copyIn') continue;
      for (let round = 0; round < 5; round++) await session.copyData(line);
      session.copyDone();
    }
    expect(notices).toBe(5000);
  });

  test('ten megabytes, without growing with them', async () => {
    await run(session, 'create temp table t (s text)');
    const line = Buffer.from(`${'x'.repeat(99)}\n`.repeat(1000));
    for await (const event of session.run({ sql: 'copy t from stdin' })) {
      if (event.type === 'complete') expect(event.tag).toBe('COPY 100000');
      if (event.type !== 'copyIn') continue;
      for (let round = 0; round < 100; round++) await session.copyData(line);
      session.copyDone();
    }
  });
});

describe('one request at a time', () => {
  test('a second one meanwhile is a bug', async () => {
    const first = session.run({ sql: 'select 1' });
    expect(session.isBusy).toBe(true);
    expect(() => session.run({ sql: 'select 2' })).toThrow(/still running/);
    for await (const _ of first);
  });

  test('an answer left early is read to its end before the next', async () => {
    for await (const event of session.run({ sql: 'select generate_series(1, 300000)' })) if (event.type === 'rows') break;
    expect(await run(session, 'select 1 as a')).toEqual(['columns a', 'rows 1', 'complete SELECT 1', 'ready idle']);
    for await (const event of session.run({ sql: 'copy (select generate_series(1, 300000)) to stdout' }))
      if (event.type === 'copyData') break;
    expect(await run(session, 'select 2 as a')).toContain('rows 2');
  });

  test('a COPY in left early is given up', async () => {
    await run(session, 'create temp table t (i int)');
    for await (const event of session.run({ sql: 'copy t from stdin' })) if (event.type === 'copyIn') break;
    expect(await run(session, 'select count(*) from t')).toEqual(['columns count', 'rows 0', 'complete SELECT 1', 'ready idle']);
  });
});

describe('cancel', () => {
  const cancelled = 'error 57014 canceling statement due to user request';

  test('while the server works', async () => {
    const started = Date.now();
    const cancelling = new Promise((resolve) => setTimeout(resolve, 50)).then(() => session.cancel());
    expect((await run(session, 'select pg_sleep(30)')).slice(-2)).toEqual([cancelled, 'ready idle']);
    expect(await cancelling).toEqual({ ok: true });
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('while rows stream', async () => {
    let rows = 0;
    let last = '';
    for await (const event of session.run({ sql: 'select generate_series(1, 100000000)' })) {
      if (event.type === 'rows') {
        if (rows === 0) void session.cancel();
        rows += event.batch.rowCount;
      } else if (event.type === 'error') last = written(event);
    }
    expect(last).toBe(cancelled);
    expect(rows).toBeLessThan(100_000_000);
    expect(await run(session, 'select 1 as a')).toContain('rows 1');
  });

  test('while a slow reader has the server waiting', async () => {
    let last = '';
    let rows = 0;
    for await (const event of session.run({ sql: `select repeat('x', 1000) from generate_series(1, 10000000)` })) {
      if (event.type === 'rows' && rows === 0) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await session.cancel()).toEqual({ ok: true });
      }
      if (event.type === 'rows') rows += event.batch.rowCount;
      if (event.type === 'error') last = written(event);
    }
    expect(last).toBe(cancelled);
    // Read ahead: our buffers and the sockets'.
    expect(rows).toBeLessThan(50_000);
  });

  test('when nothing runs, it does nothing', async () => {
    expect(await session.cancel()).toEqual({ ok: true });
    expect(await run(session, 'select 1 as a')).toContain('rows 1');
  });
});

describe('a lost connection', () => {
  test('idle: the reason is told when it happens', async () => {
    const events: string[] = [];
    session.onIdleEvent((event) => events.push(written(event)));
    await terminate();
    await expect.poll(() => events).toEqual([terminated, closed]);
    expect(session.status).toBeUndefined();
    expect(await run(session, 'select 1')).toEqual([closed]);
  });

  test('idle, with nobody listening: told with the next request', async () => {
    await terminate();
    await expect.poll(() => session.status).toBeUndefined();
    expect(await run(session, 'select 1')).toEqual([terminated, closed]);
    expect(await run(session, 'select 1')).toEqual([closed]);
  });

  test('in the middle of a result', async () => {
    const seen: string[] = [];
    let rows = 0;
    for await (const event of session.run({ sql: 'select generate_series(1, 100000000)' })) {
      if (event.type !== 'rows') seen.push(written(event));
      else if (rows === 0) {
        void terminate();
        rows = event.batch.rowCount;
      }
    }
    expect(seen).toEqual(['columns generate_series', terminated, closed]);
    expect(rows).toBeGreaterThan(0);
  });

  test('in a transaction', async () => {
    await run(session, 'begin');
    const running = run(session, 'select pg_sleep(30)');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await terminate();
    expect((await running).slice(-2)).toEqual([terminated, closed]);
    expect(session.status).toBeUndefined();
  });

  test('while an abandoned answer is read to its end', async () => {
    for await (const event of session.run({ sql: 'select pg_sleep(0), generate_series(1, 100000000)' })) if (event.type === 'rows') break;
    await terminate();
    expect((await run(session, 'select 1')).at(-1)).toBe(closed);
  });
});

describe('between requests', () => {
  test('notifications reach a listener at once', async () => {
    await run(session, 'listen c');
    const events: string[] = [];
    const stop = session.onIdleEvent((event) => events.push(written(event)));
    const other = await openTestSession();
    await run(other, `notify c, 'hello'`);
    await expect.poll(() => events).toEqual(['notification c hello']);
    stop();
    await run(other, `notify c, 'later'`);
    await other.close();
    await expect.poll(async () => (await run(session, 'select 1 as a'))[0]).toBe('notification c later');
  });
});

test('closing ends the server process and never throws', async () => {
  const other = await openTestSession();
  await session.close();
  await session.close();
  await expect.poll(() => run(other, `select count(*) from pg_stat_activity where pid = ${session.info.processId}`)).toContain('rows 0');
  await other.close();
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Interpreter } from '../../src/engine/interpreter.ts';
import type { Face } from '../../src/engine/output-event.ts';
import { SideSession } from '../../src/engine/side-session.ts';
import type { Session } from '../../src/server/session.ts';
import type { Environment } from '../../src/workbench/connection.ts';
import { GuardKeeper } from '../../src/workbench/guard-keeper.ts';
import type { PendingQuestion } from '../../src/workbench/question.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { timelineOf } from '../support/transaction-facts.ts';
import { openModel } from '../unit/workbench/model-builder.ts';

const database = 'guards';
let folder: string;
let session: Session;
let interpreter: Interpreter;
let keeper: GuardKeeper;
let side: SideSession;
let environment: Environment;
/** What was asked, as title, lines and the name to be typed. */
let asked: PendingQuestion[];
/** Lines that came while a question stood. */
let told: (readonly string[])[];
let answer: 'run' | 'keep';
let sent: string[];
let reviewed: string[];

const silent: Face = {
  isInteractive: true,
  emit: () => undefined,
  ask: () => Promise.resolve(''),
  child: () => Promise.resolve(0),
  terminalColumns: () => 80,
};

beforeAll(async () => {
  const admin = await openTestSession();
  await run(admin, `create database ${database}`);
  await admin.close();
  const maker = await openTestSession(testTarget({ database }));
  await run(
    maker,
    `create table customers (id int primary key, note text);
     create table orders (id int primary key, customer_id int references customers on delete cascade, note text);
     create table lone (id int);
     create view open_orders as select * from orders;
     create view counted as select count(*) from open_orders;
     create schema "Other"; create table "Other"."Things" (id int);
     insert into customers select n, '' from generate_series(1, 30000) n; insert into orders select n, n, '' from generate_series(1, 100) n;
     analyze`,
  );
  await maker.close();
});

afterAll(async () => {
  const admin = await openTestSession();
  await run(admin, `drop database ${database} with (force)`);
  await admin.close();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'howdah-guard-'));
  environment = 'production';
  answer = 'keep';
  [asked, told, sent, reviewed] = [[], [], [], []];
  session = await openTestSession(testTarget({ database }));
  const start = session.run.bind(session);
  Object.assign(session, {
    run: (request: Parameters<Session['run']>[0]) => {
      sent.push(bare(request.sql));
      return start(request);
    },
  });
  const face: Face = {
    ...silent,
    review: async (statement) => {
      reviewed.push(bare(statement.sql));
      return await keeper.review(statement);
    },
  };
  interpreter = new Interpreter({
    face,
    programName: 'howdah',
    session,
    connect: async () => ({ ok: true, session: await openTestSession() }),
  });
  side = new SideSession({
    session: () => session,
    open: async () => ({ ok: true, session: await openTestSession(testTarget({ database })) }),
  });
  keeper = new GuardKeeper({
    interpreter,
    side,
    model: () => openModel(80, 24, { environment, profile: 'shop' }),
    dispatch: (message) => {
      if (message.type === 'question-changed') told.push(message.lines);
    },
    say: () => undefined,
    ask: async (question) => {
      asked.push(question);
      told.length = 0;
      // As a person would: after all that can be known has come, if anything is looked up.
      const isOpen = (): boolean => told.at(-1)?.some((line) => line.endsWith('…')) === true;
      await new Promise((resolve) => setTimeout(resolve, 0));
      while (isOpen()) await new Promise((resolve) => setTimeout(resolve, 5));
      return answer;
    },
  });
});

afterEach(async () => {
  await interpreter.close();
  await side.forget();
  rmSync(folder, { recursive: true });
});

/** Without the semicolon and the blanks around it. */
function bare(sql: string): string {
  return sql.trim().replace(/;$/, '');
}

function titles(): readonly string[] {
  return asked.map((question) => (question.type === 'choice' ? question.title : question.type));
}

async function count(table: string): Promise<string> {
  const events = await run(session, `select count(*) from ${table}`);
  return events.find((event) => event.startsWith('rows'))?.slice(5) ?? '';
}

describe('every way to the server is looked at', () => {
  test.each<[string, string, readonly string[]]>([
    ['typed', 'select 1; select 2;', ['select 1', 'select 2']],
    [String.raw`\;`, String.raw`select 1\; delete from lone;`, ['select 1; delete from lone']],
    [String.raw`\g and \gx`, 'select 1 \\g\nselect 2 \\gx\n', ['select 1', 'select 2']],
    [String.raw`\gset`, 'select 1 as one \\gset\n', ['select 1 as one']],
    [String.raw`\gexec`, "select 'delete from lone' \\gexec\n", ["select 'delete from lone'", 'delete from lone']],
    [String.raw`\crosstabview`, "values ('a', 'b', 1) \\crosstabview\n", ["values ('a', 'b', 1)"]],
    [String.raw`\watch, once`, 'select 1 \\watch i=0.01 c=3\n', ['select 1']],
    [String.raw`\bind`, 'select $1 \\bind x \\g\n', ['select $1']],
    [String.raw`\parse and \bind_named`, 'select $1 \\parse p\n\\bind_named p x \\g\n', ['select $1', 'select $1']],
    [String.raw`\copy`, '\\copy (select 1) to pstdout\n', ['COPY  ( select 1 ) TO STDOUT']],
    ['FETCH_COUNT', '\\set FETCH_COUNT 1\nselect 1 \\gset x\n', ['select 1']],
    [String.raw`\lo_unlink`, '\\lo_unlink 4711\n', ['SELECT pg_catalog.lo_unlink($1)']],
    ['what is only described is not', 'delete from lone \\gdesc\n\\d lone\n', []],
  ])('%s', async (_, script, expected) => {
    keeper.review = () => Promise.resolve(true);
    await interpreter.runText(script);
    expect(reviewed).toEqual(expected);
  });

  test('a refused statement stops the script it stands in, and those around it', async () => {
    const [outer, inner] = [join(folder, 'outer.sql'), join(folder, 'inner.sql')];
    writeFileSync(inner, 'insert into lone values (1);\ndelete from lone;\ninsert into lone values (2);\n');
    writeFileSync(outer, `select 1;\n\\i ${inner}\ninsert into lone values (3);\n`);
    const result = await interpreter.runText(`\\i ${outer}\ninsert into lone values (4);\n`);
    expect(result.failed).toBe(true);
    expect(titles()).toEqual(['DELETE without WHERE deletes every row of lone.']);
    expect(sent.filter((sql) => /lone values|^delete/.test(sql))).toEqual(['insert into lone values (1)']);
    answer = 'run';
    expect((await interpreter.runText('delete from lone;')).failed).toBe(false);
    expect(await count('lone')).toBe('0');
  });

  test('a refusal keeps later statements of the same line, and what \\gexec made, from running', async () => {
    await run(session, 'delete from lone');
    await interpreter.runText('delete from lone; insert into lone values (5);');
    await interpreter.runText("select unnest(array['delete from lone', 'insert into lone values (6)']) \\gexec\n");
    const watched = await interpreter.runText('delete from lone \\watch i=0.01 c=2\n');
    expect(watched.failed).toBe(true);
    expect(asked).toHaveLength(3);
    expect(await count('lone')).toBe('0');
  });

  test('without a face that looks nothing is asked and nothing is added', async () => {
    const plain = new Interpreter({ face: silent, programName: 'howdah', session, connect: async () => ({ ok: true, session }) });
    sent.length = 0;
    await plain.runText('begin; delete from lone; update customers set note = note; rollback;');
    expect(sent).toEqual(['begin', 'delete from lone', 'update customers set note = note', 'rollback']);
  });
});

describe('the question', () => {
  test('on production the name is typed; size, rows and what goes with it arrive', async () => {
    await interpreter.runText('drop table orders cascade;');
    expect(asked).toMatchObject([{ title: 'DROP removes the table orders, and all that depends on it.', naming: { name: 'orders' } }]);
    expect(told.at(-1)).toEqual([
      'drop table orders cascade;',
      '',
      `On shop · PROD · postgres@${session.info.host}/guards`,
      expect.stringMatching(/^Size: \d+ kB · rows: about 100$/),
      'Goes with it: view counted, view open_orders',
    ]);
  });

  test.each([
    ['truncate customers cascade', /about 30,000$/, 'Emptied with it: table orders'],
    ['delete from customers', /about 30,000$/, 'ON DELETE CASCADE takes rows of: table orders'],
    ['alter table orders drop column note', /about 100$/, 'Depends on it (refused without CASCADE): view counted, view open_orders'],
    ['drop schema "Other" cascade', /rows: about 0$/, 'Goes with it: table "Other"."Things"'],
    ['drop view counted', /not known$/, 'Depends on it (refused without CASCADE): nothing'],
  ])('%s', async (sql, size, dependents) => {
    await interpreter.runText(`${sql};`);
    expect(told.at(-1)?.at(-2)).toMatch(size);
    expect(told.at(-1)?.at(-1)).toBe(dependents);
  });

  test('names are looked up as the session finds them', async () => {
    await interpreter.runText('set search_path = "Other"; drop table "Things";');
    expect(asked).toMatchObject([{ naming: { name: '"Things"' } }]);
    expect(told.at(-1)?.at(-2)).toMatch(/rows: about 0$/);
  });

  test('outside production it is a choice, and HOWDAH_GUARD switches it off; on production it does not', async () => {
    environment = 'development';
    await interpreter.runText('drop table orders;');
    expect(asked).toMatchObject([{ choices: [{ id: 'keep' }, { id: 'run' }], chosen: 0 }]);
    expect(asked[0]).not.toHaveProperty('naming');
    await interpreter.runText('\\set HOWDAH_GUARD off\ndelete from lone;');
    expect(asked).toHaveLength(1);
    environment = 'production';
    await interpreter.runText('delete from lone;');
    expect(asked).toMatchObject([{}, { lines: expect.arrayContaining(['HOWDAH_GUARD is off, which does not count on production.']) }]);
    await interpreter.runText('\\set HOWDAH_GUARD maybe\n\\set HOWDAH_GUARD_ROWS many\n');
    expect(interpreter.variables.get('HOWDAH_GUARD')).toBe('off');
    expect(interpreter.variables.get('HOWDAH_GUARD_ROWS')).toBeUndefined();
  });

  test('nothing is asked about what is the session’s own', async () => {
    await interpreter.runText(`create temp table lone (id int); insert into lone values (1); delete from lone; drop table lone;
      begin; create table made (id int); truncate made; drop table made; commit;`);
    expect(titles()).toEqual([]);
    await interpreter.runText('drop table lone;');
    expect(titles()).toEqual(['DROP removes the table lone.']);
  });

  test('what DROP IF EXISTS does not find is not lost', async () => {
    await interpreter.runText(
      'drop table if exists nothing; drop view if exists nothing, "Nor This" cascade; drop table if exists lone, nothing;',
    );
    expect(titles()).toEqual(['DROP removes the table lone.']);
    await interpreter.runText(String.raw`set search_path = "Other"\; drop table if exists nothing;`);
    await interpreter.runText('drop table nothing;');
    expect(titles()).toHaveLength(3);
  });

  test('a transaction that can be rolled back is not asked about, outside production', async () => {
    environment = 'development';
    await interpreter.runText('begin; delete from lone; rollback; delete from lone;');
    expect(titles()).toHaveLength(1);
    await interpreter.runText('\\set AUTOCOMMIT off\ndelete from lone; rollback;');
    expect(titles()).toHaveLength(1);
    environment = 'staging';
    await interpreter.runText('\\set AUTOCOMMIT on\nbegin; delete from lone;\nrollback;');
    expect(titles()).toHaveLength(2);
    await interpreter.runText('rollback;\n\\set HOWDAH_SAVEPOINTS last\nbegin; delete from lone; rollback;');
    expect(titles()).toHaveLength(2);
    environment = 'production';
    await interpreter.runText('begin; delete from lone;');
    expect(titles()).toHaveLength(3);
  });

  test('in a failed transaction nothing is asked, for nothing runs', async () => {
    await interpreter.runText('begin; select 1/0; delete from lone;');
    expect(titles()).toEqual([]);
    await interpreter.runText(String.raw`rollback\; delete from lone;`);
    expect(titles()).toHaveLength(1);
  });

  test('what was prepared is known when it runs', async () => {
    await interpreter.runText('prepare gone as delete from lone; prepare one as delete from lone where id = 1; execute one; execute gone;');
    await interpreter.runText('update lone set id = $1 \\parse all\n\\bind_named all 5 \\g\n');
    expect(titles()).toEqual([
      'Run by EXECUTE: DELETE without WHERE deletes every row of lone.',
      'Run by EXECUTE: UPDATE without WHERE updates every row of lone.',
    ]);
  });
});

describe('a write behind a function of the user’s own', () => {
  test('is asked about by every way, with what would be lost; nothing is asked of the session for built-in functions known', async () => {
    environment = 'development';
    await interpreter.runText(`create temp table mine (id int);
      create function wipe() returns int language plpgsql as $$ begin delete from lone; return 1; end $$;
      create function wipe_mine() returns void language sql as 'delete from mine';`);
    const script = join(folder, 'calls.sql');
    writeFileSync(script, 'select wipe();\n');
    await interpreter.runText('insert into lone values (1); select wipe(); select 1;');
    expect(told.at(-1)?.at(-2)).toMatch(/^Size: .* bytes · rows: /);
    await interpreter.runText(`\\i ${script}\n`);
    await interpreter.runText("select 'select wipe()' \\gexec\n");
    await interpreter.runText(String.raw`select 1\; select wipe();`);
    await interpreter.runText('\\copy (select wipe()) to pstdout\n');
    await interpreter.runText('prepare later as select wipe(); execute later;');
    await interpreter.runText('select $1::int + wipe() \\bind 1 \\g\n');
    expect(titles()).toEqual(Array(7).fill('Inside wipe(): DELETE without WHERE deletes every row of lone.'));
    await interpreter.runText('select wipe_mine(); begin; select wipe(); rollback; drop function wipe_mine;');
    expect(titles()).toHaveLength(8);
    expect(await count('lone')).not.toBe('0');
    sent.length = 0;
    await interpreter.runText('select count(*) from lone; select count(*), max(id) from lone; select max(id) from lone;');
    expect(sent.filter((sql) => sql.includes('pg_proc'))).toHaveLength(2);
    // A pooler of statements ends the session of who begins a transaction.
    expect(sent.filter((sql) => /^(?:begin|rollback)/i.test(sql))).toEqual([]);
    await interpreter.runText('drop function wipe();');
  });

  test('of what has a name that is put together when it runs nothing is told', async () => {
    await interpreter.runText(`create function gone(t text) returns void language plpgsql as $$ begin execute format('drop table %I', t); end $$;
      select gone('lone');`);
    expect(titles()).toEqual(['Inside gone(): DROP removes the table "…t".']);
    expect(told).toEqual([]);
  });

  test('is found by the second connection where the session cannot be asked, or would lose its unnamed prepared statement', async () => {
    environment = 'development';
    await interpreter.runText(`create function clear() returns int language plpgsql as $$ begin truncate lone; return 1; end $$;
      create function picked(n int) returns int language sql as 'select n';`);
    await interpreter.runText('\\startpipeline\nselect clear() \\bind \\sendpipeline\n');
    await interpreter.runText('\\endpipeline\n');
    expect(titles()).toEqual(['Inside clear(): TRUNCATE empties lone.']);
    await interpreter.runText("insert into lone select picked($1) \\parse ''\n\\bind_named '' 77 \\g\n");
    expect(await count('lone where id = 77')).toBe('1');
    await interpreter.runText('delete from lone where id = 77; drop function clear(), picked(int);');
  });
});

test('a SERIALIZABLE transaction that the guards ask first is still watched for conflicts', async () => {
  const other = await openTestSession(testTarget({ database }));
  sent.length = 0;
  await interpreter.runText('begin isolation level serializable; select sum(id) from orders;');
  expect(sent.some((sql) => sql.includes('pg_proc'))).toBe(true);
  await run(other, "begin isolation level serializable; select sum(id) from orders; update orders set note = 'x' where id = 2; commit");
  await interpreter.runText("update orders set note = 'y' where id = 1; commit;");
  expect(interpreter.variables.get('LAST_ERROR_SQLSTATE')).toBe('40001');
  await interpreter.runText('rollback;');
  await other.close();
});

describe('very many rows, as the planner expects them', () => {
  test('on production a statement over the set number is asked about', async () => {
    await interpreter.runText("update customers set note = 'x' where id > 10;");
    expect(titles()).toEqual([
      expect.stringMatching(
        /^The planner expects this to change about \d\d,\d{3} rows of customers, which is 10,000 \(HOWDAH_GUARD_ROWS\) or more\.$/,
      ),
    ]);
    expect(asked).toMatchObject([{ naming: { name: 'customers' } }]);
    expect(told.at(-1)?.at(-1)).toMatch(/about 30,000$/);
    await interpreter.runText('\\set HOWDAH_GUARD_ROWS 50\nupdate orders set id = id where id > 10;');
    expect(titles()).toHaveLength(2);
    await interpreter.runText('update orders set id = id where id > 95;');
    await interpreter.runText('\\set HOWDAH_GUARD_ROWS 500000\nupdate customers set id = id where id > 10 returning 1/0;');
    environment = 'development';
    await interpreter.runText('\\unset HOWDAH_GUARD_ROWS\nbegin;\nupdate customers set id = id where id > 10; rollback;');
    expect(titles()).toHaveLength(2);
  });

  test.each([
    ['temporary', 'create temp table many as select * from customers; analyze many; update many set id = id where id > 10;'],
    ['with parameters', 'update customers set note = note where id > $1 \\bind 10 \\g\nrollback;'],
    [
      'made in the transaction',
      'begin; create table many as select * from customers; analyze many; delete from many where id > 10; rollback;',
    ],
    ['what cannot be explained', 'update nowhere set id = 1 where id > 1;'],
    ['VALUES', 'begin; insert into lone values (1), (2); rollback;'],
  ])('not asked about: %s', async (_, script) => {
    environment = 'production';
    await interpreter.runText(`begin;\n${script.startsWith('begin') ? 'rollback;\n' : ''}${script}\nrollback;`);
    expect(titles()).toEqual([]);
  });

  test('the session is as it was, and the record does not tell of it', async () => {
    answer = 'run';
    await interpreter.runText('set lock_timeout = 1234; begin; savepoint s; update customers set note = note where id > 10;');
    expect(interpreter.transaction && timelineOf(interpreter.transaction)).toEqual([
      'begin',
      'savepoint s',
      '  update customers set note = note where id > 10 UPDATE 29990',
    ]);
    expect(sent).toContain('EXPLAIN (FORMAT JSON) update customers set note = note where id > 10');
    await interpreter.runText('update nowhere set id = 1;');
    expect(interpreter.transaction?.state).toBe('failed');
    await interpreter.runText('rollback; update customers set note = note where id > 29000;');
    expect(interpreter.transaction?.ended?.outcome).toBe('rolled-back');
    expect(interpreter.transaction?.transaction).toBeUndefined();
    expect((await run(session, 'show lock_timeout')).find((event) => event.startsWith('rows'))).toBe('rows 1234ms');
  });
});

describe('aside', () => {
  test('a second statement in the text is refused, not run', async () => {
    expect(await interpreter.aside((query) => query('select 1; delete from lone'))).toBeUndefined();
    expect(session.status).toBe('idle');
  });

  test('nothing can be written, and an error leaves the transaction alive', async () => {
    await interpreter.runText('begin;');
    expect(await interpreter.aside((query) => query('insert into lone values (1)'))).toBeUndefined();
    expect(session.status).toBe('transaction');
    expect(await interpreter.aside((query) => query('select 42'))).toEqual([['42']]);
    await interpreter.runText('insert into lone values (1); select 1/0;');
    expect(await interpreter.aside((query) => query('select 42'))).toBeUndefined();
    expect(session.status).toBe('failed');
  });

  test('a table that others hold is waited for shortly', async () => {
    const other = await openTestSession(testTarget({ database }));
    await run(other, 'begin; lock table lone');
    const started = performance.now();
    expect(await interpreter.aside((query) => query('select * from lone'))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(session.status).toBe('idle');
    await other.close();
  });
});

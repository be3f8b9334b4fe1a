import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Interpreter } from '../../src/engine/interpreter.ts';
import type { Face } from '../../src/engine/output-event.ts';
import type { TransactionRecord } from '../../src/engine/transaction/record.ts';
import { openTestSession, run as runOn } from '../support/open-test-session.ts';
import { howdah, type Outcome, run } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { ownNode, program } from '../support/terminal.ts';
import { timelineOf } from '../support/transaction-facts.ts';

const folder = join(import.meta.dirname, 'pipelines');
const database = 'pipelines';
let environment: Record<string, string>;

beforeAll(async () => {
  const { host, port, user } = testServer();
  environment = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: 'postgres', LC_ALL: 'C.UTF-8' };
  const made = await howdah(['-X', '-q', '-c', `create database ${database}`], { environment });
  expect(made).toEqual({ stdout: '', stderr: '', status: 0 });
  environment.PGDATABASE = database;
  await howdah(['-X', '-q', '-c', 'create table t (i int)'], { environment });
});

test('the script, word for word', async () => {
  const input = readFileSync(join(folder, 'script.sql'), 'utf8');
  // Both outputs in the order in which they are written.
  const merged = await run(['sh', '-c', 'exec "$@" 2>&1', 'sh', ownNode, program, '-X', '-a', '-q'], { input, environment });
  expect(merged.stdout).toBe(readFileSync(join(folder, 'expected.txt'), 'utf8'));
  expect(merged.status).toBe(0);
});

const inScript = (script: string, ...args: readonly string[]): Promise<Outcome> =>
  howdah(['-X', '-q', '-A', '-t', ...args], { input: script.replaceAll('|', '\n'), environment });

const lostText = 'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n';

// Scripts with their lines apart by bars; what psql 18 does with them by its source.
const ends: readonly (readonly [what: string, script: string, args: readonly string[], stdout: string, stderr: string, status: number])[] =
  [
    [
      'COPY FROM STDIN',
      String.raw`\startpipeline|select 1;|copy t from stdin;|\endpipeline|1|\.|\echo never`,
      [],
      '1\n',
      'COPY in a pipeline is not supported, aborting connection\n',
      2,
    ],
    [
      'COPY TO STDOUT, read after a request to flush',
      String.raw`\startpipeline|copy t to stdout \bind \sendpipeline|\flushrequest|\getresults|\echo never`,
      ['-f', '-'],
      '',
      'howdah:<stdin>:4: COPY in a pipeline is not supported, aborting connection\n',
      2,
    ],
    [
      '\\copy',
      String.raw`\startpipeline|\copy t from /dev/null|\syncpipeline|\getresults|\echo never`,
      [],
      '',
      'COPY in a pipeline is not supported, aborting connection\n',
      2,
    ],
    [
      'a lost connection',
      String.raw`\startpipeline|select 1;|select pg_terminate_backend(pg_backend_pid());|select 2;|\endpipeline|\echo never`,
      [],
      '1\n',
      `FATAL:  terminating connection due to administrator command\n${lostText}`,
      2,
    ],
    [
      'ON_ERROR_STOP: a sync forgives, a read without one does not',
      String.raw`\startpipeline|select nope;|\endpipeline|\echo on|\startpipeline|select nope;|\flushrequest|\getresults|\echo never`,
      ['-v', 'ON_ERROR_STOP=1'],
      'on\n',
      'ERROR:  column "nope" does not exist\nLINE 1: select nope;\n               ^\n',
      3,
    ],
    [
      'ON_ERROR_STOP: what is refused',
      String.raw`\startpipeline|select 1 \bind \g|\echo never`,
      ['-v', 'ON_ERROR_STOP=1'],
      '',
      '\\g not allowed in pipeline mode\n',
      3,
    ],
    // psql sets its savepoint amid the pipeline, is refused, and cannot even end the pipeline any more.
    [
      'ON_ERROR_ROLLBACK sets no savepoints in it',
      String.raw`begin;|\startpipeline|select 1;|\endpipeline|select nope;|select 2;|rollback;`,
      ['-v', 'ON_ERROR_ROLLBACK=on'],
      '1\n2\n',
      'ERROR:  column "nope" does not exist\n',
      0,
    ],
    [
      '-e, which shows the last statement again',
      String.raw`select 1;|\startpipeline|select 2;|\endpipeline`,
      ['-e'],
      'select 1;\n1\nselect 1;\nselect 2;\nselect 2;\n2\n',
      '',
      0,
    ],
    ['-b', String.raw`\startpipeline|select nope;|\flushrequest|\getresults`, ['-b'], '', 'STATEMENT:  select nope;\n', 0],
    ['the end of the input', String.raw`create temp table x ();|\startpipeline|select 1;`, [], '', '', 0],
    ['a lone \\endpipeline', String.raw`\endpipeline`, [], '', 'cannot send pipeline when not in pipeline mode\n', 0],
  ];

test.each(ends)('%s', async (_, script, args, stdout, stderr, status) => {
  const outcome = await inScript(script, ...args);
  expect(outcome).toMatchObject({ stdout, status });
  if (stderr === '') expect(outcome.stderr).toBe('');
  else expect(outcome.stderr).toContain(stderr);
});

test('without -q the status lines, of \\parse and \\close_prepared empty ones', async () => {
  const script = String.raw`\startpipeline|create temp table x (i int);|insert into x values (1), (2) returning i;|select 1 \parse s|\close_prepared s|\endpipeline|\timing|\startpipeline`;
  const { stdout } = await howdah(['-X', '-t', '-A'], { input: script.replaceAll('|', '\n'), environment });
  expect(stdout).toBe('CREATE TABLE\n1\n2\nINSERT 0 2\n\n\nTiming is on.\nTime: 0.000 ms\n');
});

describe('a person who types', () => {
  const said: string[] = [];
  const face: Face = {
    isInteractive: true,
    emit: (event) => void (event.type === 'message' && said.push(event.text)),
    ask: async () => undefined,
    child: async () => 0,
    terminalColumns: () => 80,
  };

  async function opened(): Promise<{ readonly interpreter: Interpreter; readonly record: () => TransactionRecord }> {
    said.length = 0;
    const session = await openTestSession();
    const interpreter = new Interpreter({
      face,
      programName: 'howdah',
      session,
      connect: async () => ({ ok: true, session: await openTestSession() }),
    });
    const record = (): TransactionRecord => {
      if (interpreter.transaction === undefined) throw new Error('no record');
      return interpreter.transaction;
    };
    await interpreter.runText('set client_min_messages = error; create temp table t (i int);');
    return { interpreter, record };
  }

  test('the record of the transaction follows the Syncs', async () => {
    const { interpreter, record } = await opened();
    await interpreter.runText('\\startpipeline\ninsert into t values (1);\nbegin;\nsavepoint a;\n');
    expect([record().state, interpreter.pipeline]).toEqual(['idle', { unread: 3, isAborted: false }]);
    await interpreter.runText('\\syncpipeline\n\\getresults\n');
    expect([record().state, interpreter.pipeline]).toEqual(['transaction', { unread: 0, isAborted: false }]);
    await interpreter.runText('delete from t;\nselect 1/0;\nselect 2;\n\\syncpipeline\nrollback to a;\ncommit;\n\\endpipeline\n');
    expect([record().state, record().ended?.outcome, interpreter.pipeline]).toEqual(['idle', 'committed', undefined]);
    expect(timelineOf(record())).toEqual([
      'begin',
      'insert into t values (1) INSERT 0 1',
      'savepoint a',
      '(  delete from t DELETE 1)',
      '(  select 1/0 !22012)',
      '  rollback-to a',
    ]);
    await interpreter.close();
  });

  test('Ctrl-C cancels the statement that runs; what follows the next Sync runs on', async () => {
    const { interpreter, record } = await opened();
    const running = interpreter.runText(
      '\\startpipeline\nselect pg_sleep(60);\nselect 1;\n\\syncpipeline\ninsert into t values (7);\n\\endpipeline\n',
    );
    const watcher = await openTestSession();
    const sleepers = "select count(*) from pg_stat_activity where query = 'select pg_sleep(60);' and state = 'active'";
    await expect.poll(async () => (await runOn(watcher, sleepers))[1], { timeout: 10_000 }).toBe('rows 1');
    await interpreter.cancel();
    await running;
    expect(said.join('')).toContain('canceling statement due to user request');
    expect([record().state, interpreter.pipeline]).toEqual(['idle', undefined]);
    await watcher.close();
    await interpreter.close();
  });

  test('a loss while answers are outstanding is told, with what they were to', async () => {
    const { interpreter, record } = await opened();
    await interpreter.runText('\\startpipeline\ninsert into t values (1);\n\\syncpipeline\nselect 2;\n\\flush\n');
    const pid = interpreter.session?.info.processId;
    const idle: string[] = [];
    interpreter.session?.onIdleEvent((event) => idle.push(event.type));
    const killer = await openTestSession();
    await runOn(killer, `select pg_terminate_backend(${pid})`);
    await expect.poll(() => idle.at(-1), { timeout: 10_000 }).toBe('lost');
    expect(record().state).toBe('lost');
    expect(record().loss?.unanswered.map(({ sql }) => sql)).toEqual(['select 2']);
    await killer.close();
    await interpreter.close();
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { Interpreter } from '../../src/engine/interpreter.ts';
import type { Face } from '../../src/engine/output-event.ts';
import type { TransactionRecord } from '../../src/engine/transaction/record.ts';
import { openTestSession, run as runOn } from '../support/open-test-session.ts';
import { checkEnd, type Environment, expectedText, makePipelineDatabase, runPipelineScript } from '../support/pipelines.ts';
import { howdah } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { timelineOf } from '../support/transaction-facts.ts';
import { ends } from './pipelines/ends.ts';

let environment: Environment;

beforeAll(async () => {
  environment = await makePipelineDatabase(testServer());
});

test('the script, word for word', async () => {
  const { stdout, status } = await runPipelineScript(environment);
  expect(stdout).toBe(expectedText);
  expect(status).toBe(0);
});

test.each(ends.map((end) => [end[0], end] as const))('%s', async (_, end) => {
  await checkEnd(end, environment);
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

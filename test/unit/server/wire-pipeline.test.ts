import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { openSessionOver } from '../../../src/server/open-session.ts';
import { ReadOnlySession } from '../../../src/server/read-only/read-only-session.ts';
import type { Pipeline, Session } from '../../../src/server/session.ts';
import { openPipeline, written } from '../../support/open-test-session.ts';
import {
  authenticationOk,
  backendKeyData,
  commandComplete,
  dataRow,
  errorResponse,
  int16,
  message,
  readyForQuery,
  rowDescription,
} from './wire-messages.ts';

const info = { host: 'memory', address: '', port: 0, user: 'u', database: 'd', security: 'embedded' } as const;
const parsed = message('1');
const bound = message('2');
const closed = message('3');
const one = Buffer.concat([parsed, bound, rowDescription('a'), dataRow('1'), commandComplete('SELECT 1')]);
const wrong = errorResponse({ S: 'ERROR', V: 'ERROR', C: '42601', M: 'wrong' });

interface Played {
  readonly session: Session;
  /** Types of the messages that the client has sent since it logged in, `PBDES`. */
  readonly received: () => string;
  readonly say: (...answers: readonly Buffer[]) => void;
  readonly end: () => void;
}

/** A server in memory that says what the test has it say. */
async function played(): Promise<Played> {
  let received = '';
  let isIn = false;
  const stream = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      if (!isIn) stream.push(Buffer.concat([authenticationOk, backendKeyData, readyForQuery()]));
      else for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1)) received += String.fromCharCode(bytes[at] ?? 0);
      isIn = true;
      done();
    },
  });
  const startup = { user: 'u', database: 'd', startupParameters: {} };
  const outcome = await openSessionOver(stream, startup, { info, cancel: async () => ({ ok: true }) });
  if (!outcome.ok) throw new Error(outcome.text);
  return {
    session: outcome.session,
    received: () => received,
    say: (...answers) => void stream.push(Buffer.concat(answers)),
    end: () => void stream.push(null),
  };
}

async function answerOf(pipeline: Pipeline): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of pipeline.answer()) seen.push(written(event));
  return seen;
}

const shown = ['parsed', 'columns a', 'rows 1', 'complete SELECT 1'];

test('requests go out together, their answers come one by one, and only a Sync tells the status', async () => {
  const { session, received, say } = await played();
  const pipeline = openPipeline(session);
  pipeline.append({ sql: 'select 1' });
  pipeline.append({ sql: 'select $1', prepare: 's' });
  pipeline.append({ sql: '', prepared: 's', parameters: ['x'] });
  pipeline.append({ sql: '', close: 's' });
  expect(received()).toBe('');
  pipeline.requestFlush();
  pipeline.sync();
  pipeline.flush();
  expect(received()).toBe('PBDEPBDECHS');
  say(one, parsed, bound, rowDescription('a'), dataRow('1'), commandComplete('SELECT 1'), closed, readyForQuery('T'));
  expect(await answerOf(pipeline)).toEqual(shown);
  expect(await answerOf(pipeline)).toEqual(['parsed']);
  expect(await answerOf(pipeline)).toEqual(shown.slice(1));
  expect(await answerOf(pipeline)).toEqual(['closed']);
  expect(session.status).toBe('idle');
  expect(await answerOf(pipeline)).toEqual(['ready transaction']);
  expect(session.status).toBe('transaction');
  expect(await answerOf(pipeline)).toEqual([]);
});

test('a session with a pipeline runs nothing else, and again when it is closed', async () => {
  const { session, say } = await played();
  const pipeline = openPipeline(session);
  expect(() => session.run({ sql: 'select 1' })).toThrow();
  pipeline.append({ sql: 'select 1' });
  pipeline.sync();
  expect(() => pipeline.close()).toThrow();
  say(one, readyForQuery());
  await answerOf(pipeline);
  await answerOf(pipeline);
  pipeline.close();
  expect(session.pipeline).toBeUndefined();
  setImmediate(() => say(commandComplete('X'), readyForQuery()));
  const events: string[] = [];
  for await (const event of session.run({ sql: 'x' })) events.push(written(event));
  expect(events).toEqual(['complete X', 'ready idle']);
});

test('what an error keeps from running has an empty answer, up to the Sync', async () => {
  const { session, say } = await played();
  const pipeline = openPipeline(session);
  for (const sql of ['selec', 'select 1', 'sync', 'select 1']) sql === 'sync' ? pipeline.sync() : pipeline.append({ sql });
  pipeline.sync();
  say(wrong, readyForQuery(), one, readyForQuery());
  expect(await answerOf(pipeline)).toEqual(['error 42601 wrong']);
  expect([pipeline.isAborted, await answerOf(pipeline), await answerOf(pipeline)]).toEqual([true, [], ['ready idle']]);
  expect([pipeline.isAborted, await answerOf(pipeline)]).toEqual([false, shown]);
});

test('a commit that fails at the Sync', async () => {
  const { session, say } = await played();
  const pipeline = openPipeline(session);
  pipeline.sync();
  say(wrong, readyForQuery());
  expect([await answerOf(pipeline), pipeline.isAborted]).toEqual([['error 42601 wrong', 'ready idle'], false]);
});

test('much text goes out by itself', async () => {
  const { session, received } = await played();
  const pipeline = openPipeline(session);
  pipeline.append({ sql: `select '${'x'.repeat(70_000)}'` });
  expect(received()).toBe('PBDE');
});

test('a FATAL error and the end of the connection are one answer', async () => {
  const { session, say, end } = await played();
  const pipeline = openPipeline(session);
  pipeline.append({ sql: 'select 1' });
  pipeline.requestFlush();
  say(errorResponse({ S: 'FATAL', V: 'FATAL', C: '57P01', M: 'going down' }));
  end();
  const seen = await answerOf(pipeline);
  expect(seen[0]).toBe('error 57P01 going down');
  expect(seen[1]).toMatch(/^lost server closed the connection unexpectedly/);
  expect(session.status).toBeUndefined();
});

test('a loss is told to who looks on, though nobody has asked for the answers', async () => {
  const { session, say, end } = await played();
  const told: string[] = [];
  session.onIdleEvent((event) => told.push(written(event)));
  const pipeline = openPipeline(session);
  pipeline.append({ sql: 'select 1' });
  pipeline.flush();
  say(one);
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
  end();
  await expect.poll(() => told.at(-1)).toMatch(/^lost /);
  expect((await answerOf(pipeline))[0]).toMatch(/^lost /);
});

test('notices and parameters between the answers reach who looks on', async () => {
  const { session, say } = await played();
  const told: string[] = [];
  session.onIdleEvent((event) => told.push(written(event)));
  openPipeline(session);
  say(errorResponse({ S: 'NOTICE', M: 'hello' }, 'N'));
  await expect.poll(() => told).toEqual(['notice NOTICE hello']);
});

test('COPY ends the session', async () => {
  const { session, say } = await played();
  const pipeline = openPipeline(session);
  pipeline.append({ sql: 'copy t to stdout' });
  pipeline.sync();
  say(parsed, bound, message('H', Buffer.of(0), int16(0)));
  expect(await answerOf(pipeline)).toEqual(['parsed', 'lost COPY in a pipeline is not supported, aborting connection']);
  expect(session.status).toBeUndefined();
});

test('an answer to nothing is a breach of the protocol', async () => {
  const { session, say } = await played();
  const told: string[] = [];
  session.onIdleEvent((event) => told.push(written(event)));
  openPipeline(session);
  say(one);
  await expect.poll(() => told[0]).toMatch(/^lost protocol error/);
});

test('a read-only session has none: nothing would stand between its statements', async () => {
  const { session } = await played();
  expect(new ReadOnlySession(session).openPipeline()).toBeUndefined();
  expect(session.pipeline).toBeUndefined();
});

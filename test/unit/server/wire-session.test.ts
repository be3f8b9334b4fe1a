import { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openSessionOver } from '../../../src/server/open-session.ts';
import type { ConnectOutcome, Session } from '../../../src/server/session.ts';
import {
  authenticationOk,
  backendKeyData,
  commandComplete,
  dataRow,
  errorResponse,
  int32,
  lying,
  message,
  parameterStatus,
  readyForQuery,
  rowDescription,
  text,
} from './wire-messages.ts';

/** A server in memory: answers the start-up packet, then every message, with the next of its scripted answers. */
function scripted(...answers: readonly Buffer[]): { readonly stream: Duplex; readonly received: Buffer[] } {
  const script = [...answers];
  const received: Buffer[] = [];
  const stream = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      received.push(bytes);
      const answer = script.shift();
      if (answer !== undefined) stream.push(answer);
      done();
    },
  });
  return { stream, received };
}

const startup = { user: 'u', database: 'd', startupParameters: { application_name: 'test' } };
const info = { host: 'memory', address: '', port: 0, user: 'u', database: 'd', security: 'embedded' } as const;
const welcome = Buffer.concat([authenticationOk, parameterStatus('server_version', '18.4'), backendKeyData, readyForQuery()]);

function open(stream: Duplex, password?: string): Promise<ConnectOutcome> {
  const secret = password === undefined ? {} : { password };
  return openSessionOver(stream, { ...startup, ...secret }, { info, cancel: async () => ({ ok: true }) });
}

async function opened(...answers: readonly Buffer[]): Promise<Session> {
  const outcome = await open(scripted(welcome, ...answers).stream);
  if (!outcome.ok) throw new Error(outcome.text);
  return outcome.session;
}

async function types(session: Session): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of session.run({ sql: 'select 1' })) seen.push(event.type === 'lost' ? `lost: ${event.reason}` : event.type);
  return seen;
}

describe('starting up over any stream', () => {
  test('a session, and what the server said about itself', async () => {
    const { stream, received } = scripted(
      welcome,
      Buffer.concat([rowDescription('a'), dataRow('1'), commandComplete('SELECT 1'), readyForQuery('T')]),
    );
    const outcome = await open(stream);
    expect(received[0]?.subarray(8).toString()).toBe('user\0u\0database\0d\0application_name\0test\0\0');
    expect(outcome.ok && outcome.session.info).toEqual({ ...info, processId: 42, usedPassword: false });
    expect(outcome.ok && outcome.session.versionNumber).toBe(180_004);
    expect(outcome.ok && (await types(outcome.session))).toEqual(['columns', 'rows', 'complete', 'ready']);
    expect(outcome.ok && outcome.session.status).toBe('transaction');
  });

  const refusals: readonly (readonly [string, readonly Buffer[], string | undefined, RegExp])[] = [
    [
      'an error',
      [errorResponse({ S: 'FATAL', C: '3D000', M: 'database "d" does not exist' })],
      undefined,
      /^FATAL: {2}database "d" does not exist$/,
    ],
    ['rows instead of a login', [rowDescription('a')], undefined, /expected authentication request/],
    ['HTTP', [Buffer.from('HTTP/1.1 400 Bad Request\r\n')], undefined, /lost synchronization|expected authentication/],
    ['a password wanted', [message('R', int32(3))], undefined, /^fe_sendauth: no password supplied$/],
    ['an unknown method', [message('R', int32(99))], 'secret', /^authentication method 99 not supported$/],
    ['GSSAPI', [message('R', int32(7))], 'secret', /^GSSAPI authentication not supported$/],
    ['SASL without a mechanism we have', [message('R', int32(10), text('OTHER'), Buffer.of(0))], 'secret', /SCRAM-SHA-256/],
    [
      'SCRAM that lies about the nonce',
      [message('R', int32(10), text('SCRAM-SHA-256'), Buffer.of(0)), message('R', int32(11), Buffer.from('r=lie,s=AAAA,i=4096'))],
      'secret',
      /nonce/,
    ],
    [
      'SCRAM that asks for hours of work',
      [message('R', int32(10), text('SCRAM-SHA-256'), Buffer.of(0)), message('R', int32(11), Buffer.from('r=lie,s=AAAA,i=999999999'))],
      'secret',
      /nonce|iteration/,
    ],
    [
      'SCRAM broken off',
      [message('R', int32(10), text('SCRAM-SHA-256'), Buffer.of(0)), message('R', int32(0))],
      'secret',
      /unexpected message/,
    ],
    ['columns after the login', [Buffer.concat([authenticationOk, rowDescription('a')])], undefined, /unexpected message/],
    ['a length that lies', [lying('R', 1_000_000)], undefined, /lost synchronization/],
  ];

  test.each(refusals)('refused: %s', async (_, answers, password, reason) => {
    const { stream } = scripted(...answers);
    const outcome = await open(stream, password);
    expect(outcome.ok).toBe(false);
    expect(outcome.ok ? '' : outcome.text).toMatch(reason);
    expect(stream.destroyed).toBe(true);
  });

  test('warnings while it starts are told with the first answer, or to the first who listens', async () => {
    const warning = errorResponse({ S: 'WARNING', M: 'collation version mismatch' }, 'N');
    const warned = Buffer.concat([authenticationOk, warning, readyForQuery()]);
    const first = await open(scripted(warned, readyForQuery()).stream);
    expect(first.ok && (await types(first.session))).toEqual(['notice', 'ready']);
    const second = await open(scripted(warned, readyForQuery()).stream);
    const heard: string[] = [];
    if (second.ok) second.session.onIdleEvent((event) => heard.push(event.type));
    expect(heard).toEqual(['notice']);
    expect(second.ok && (await types(second.session))).toEqual(['ready']);
  });

  test.each([
    ['parameters', parameterStatus('x', 'y')],
    ['warnings', errorResponse({ S: 'WARNING', M: 'again' }, 'N')],
  ])('%s without end are refused', async (_, repeated) => {
    const different = Array.from({ length: 5000 }, (_value, index) => (repeated[0] === 0x53 ? parameterStatus(`p${index}`, '') : repeated));
    const outcome = await open(scripted(Buffer.concat([authenticationOk, ...different])).stream);
    expect(outcome).toMatchObject({ ok: false, text: 'unexpected message from server during startup' });
  });

  test('a stream that ends', async () => {
    const { stream } = scripted(authenticationOk);
    const outcome = open(stream);
    stream.push(null);
    expect(await outcome).toMatchObject({ ok: false, text: expect.stringContaining('server closed the connection unexpectedly') });
  });

  test('a stream that is already gone', async () => {
    const { stream } = scripted();
    stream.destroy();
    expect(await open(stream)).toMatchObject({ ok: false, text: expect.stringContaining('server closed the connection unexpectedly') });
  });

  test('clear text and MD5 passwords are sent as asked', async () => {
    const clear = scripted(message('R', int32(3)), welcome);
    expect((await open(clear.stream, 'secret')).ok).toBe(true);
    expect(clear.received[1]?.toString()).toBe('p\0\0\0\x0bsecret\0');
    const md5 = scripted(message('R', int32(5), Buffer.from('salt')), welcome);
    expect((await open(md5.stream, 'secret')).ok).toBe(true);
    // "md5" + md5(md5(password + user) + salt)
    expect(md5.received[1]?.toString()).toMatch(/^p\0\0\0\x28md5[0-9a-f]{32}\0$/);
  });
});

describe('a server that breaks the rules ends the session', () => {
  test.each([
    ['a second ready', Buffer.concat([readyForQuery(), readyForQuery()])],
    ['rows after ready', Buffer.concat([readyForQuery(), rowDescription('a')])],
    ['a login after ready', Buffer.concat([readyForQuery(), authenticationOk])],
  ])('%s', async (_, answer) => {
    const session = await opened(answer);
    expect(await types(session)).toEqual(['ready']);
    await expect.poll(() => session.status).toBeUndefined();
    expect((await types(session)).at(-1)).toMatch(/^lost: protocol error/);
  });

  test.each([
    ['a login in an answer', authenticationOk],
    ['a key in an answer', backendKeyData],
  ])('%s', async (_, answer) => {
    const session = await opened(answer);
    expect((await types(session)).at(-1)).toMatch(/^lost: protocol error/);
    expect(session.isBusy).toBe(false);
  });

  test('a storm of parameters', async () => {
    const storm = Array.from({ length: 5000 }, (_, index) => parameterStatus(`p${index}`, 'x'));
    const session = await opened(Buffer.concat(storm));
    expect((await types(session)).at(-1)).toMatch(/^lost: protocol error/);
    expect(session.parameters.size).toBeLessThanOrEqual(1000);
  });

  test('garbage in the middle of a result keeps what came before', async () => {
    const session = await opened(Buffer.concat([rowDescription('a'), dataRow('1'), lying('D', 2)]));
    expect(await types(session)).toEqual(['columns', 'rows', 'lost: lost synchronization with server: got message type "D", length 2']);
  });
});

test('a lost stream is told once, with its reason, and only that from then on', async () => {
  const { stream } = scripted(welcome);
  const outcome = await open(stream);
  if (!outcome.ok) throw new Error(outcome.text);
  const running = types(outcome.session);
  stream.destroy(Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT' }));
  expect(await running).toEqual(['lost: could not receive data from server: read ETIMEDOUT']);
  expect(await types(outcome.session)).toEqual(['lost: could not receive data from server: read ETIMEDOUT']);
  await outcome.session.close();
});

describe('a cancel names no statement', () => {
  const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  test('the next one is not sent before the server has let go of it', async () => {
    const { stream, received } = scripted(welcome, readyForQuery(), readyForQuery());
    const asked = Promise.withResolvers<{ readonly ok: true }>();
    const outcome = await openSessionOver(stream, startup, { info, cancel: () => asked.promise });
    if (!outcome.ok) throw new Error(outcome.text);
    const { session } = outcome;
    const first = types(session);
    const cancel = session.cancel();
    await first;
    const second = types(session);
    await sleep(20);
    expect([received.length, session.isBusy]).toEqual([2, true]);
    asked.resolve({ ok: true });
    expect(await cancel).toEqual({ ok: true });
    expect(await second).toEqual(['ready']);
    expect([received.length, session.isBusy]).toEqual([3, false]);
  });

  test('asked for while one waits, it is asked again when that one is sent', async () => {
    const { stream, received } = scripted(welcome, readyForQuery(), readyForQuery());
    const waiting: ((outcome: { readonly ok: true }) => void)[] = [];
    const cancel = () => new Promise<{ readonly ok: true }>((resolve) => waiting.push(resolve));
    const outcome = await openSessionOver(stream, startup, { info, cancel });
    if (!outcome.ok) throw new Error(outcome.text);
    const { session } = outcome;
    const first = types(session);
    void session.cancel();
    await first;
    const second = types(session);
    void session.cancel();
    for (const resolve of waiting.splice(0)) resolve({ ok: true });
    expect(await second).toEqual(['ready']);
    expect([received.length, waiting.length]).toEqual([3, 1]);
  });
});

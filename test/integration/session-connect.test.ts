import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/server/open-session.ts';
import { processInput } from '../../src/server/resolve-process.ts';
import { resolveTarget } from '../../src/server/resolve-target.ts';
import type { ConnectOutcome } from '../../src/server/session.ts';
import type { ConnectionTarget } from '../../src/server/target.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { oracle } from '../support/oracle.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const hba = `
hostssl tlsonly all 127.0.0.1/32 trust
hostnossl plainonly all 127.0.0.1/32 trust
host all scram 127.0.0.1/32 scram-sha-256
host all md5 127.0.0.1/32 md5
host all clear 127.0.0.1/32 password
host all postgres 127.0.0.1/32 trust
local all all trust
`;

let server: NativeServer;
let folder: string;

/** A certificate authority and a certificate for "localhost" signed by it. */
function makeCertificates(): void {
  const openssl = (...args: string[]) => {
    const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
  };
  const newKey = ['req', '-newkey', 'rsa:2048', '-nodes'];
  openssl(...newKey, '-x509', '-days', '2', '-subj', '/CN=authority', '-keyout', 'ca.key', '-out', 'ca.crt');
  openssl(...newKey, '-x509', '-days', '2', '-subj', '/CN=other', '-keyout', 'other.key', '-out', 'other.crt');
  openssl(...newKey, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
  openssl('x509', '-req', '-days', '2', '-in', 'server.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'server.crt');
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'howdah-tls-'));
  chmodSync(folder, 0o755);
  const settings: string[] = [];
  writeFileSync(join(folder, 'hba.conf'), hba);
  if (hasOpenssl) {
    makeCertificates();
    chmodSync(join(folder, 'server.key'), 0o600);
    if (process.getuid?.() === 0) chownSync(join(folder, 'server.key'), 65534, 65534);
    settings.push('ssl=on', `ssl_cert_file=${folder}/server.crt`, `ssl_key_file=${folder}/server.key`);
  }
  server = await startNativeServer({ settings: [...settings, `hba_file=${folder}/hba.conf`] });
  const admin = await openTestSession(target({ sslMode: 'disable' }));
  for (const sql of [
    'create database tlsonly',
    'create database plainonly',
    `create role scram login password 'pässwörd'`,
    `create role clear login password 'secret'`,
    `set password_encryption = 'md5'`,
    `create role md5 login password 'secret'`,
  ]) {
    expect((await run(admin, sql)).at(-1)).toBe('ready idle');
  }
  await admin.close();
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function target(changes: Partial<ConnectionTarget> = {}): ConnectionTarget {
  const { host, port, user, database } = server;
  return { hosts: [{ host, port }], user, database, sslMode: 'prefer', startupParameters: {}, keepalives: true, ...changes };
}

/** Connected by name, so that the certificate can be compared. */
function byName(changes: Partial<ConnectionTarget> = {}): ConnectionTarget {
  return target({ hosts: [{ host: 'localhost', address: '127.0.0.1', port: server.port }], ...changes });
}

async function connect(where: ConnectionTarget, askPassword?: (prompt: string) => Promise<string | undefined>): Promise<ConnectOutcome> {
  const outcome = await openSession(where, { programName: 'test', ...(askPassword && { askPassword }) });
  if (outcome.ok) await outcome.session.close();
  return outcome;
}

/** What came of it, short: the security of a session, or the failure. */
async function told(where: ConnectionTarget): Promise<string> {
  const outcome = await connect(where);
  return outcome.ok ? outcome.session.info.security : `${outcome.kind}: ${outcome.text}`;
}

function at(reason: string): string {
  return `connection to server at "127.0.0.1", port ${server.port} failed: ${reason}`;
}

describe.skipIf(!hasOpenssl)('TLS (skipped where openssl is missing)', () => {
  test.each([
    ['disable', 'plain'],
    ['allow', 'plain'],
    ['prefer', 'encrypted'],
    ['require', 'encrypted'],
  ] as const)('sslmode=%s gives %s', async (sslMode, security) => {
    expect(await told(target({ sslMode }))).toBe(security);
  });

  test('the facts of the encryption, and a whole session over it', async () => {
    const session = await openTestSession(target());
    expect(session.info.tls).toEqual({ protocol: 'TLSv1.3', cipher: expect.stringMatching(/^TLS_/) });
    expect(await run(session, `select sum(length(repeat('x', i))) from generate_series(1, 5000) i`)).toContain('rows 12502500');
    let bytes = 0;
    for await (const event of session.run({ sql: `select repeat('x', 10000) from generate_series(1, 2000)` })) {
      if (event.type === 'rows') bytes += event.batch.rowCount * 10_000;
    }
    expect(bytes).toBe(20_000_000);
    await session.close();
  });

  test('a cancel goes through TLS too', async () => {
    const session = await openTestSession(target({ database: 'tlsonly', sslMode: 'require' }));
    const cancelling = new Promise((resolve) => setTimeout(resolve, 100)).then(() => session.cancel());
    expect(await run(session, 'select pg_sleep(30)')).toContain('error 57014 canceling statement due to user request');
    expect(await cancelling).toEqual({ ok: true });
    await session.close();
  });

  test('direct negotiation (PostgreSQL 17 and newer)', async () => {
    expect(await told(target({ sslMode: 'require', sslNegotiation: 'direct' }))).toBe('encrypted');
  });

  test('verify-ca and verify-full', async () => {
    const sslRootCert = join(folder, 'ca.crt');
    expect(await told(target({ sslMode: 'verify-ca', sslRootCert }))).toBe('verified-ca');
    expect(await told(byName({ sslMode: 'verify-full', sslRootCert }))).toBe('verified-full');
    expect(await told(target({ sslMode: 'verify-full', sslRootCert }))).toBe(
      `tls: ${at('server certificate for "localhost" does not match host name "127.0.0.1"')}`,
    );
    expect(await told(byName({ sslMode: 'verify-ca', sslRootCert: join(folder, 'other.crt') }))).toBe(
      `tls: ${at('SSL error: certificate verify failed')}`,
    );
    expect(await told(byName({ sslMode: 'verify-full', sslRootCert: '/nowhere/root.crt' }))).toMatch(
      /^tls: .*root certificate file "\/nowhere\/root.crt" does not exist/,
    );
  });

  test('prefer goes on without where the server lets nobody in with it, and allow the other way round', async () => {
    expect(await told(target({ database: 'plainonly', user: 'nobody_else' }))).toContain('SSL encryption');
    expect(await told(target({ sslMode: 'allow', user: 'x', database: 'tlsonly' }))).toMatch(/role "x" does not exist/);
    const both = await told(target({ user: 'unknown', database: 'nosuch' }));
    expect(both.split('\n')).toHaveLength(2);
    expect(both).toContain('SSL encryption');
    expect(both).toContain('no encryption');
  });

  test('SCRAM with channel binding', async () => {
    const scram = { user: 'scram', database: 'postgres', password: 'pässwörd' } as const;
    expect(await told(target({ ...scram, sslMode: 'require', channelBinding: 'require' }))).toBe('encrypted');
    expect(await told(target({ ...scram, sslMode: 'require', channelBinding: 'disable' }))).toBe('encrypted');
    expect(await told(target({ ...scram, sslMode: 'disable', channelBinding: 'require' }))).toBe(
      `server: ${at('channel binding required, but SSL not in use')}`,
    );
    expect(await told(target({ channelBinding: 'require', sslMode: 'require' }))).toContain('channel binding required');
  });
});

describe('passwords', () => {
  test.each([
    ['scram', 'pässwörd'],
    ['md5', 'secret'],
    ['clear', 'secret'],
  ])('%s', async (user, password) => {
    const outcome = await connect(target({ user, password, sslMode: 'disable' }));
    expect(outcome.ok && outcome.session.info.usedPassword).toBe(true);
  });

  test('asked for only when the server wants one, once, as psql asks', async () => {
    const prompts: string[] = [];
    const ask = (answer: string | undefined) => async (prompt: string) => {
      prompts.push(prompt);
      return answer;
    };
    expect((await connect(target(), ask('x'))).ok).toBe(true);
    expect(prompts).toEqual([]);
    expect((await connect(target({ user: 'md5' }), ask('secret'))).ok).toBe(true);
    expect(prompts).toEqual(['Password for user md5: ']);
    expect(await connect(target({ user: 'md5', sslMode: 'disable' }), ask('wrong'))).toMatchObject({
      kind: 'server',
      error: { code: '28P01' },
      text: at('FATAL:  password authentication failed for user "md5"'),
    });
    expect(prompts).toHaveLength(2);
    expect(await connect(target({ user: 'md5' }), ask(undefined))).toMatchObject({
      kind: 'password-needed',
      text: at('fe_sendauth: no password supplied'),
    });
  });

  test('from the password file, which a wrong one names', async () => {
    const passfile = join(folder, 'pgpass');
    writeFileSync(passfile, `127.0.0.1:*:*:md5:secret\n127.0.0.1:*:*:scram:wrong\n`, { mode: 0o600 });
    expect(await told(target({ user: 'md5', passfile, sslMode: 'disable' }))).toBe('plain');
    expect(await told(target({ user: 'scram', passfile, sslMode: 'disable' }))).toBe(
      `server: ${at('FATAL:  password authentication failed for user "scram"')}\npassword retrieved from file "${passfile}"`,
    );
  });
});

describe.skipIf(oracle === undefined || !hasOpenssl)('the sentences are those of psql (skipped where psql or openssl is missing)', () => {
  test.each([
    'user=scram password=wrong',
    'user=scram password=wrong sslmode=allow',
    'user=scram password=wrong sslmode=require',
    'user=scram password=wrong sslmode=disable channel_binding=require',
    'user=scram',
    'user=unknown',
    'user=unknown sslmode=allow',
    'user=unknown dbname=plainonly',
    'user=postgres dbname=nosuch',
    'user=postgres sslmode=verify-full sslrootcert=/nowhere/root.crt',
    'user=postgres sslmode=verify-full sslrootcert=FOLDER/ca.crt',
    'user=postgres sslmode=verify-ca sslrootcert=FOLDER/other.crt',
    'user=postgres target_session_attrs=standby',
    'user=postgres target_session_attrs=read-only',
    'user=postgres host=localhost dbname=nosuch',
    'user=postgres host=localhost,127.0.0.1 port=1,PORT dbname=nosuch',
    'user=postgres port=1',
    'user=postgres host=/nowhere',
    'user=postgres host=no-such-host.invalid',
  ])('%s', async (words) => {
    const text = `host=127.0.0.1 port=PORT dbname=postgres ${words}`.replaceAll('PORT', String(server.port)).replaceAll('FOLDER', folder);
    const psql = spawnSync(oracle?.psql ?? '', ['-X', '-w', '-c', 'select 1', text], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder },
    });
    const resolved = resolveTarget({ ...processInput({ database: text }, 'psql'), environment: {}, home: folder });
    const outcome = resolved.ok ? await connect(resolved.target) : { ok: false, text: resolved.text };
    expect(outcome.ok ? '' : outcome.text).toBe(psql.stderr.replace(/^psql: error: /, '').trimEnd());
  });
});

describe('hosts', () => {
  test('a Unix socket', async () => {
    expect(await told(target({ hosts: [{ host: server.socketFolder, port: server.port }], sslMode: 'require' }))).toBe('socket');
  });

  test('no socket, no listener, no such name: libpq sentences, and the next host is tried', async () => {
    const dead = { host: '127.0.0.1', port: 1 };
    const noSocket = { host: '/nowhere', port: 5432 };
    const noName = { host: 'no-such-host.invalid', port: 5432 };
    const text = await told(target({ hosts: [dead, noSocket, noName] }));
    const lines = text.split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'unknown-host: connection to server at "127.0.0.1", port 1 failed: Connection refused',
      '\tIs the server running on that host and accepting TCP/IP connections?',
      'connection to server on socket "/nowhere/.s.PGSQL.5432" failed: No such file or directory',
      '\tIs the server running locally and accepting connections on that socket?',
    ]);
    expect(lines[4]).toMatch(/^could not translate host name "no-such-host.invalid" to address: /);
    const [alive] = target().hosts;
    expect(await told(target({ hosts: [dead, noSocket, ...(alive === undefined ? [] : [alive])], sslMode: 'disable' }))).toBe('plain');
  });

  test('a server that answered and refused is the last one tried', async () => {
    const dead = { host: '127.0.0.1', port: 1 };
    const text = await told(target({ hosts: [...target().hosts, dead], database: 'nosuch', sslMode: 'disable' }));
    expect(text).toBe(`server: ${at('FATAL:  database "nosuch" does not exist')}`);
  });

  test('target_session_attrs', async () => {
    expect(await told(target({ targetSessionAttrs: 'read-write', sslMode: 'disable' }))).toBe('plain');
    expect(await told(target({ targetSessionAttrs: 'primary', sslMode: 'disable' }))).toBe('plain');
    expect(await told(target({ targetSessionAttrs: 'prefer-standby', sslMode: 'disable' }))).toBe('plain');
    expect(await told(target({ targetSessionAttrs: 'standby' }))).toBe(`server: ${at('server is not in hot standby mode')}`);
    expect(await told(target({ targetSessionAttrs: 'read-only' }))).toBe(`server: ${at('session is not read-only')}`);
  });

  test('settings of the start-up packet, and application_name', async () => {
    const session = await openTestSession(target({ startupParameters: { options: '-c work_mem=12345', TimeZone: 'Asia/Tokyo' } }));
    expect(await run(session, 'show work_mem')).toContain('rows 12345kB');
    expect(session.parameters.get('TimeZone')).toBe('Asia/Tokyo');
    expect(session.parameters.get('application_name')).toBe('howdah-test');
    await session.close();
  });
});

describe('servers that are none', () => {
  const listeners: Server[] = [];

  afterAll(() => {
    for (const listener of listeners) listener.close();
  });

  /** A listener that answers the first bytes of a client with its own. */
  async function impostor(answer: string | undefined, thenEnds = false): Promise<ConnectionTarget> {
    const listener = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        if (answer !== undefined) socket.write(answer, 'latin1');
        if (thenEnds) socket.end();
      });
    });
    listeners.push(listener);
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { ...testTarget(), hosts: [{ host: '127.0.0.1', port }], sslMode: 'require' };
  }

  test('silent: connect_timeout', async () => {
    const started = Date.now();
    const silent = await impostor(undefined);
    expect(await told({ ...silent, connectTimeout: 1 })).toMatch(/^timeout: .* failed: timeout expired$/);
    expect(await told({ ...silent, sslMode: 'disable', connectTimeout: 2 })).toMatch(/^timeout: .* failed: timeout expired$/);
    expect(Date.now() - started).toBeGreaterThan(3500);
  });

  test('given up by the user', async () => {
    const silent = await impostor(undefined);
    const outcome = await openSession(silent, { programName: 'test', signal: AbortSignal.timeout(100) });
    expect(outcome).toMatchObject({ ok: false, text: expect.stringContaining('cancelled') });
  });

  test('bytes before TLS begins are refused', async () => {
    expect(await told(await impostor('Sinjected'))).toMatch(/received unencrypted data after SSL response$/);
  });

  test('no TLS, where it was required', async () => {
    expect(await told(await impostor('N'))).toMatch(/^tls: .*server does not support SSL, but SSL was required$/);
  });

  test('something else', async () => {
    expect(await told(await impostor('H'))).toMatch(/received invalid response to SSL negotiation: H$/);
    expect(await told({ ...(await impostor('HTTP/1.1 400 Bad Request\r\n\r\n')), sslMode: 'disable' })).toMatch(/^server: .*failed: /);
    expect(await told({ ...(await impostor('', true)), sslMode: 'disable' })).toMatch(/server closed the connection unexpectedly/);
    expect(await told(await impostor('', true))).toMatch(/failed: /);
    expect(await told(await impostor('S', true))).toMatch(/^tls: .*SSL SYSCALL error: EOF detected$/);
  });
});

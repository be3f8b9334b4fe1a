import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectionFailed, joinFailures, socketFailure } from '../../../src/server/connect-messages.ts';
import { formatConninfo, parseConninfo } from '../../../src/server/conninfo.ts';
import { encryptionAttempts } from '../../../src/server/encryption-attempts.ts';
import { findPassword, lookupPassword } from '../../../src/server/passfile.ts';
import { resolveTarget, type TargetInput } from '../../../src/server/resolve-target.ts';
import { tlsOptions } from '../../../src/server/tls-options.ts';
import { recordedConnections } from './psql-connection-texts.ts';

const serviceFile = '[a]\nhost=127.0.0.1\nport=1\nport=2\n  [b]  \nfoo=1\n[c]\nservice=a\n';

function input(change: Partial<TargetInput> = {}): TargetInput {
  return {
    options: {},
    environment: {},
    home: '/home/u',
    userName: 'root',
    programName: 'psql',
    exists: (path) => path === '/var/run/postgresql' || path === '/tmp',
    readTextFile: () => undefined,
    statFile: () => undefined,
    ...change,
  };
}

function target(database: string, environment: Record<string, string> = {}) {
  const resolved = resolveTarget(input({ options: { database }, environment }));
  if (!resolved.ok) throw new Error(resolved.text);
  return resolved.target;
}

function refusal(database: string, environment: Record<string, string> = {}): string {
  const resolved = resolveTarget(input({ options: { database }, environment }));
  return resolved.ok ? 'accepted' : resolved.text;
}

// psql prints a port as it was written; the resolver knows numbers.
const plainPorts = (text: string) => text.replace(/, port +0*(\d+) *failed/g, ', port $1 failed');

describe('what psql printed', () => {
  test.each(recordedConnections)('%j %j %j', (text, options, environment, printed) => {
    const resolved = resolveTarget(
      input({
        options: { ...options, database: text },
        environment: { ...environment, PGSERVICEFILE: '/home/u/svc' },
        readTextFile: (path) => (path === '/home/u/svc' ? serviceFile : undefined),
      }),
    );
    const got = resolved.ok
      ? joinFailures(
          resolved.target.hosts.map((host) => {
            const code = host.address === undefined && host.host.startsWith('/') ? 'ENOENT' : 'ECONNREFUSED';
            return connectionFailed(host, '', socketFailure(host, Object.assign(new Error(code), { code })));
          }),
        )
      : resolved.text;
    expect(plainPorts(got)).toBe(plainPorts(printed));
  });
});

test('everything of a URI arrives', () => {
  expect(
    target('postgresql://u:p%40@h,[::1]:44/d%20b?sslmode=verify-full&connect_timeout=1&application_name=x&options=-c%20a%3Db'),
  ).toEqual({
    hosts: [
      { host: 'h', port: 5432 },
      { host: '::1', port: 44 },
    ],
    user: 'u',
    password: 'p@',
    database: 'd b',
    passfile: '/home/u/.pgpass',
    sslMode: 'verify-full',
    certificateFolder: '/home/u/.postgresql',
    connectTimeout: 2,
    keepalives: true,
    startupParameters: { application_name: 'x', options: '-c a=b' },
  });
});

test('defaults: the account, its database, the socket folder, the program', () => {
  const plain = target('');
  expect(plain).toMatchObject({ user: 'root', database: 'root', sslMode: 'prefer', startupParameters: { application_name: 'psql' } });
  expect(plain.hosts).toEqual([{ host: '/var/run/postgresql', port: 5432 }]);
});

test.each([
  [
    { PGTZ: 'UTC', PGDATESTYLE: 'ISO, DMY', PGGEQO: 'off' },
    { timezone: 'UTC', datestyle: 'ISO, DMY', geqo: 'off' },
  ],
  [{ PGTZ: 'default', PGDATESTYLE: 'DEFAULT' }, {}],
  [{ PGTZ: '' }, { timezone: '' }],
  [
    { PGOPTIONS: '-c x=1', PGCLIENTENCODING: 'latin1' },
    { options: '-c x=1', client_encoding: 'latin1' },
  ],
  [{ PGCLIENTENCODING: 'auto' }, { client_encoding: 'UTF8' }],
  [{ PGAPPNAME: 'app' }, { application_name: 'app' }],
])('startup parameters of %j', (environment, expected) => {
  expect(target('x', environment as Record<string, string>).startupParameters).toEqual({ application_name: 'psql', ...expected });
});

test.each([
  ['requirepeer=postgres', 'requirepeer parameter is not supported on this platform'],
  ['require_auth=scram-sha-256', 'connection option "require_auth" is not supported: leave it out, or demand channel_binding=require'],
  ['gssencmode=require', 'gssencmode value "require" invalid when GSSAPI support is not compiled in'],
  ['sslrootcert=system sslmode=require', 'weak sslmode "require" may not be used with sslrootcert=system (use "verify-full")'],
  [
    'sslnegotiation=direct',
    'weak sslmode "prefer" may not be used with sslnegotiation=direct (use "require", "verify-ca", or "verify-full")',
  ],
])('%s is refused', (text, sentence) => {
  expect(refusal(text)).toBe(sentence);
});

test('sslrootcert=system alone means verify-full', () => {
  expect(target('sslrootcert=system host=h').sslMode).toBe('verify-full');
});

test('a key=value string is read back as it was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (user, dbname) => {
      const values = new Map([
        ['user', user],
        ['dbname', dbname],
      ]);
      expect(parseConninfo(formatConninfo(values))).toEqual({ ok: true, values });
    }),
  );
});

test.each([
  ['h:5432:d:u:secret', 'secret'],
  ['*:*:*:*:any', 'any'],
  ['h:5432:d:other:no\nh:*:d:u:second', 'second'],
  ['#h:5432:d:u:no', undefined],
  ['h:5432:d:u:a\\:b\\\\c', 'a:b\\c'],
  ['h:5432:d:u:a:b', 'a'],
  ['h:5432:d:u', undefined],
  ['h:5432:d:u:crlf\r', 'crlf'],
  ['hh:5432:d:u:no', undefined],
])('password file %j', (text, password) => {
  expect(findPassword(text, ['h', '5432', 'd', 'u'])).toBe(password);
});

test('a password file that others may read is not used', () => {
  const found = { readTextFile: () => 'localhost:*:*:*:secret' };
  const { hosts, ...rest } = target('');
  const host = hosts[0] ?? { host: '', port: 0 };
  const lookup = (mode: number, isFile = true) =>
    lookupPassword({ hosts, ...rest }, host, { ...found, statFile: () => ({ isFile, mode }) });
  expect(lookup(0o600)).toEqual({ password: 'secret' });
  expect(lookup(0o640).warning).toBe(
    'WARNING: password file "/home/u/.pgpass" has group or world access; permissions should be u=rw (0600) or less',
  );
  expect(lookup(0o600, false).warning).toBe('WARNING: password file "/home/u/.pgpass" is not a plain file');
});

test.each([
  ['disable', false, ['plain']],
  ['allow', false, ['plain', 'tls']],
  ['prefer', false, ['tls', 'plain']],
  ['require', false, ['tls']],
  ['verify-full', false, ['tls']],
  ['require', true, ['plain']],
] as const)('sslmode=%s, socket %s', (mode, onSocket, attempts) => {
  expect(encryptionAttempts(mode, onSocket)).toEqual(attempts);
});

test('a root certificate that is there is always used; verify-full needs one', () => {
  const at = (text: string, files: Record<string, string>) => {
    const to = target(text);
    const read = (path: string) => (files[path] === undefined ? undefined : Buffer.from(files[path]));
    return tlsOptions(to, to.hosts[0] ?? { host: '', port: 0 }, read, (path) =>
      path in files ? { isFile: true, mode: 0o644, uid: 1 } : undefined,
    );
  };
  const root = { '/home/u/.postgresql/root.crt': 'PEM' };
  expect(at('host=h sslmode=require', {})).toMatchObject({ verifies: 'nothing', options: { rejectUnauthorized: false, servername: 'h' } });
  expect(at('host=h sslmode=require', root)).toMatchObject({ verifies: 'ca', options: { rejectUnauthorized: true } });
  expect(at('host=h sslmode=verify-full', root)).toMatchObject({ verifies: 'full' });
  expect(at('host=h sslmode=verify-ca', {})).toEqual({
    ok: false,
    text: 'root certificate file "/home/u/.postgresql/root.crt" does not exist\nEither provide the file or change sslmode to disable server certificate verification.',
  });
  expect(at('host=h sslcert=/c', { '/c': 'PEM' })).toMatchObject({
    ok: false,
    text: 'certificate present, but not private key file "/home/u/.postgresql/postgresql.key"',
  });
  expect(at('host=h sslcert=/c sslkey=/k', { '/c': 'PEM', '/k': 'PEM' })).toMatchObject({
    ok: false,
    text: expect.stringContaining('has group or world access'),
  });
});

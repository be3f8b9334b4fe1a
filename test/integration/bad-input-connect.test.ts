import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asPsql } from '../support/as-psql.ts';
import { type GuardedServer, hasOpenssl, startGuardedServer } from '../support/guarded-server.ts';
import { freshHome } from '../support/home.ts';
import { freePort } from '../support/native-server.ts';
import { testServer } from '../support/server.ts';

// What cannot be connected to: psql's sentence, psql's status 2, and nothing else.

const home = freshHome();
let server: GuardedServer;
let silent: Server;
let silentPort = 0;
let deadPort = 0;

beforeAll(async () => {
  server = await startGuardedServer();
  silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  silentPort = typeof address === 'object' && address !== null ? address.port : 0;
  deadPort = await freePort();
});

afterAll(async () => {
  silent.close();
  await server.stop();
  home.remove();
});

async function refusal(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr, status } = await asPsql(args, { environment: { ...home.environment, ...environment } });
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  return stderr;
}

// Without TLS: else a refusal is told twice, once for each way.
const address = () => `host=${server.host} port=${server.port} dbname=postgres sslmode=disable`;
const at = () => `psql: error: connection to server at "${server.host}", port ${server.port} failed: `;

describe('a server that does not let us in', () => {
  test.each([
    ['a wrong password', 'user=needy', { PGPASSWORD: 'wrong' }, 'FATAL:  password authentication failed for user "needy"'],
    ['no password, and -w', 'user=needy', {}, 'fe_sendauth: no password supplied'],
    ['a role that has expired', 'user=expired', { PGPASSWORD: 'right' }, 'FATAL:  password authentication failed for user "expired"'],
    ['a role that does not exist', 'user=nemo', {}, 'FATAL:  role "nemo" does not exist'],
    ['a role that may not log in', 'user=nologin', {}, 'FATAL:  role "nologin" is not permitted to log in'],
    ['a role with too many connections', 'user=limited', {}, 'FATAL:  too many connections for role "limited"'],
    ['a missing database', 'user=postgres dbname=nemo', {}, 'FATAL:  database "nemo" does not exist'],
    [
      'a database that is closed to the role',
      'user=needy dbname=closed',
      { PGPASSWORD: 'right' },
      'FATAL:  permission denied for database "closed"\nDETAIL:  User does not have CONNECT privilege.',
    ],
    [
      'a setting that the server refuses',
      "user=postgres options='-c work_mem=much'",
      {},
      'FATAL:  invalid value for parameter "work_mem": "much"',
    ],
    [
      'an entry of pg_hba.conf',
      'user=postgres dbname=refused',
      {},
      'FATAL:  pg_hba.conf rejects connection for host "127.0.0.1", user "postgres", database "refused", no encryption',
    ],
  ])('%s', async (_name, conninfo, environment, reason) => {
    expect(await refusal(['-w', `${address()} ${conninfo}`, '-c', 'select 1'], environment)).toBe(`${at()}${reason}\n`);
  });

  test('the right password gets in', async () => {
    const environment = { ...home.environment, PGPASSWORD: 'right' };
    const outcome = await asPsql([`${address()} user=needy`, '-A', '-t', '-c', 'select current_user'], { environment });
    expect(outcome).toEqual({ stdout: 'needy\n', stderr: '', status: 0 });
  });
});

describe('nobody there', () => {
  test('a port where nothing listens', async () => {
    expect(await refusal(['-h', '127.0.0.1', '-p', String(deadPort), '-U', 'x', '-c', 'select 1'])).toBe(
      `psql: error: connection to server at "127.0.0.1", port ${deadPort} failed: Connection refused\n` +
        '\tIs the server running on that host and accepting TCP/IP connections?\n',
    );
  });

  test('no socket', async () => {
    expect(await refusal(['-h', '/nonexistent', '-p', '5432', '-U', 'x', '-c', 'select 1'])).toBe(
      'psql: error: connection to server on socket "/nonexistent/.s.PGSQL.5432" failed: No such file or directory\n' +
        '\tIs the server running locally and accepting connections on that socket?\n',
    );
  });

  test('an unknown host', async () => {
    expect(await refusal(['-h', 'no.such.host.invalid', '-U', 'x', '-c', 'select 1'])).toMatch(
      /^psql: error: could not translate host name "no\.such\.host\.invalid" to address: .+\n$/,
    );
  });

  test('a server that says nothing, for as long as connect_timeout', async () => {
    const start = performance.now();
    expect(await refusal([`host=127.0.0.1 port=${silentPort} user=x connect_timeout=2`, '-c', 'select 1'])).toBe(
      `psql: error: connection to server at "127.0.0.1", port ${silentPort} failed: timeout expired\n`,
    );
    // Twice, where psql is there to be asked too.
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  test('every host of a list is tried and named', async () => {
    const stderr = await refusal(['-h', '127.0.0.1,localhost', '-p', String(deadPort), '-U', 'x', '-c', 'select 1']);
    expect(stderr).toContain('"127.0.0.1", port');
    expect(stderr).toContain('"localhost"');
  });
});

describe('TLS', () => {
  test('required of a server without it', async () => {
    const { host, port, user } = testServer();
    expect(await refusal([`host=${host} port=${port} user=${user} sslmode=require`, '-c', 'select 1'])).toBe(
      `psql: error: connection to server at "${host}", port ${port} failed: server does not support SSL, but SSL was required\n`,
    );
  });

  describe.skipIf(!hasOpenssl)('verified (skipped where openssl is missing)', () => {
    test.each(['verify-ca', 'verify-full'])('%s with another authority', async (mode) => {
      const conninfo = `host=localhost hostaddr=127.0.0.1 port=${server.port} user=postgres dbname=postgres sslmode=${mode}`;
      expect(await refusal([`${conninfo} sslrootcert=${server.otherAuthority}`, '-c', 'select 1'])).toMatch(
        /failed: SSL error: certificate verify failed\n$/,
      );
    });

    test('verify-full with another name', async () => {
      const stderr = await refusal([`${address()} sslmode=verify-full user=postgres sslrootcert=${server.authority}`, '-c', 'select 1']);
      expect(stderr).toContain('server certificate for "localhost" does not match host name "127.0.0.1"');
    });

    test('verify-full with no authority at all', async () => {
      const stderr = await refusal([`${address()} sslmode=verify-full user=postgres`, '-c', 'select 1']);
      expect(stderr).toContain(`root certificate file "${home.folder}/.postgresql/root.crt" does not exist`);
    });

    test('verify-full of the right server gets in', async () => {
      const conninfo = `host=localhost hostaddr=127.0.0.1 port=${server.port} user=postgres dbname=postgres sslmode=verify-full`;
      const outcome = await asPsql([`${conninfo} sslrootcert=${server.authority}`, '-A', '-t', '-c', 'select 1'], {
        environment: home.environment,
      });
      expect(outcome).toEqual({ stdout: '1\n', stderr: '', status: 0 });
    });
  });
});

describe('a connection string that makes no sense is told with its offending part', () => {
  test.each([
    ['postgresql://user@host:port/db', 'invalid integer value "port" for connection option "port"'],
    ['postgresql://user@host:99999/db', 'invalid port number: "99999"'],
    [
      'postgresql://user@[::1/db',
      'end of string reached when looking for matching "]" in IPv6 host address in URI: "postgresql://user@[::1/db"',
    ],
    ['postgresql://user@[]/db', 'IPv6 host address may not be empty in URI: "postgresql://user@[]/db"'],
    ['postgresql://user%zz@host/db', 'invalid percent-encoded token: "user%zz"'],
    ['postgresql://user@host/db?nemo=1', 'invalid URI query parameter: "nemo"'],
    ['postgresql://user@host/db?sslmode', 'missing key/value separator "=" in URI query parameter: "sslmode"'],
    ['postgresql://user@host/db?sslmode=a=b', 'extra key/value separator "=" in URI query parameter: "sslmode"'],
    ['postgresql://user@host/db?sslmode=maybe', 'invalid sslmode value: "maybe"'],
    ['host=x dbname', 'missing "=" after "dbname" in connection info string'],
    ["host='x dbname=y", 'unterminated quoted string in connection info string'],
    ['nemo=1 host=y', 'invalid connection option "nemo"'],
    ['host=a,b,c port=1,2', 'could not match 2 port numbers to 3 hosts'],
    ['host=x target_session_attrs=maybe', 'invalid target_session_attrs value: "maybe"'],
    ['service=nemo', 'definition of service "nemo" not found'],
  ])('%s', async (text, sentence) => {
    expect(await refusal([text, '-c', 'select 1'])).toBe(`psql: error: ${sentence}\n`);
  });

  test('options that are no numbers', async () => {
    expect(await refusal(['-h', '127.0.0.1', '-p', 'abc', '-c', 'select 1'])).toBe(
      'psql: error: invalid integer value "abc" for connection option "port"\n',
    );
    expect(await refusal(['host=127.0.0.1 connect_timeout=abc', '-c', 'select 1'])).toContain(
      'invalid integer value "abc" for connection option "connect_timeout"',
    );
  });

  test('a service file that is missing, and one with a line that is no setting', async () => {
    const missing = join(home.folder, 'no-service.conf');
    expect(await refusal(['service=x', '-c', 'select 1'], { PGSERVICEFILE: missing })).toBe(
      `psql: error: service file "${missing}" not found\n`,
    );
    const broken = join(home.folder, 'service.conf');
    writeFileSync(broken, '[x]\nhost=y\nthis is no setting\n');
    expect(await refusal(['service=x', '-c', 'select 1'], { PGSERVICEFILE: broken })).toBe(
      `psql: error: syntax error in service file "${broken}", line 3\n`,
    );
  });
});

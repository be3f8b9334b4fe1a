import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stackTrace } from '../support/as-psql.ts';
import { freshHome } from '../support/home.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { howdah } from '../support/run.ts';
import { pause } from '../support/terminal.ts';

// The server goes away under batch: psql's sentences, status 2, and not one statement more (held to psql 15 when written).

const home = freshHome();
let server: NativeServer;

beforeAll(async () => {
  server = await startNativeServer();
});
afterAll(async () => {
  await server.stop();
  home.remove();
});

const lost =
  'server closed the connection unexpectedly\n' +
  '\tThis probably means the server terminated abnormally\n' +
  '\tbefore or while processing the request.\n' +
  'connection to server was lost\n';
const terminated = 'FATAL:  terminating connection due to administrator command\n';

/** Ends howdah's backend as soon as it runs something. */
async function terminateBackend(): Promise<void> {
  const admin = new pg.Client({ host: server.host, port: server.port, user: server.user, database: 'postgres', application_name: 'admin' });
  await admin.connect();
  const ask = `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name <> 'admin' and backend_type = 'client backend' and query <> ''`;
  while ((await admin.query(ask)).rowCount === 0) await pause(50);
  await admin.end();
}

test.each([
  ['between statements', ['-c', 'select 1 as first', '-c', '\\! sleep 2', '-c', 'select 2 as never']],
  ['in a transaction', ['-c', 'begin', '-c', 'select pg_sleep(10) as never', '-c', 'select 2 as never']],
  ['in the middle of a result', ['-A', '-t', '-c', 'select pg_sleep(0.01) from generate_series(1, 1000)', '-c', 'select 2 as never']],
  ['with -1', ['-1', '-c', 'create table never (a int)', '-c', '\\! sleep 2', '-c', 'select 2 as never']],
  ['in the middle of COPY', ['-c', '\\copy (select pg_sleep(0.01) from generate_series(1, 1000)) to /dev/null', '-c', 'select 2 as never']],
])('%s', async (_name, args) => {
  const connection = ['-X', '-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
  const [outcome] = await Promise.all([howdah([...connection, ...args], { environment: home.environment }), terminateBackend()]);
  expect({ stderr: outcome.stderr, status: outcome.status }).toEqual({ stderr: terminated + lost, status: 2 });
  expect(outcome.stdout).not.toContain('never');
  expect(outcome.stdout).not.toMatch(stackTrace);
});

test('the whole server killed', async () => {
  const connection = ['-X', '-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
  const running = howdah([...connection, '-c', 'select pg_sleep(2) as never', '-c', 'select 2 as never'], {
    environment: home.environment,
  });
  await pause(700);
  await server.stop();
  const { stdout, stderr, status } = await running;
  expect(stderr).toContain(lost);
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
});

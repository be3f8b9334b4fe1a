import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { oracle, whyNoOracle } from '../support/oracle.ts';
import { type Outcome, run } from '../support/run.ts';
import { ownNode, program } from '../support/terminal.ts';

const script = resolve(import.meta.dirname, 'psql-agreement/script.sql');
const stopping = resolve(import.meta.dirname, 'psql-agreement/stopping.sql');

let server: NativeServer;
let folder: string;

const commandLines: readonly (readonly string[])[] = [
  ['-c', 'select 1'],
  ['-c', 'select 1/0'],
  ['-c', 'select 1; select 1/0; select 2'],
  ['-c', 'select 1', '-c', '\\echo two', '-c', 'select 1/0', '-c', 'select 3'],
  ['-c', 'select 1/0', '-c', 'select 3'],
  ['-v', 'ON_ERROR_STOP=1', '-c', 'select 1/0', '-c', 'select 3'],
  ['-1', '-c', 'create temp table kept (a int)', '-c', 'insert into kept values (1)', '-c', 'table kept'],
  ['-1', '-v', 'ON_ERROR_STOP=1', '-c', 'create table never (a int)', '-c', 'select 1/0'],
  ['-c', 'table never'],
  ['-c', '\\bogus'],
  ['-c', '\\conninfo'],
  ['-f', '/nonexistent/file.sql'],
  ['-f', stopping],
  ['-a', '-f', stopping],
  ['-e', '-f', stopping],
  ['-b', '-f', stopping],
  ['-q', '-f', stopping],
  ['-A', '-t', '-F', ',', '-c', 'select 1, 2'],
  ['-A', '-R', ';', '-c', 'values (1), (2)'],
  ['-A', '-z', '-0', '-c', "values (1, 'x')"],
  ['-x', '-c', 'select 1 as one, 2 as two'],
  ['--csv', '-c', `select 'a,b' as "x", 'q"q' as y`],
  ['-P', 'border=2', '-P', 'null=-', '-c', 'select null as n'],
  ['-P', 'format=unknown', '-c', 'select 1'],
  ['-v', 'FETCH_COUNT=x', '-c', 'select 1'],
  ['-v', 'name=value', '-c', '\\echo :name'],
  ['-E', '-c', '\\dn'],
  ['-l', '-A', '-t'],
  ['-H', '-c', "select '<b>' as html"],
  ['--echo-qu', '-c', 'select 1'],
  ['--tuples-only', '--no-align', '--command=select 5'],
  ['-tAc', 'select 6'],
  ['-d', 'nonexistent', '-c', 'select 1'],
  ['-p', '1', '-c', 'select 1'],
  ['postgres', 'postgres', 'extra', '-c', 'select 1'],
];

async function both(args: readonly string[], input = ''): Promise<readonly [psql: Outcome, ours: Outcome]> {
  const environment = {
    PGHOST: server.socketFolder,
    PGPORT: String(server.port),
    PGUSER: server.user,
    PGDATABASE: server.database,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
  const options = { input, environment, folder };
  const psql = await run([oracle?.psql ?? 'psql', '-X', ...args], options);
  return [psql, await run([ownNode, join(folder, 'psql'), '-X', ...args], options)];
}

describe.skipIf(oracle === undefined)(`what psql 15 prints, byte for byte (${oracle === undefined ? whyNoOracle : 'compared'})`, () => {
  beforeAll(async () => {
    if (oracle === undefined) return;
    server = await startNativeServer({ binFolder: oracle.binFolder });
    folder = mkdtempSync(join(tmpdir(), 'howdah-agreement-'));
    // Messages begin with the name that the program is called by.
    symlinkSync(program, join(folder, 'psql'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  test('a script on standard input', async () => {
    const [psql, ours] = await both([], readFileSync(script, 'utf8'));
    expect(ours).toEqual(psql);
  });

  test('the same script from a file', async () => {
    const [psql, ours] = await both(['-f', script]);
    expect(ours).toEqual(psql);
  });

  test('a script that an error stops', async () => {
    const [psql, ours] = await both([], readFileSync(stopping, 'utf8'));
    expect(ours).toEqual(psql);
    expect(ours.status).toBe(3);
  });

  test('a script whose \\if does not end', async () => {
    const [psql, ours] = await both([], '\\if true\nselect 1');
    expect(ours).toEqual(psql);
  });

  test.each(commandLines.map((args) => [args.join(' '), args] as const))('%s', async (_, args) => {
    const [psql, ours] = await both(args);
    expect(ours).toEqual(psql);
  });
});

import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testServer } from '../support/server.ts';
import { describeLines } from './describe/commands.ts';
import { runCommand, serverAnswer } from './describe/fake-context.ts';
import { describedDatabase } from './describe/psql-15.ts';

// What psql 16, 17 and 18 show otherwise than 15, on the server that has it all (describe.c and the release notes of those versions).

const database = 'd';
let client: Client;

beforeAll(async () => {
  client = await describedDatabase(testServer(), database);
});

afterAll(async () => {
  await client.query('DROP SUBSCRIPTION sub_one');
  await client.end();
  const { host, port, user } = testServer();
  const admin = new Client({ host, port, user, database: 'postgres' });
  await admin.connect();
  await admin.query(`DROP DATABASE ${database}`);
  await admin.query('DROP ROLE describe_reader, describe_owner, describe_nobody');
  await admin.end();
});

async function run(line: string, null_ = ''): Promise<string> {
  const { output, complaints } = await runCommand(line, {
    version: 180_000,
    database,
    answer: serverAnswer(client),
    print: { null: null_ },
  });
  return output + complaints;
}

test('every command runs', async () => {
  for (const line of describeLines) {
    await expect(run(line), line).resolves.not.toBe('');
  }
});

test.each([
  ['\\dt shop.toy', 'List of tables'],
  ['\\dE shop.*', 'List of foreign tables'],
  ['\\dts shop.*', 'List of relations'],
  ['\\dt nothing', 'Did not find any tables named "nothing".'],
  ['\\di nothing', 'Did not find any indexes named "nothing".'],
  ['\\dm', 'Did not find any materialized views.'],
  ['\\dit nothing', 'Did not find any relations named "nothing".'],
  ['\\d nothing', 'Did not find any relation named "nothing".'],
])('%s says %s', async (line, text) => {
  expect((await run(line)).split('\n')[0]?.trim()).toBe(text);
});

test.each([
  ['\\l d', ['Name', 'Owner', 'Encoding', 'Locale Provider', 'Collate', 'Ctype', 'Locale', 'ICU Rules', 'Access privileges']],
  ['\\dO shop.*', ['Schema', 'Name', 'Provider', 'Collate', 'Ctype', 'Locale', 'ICU Rules', 'Deterministic?']],
  ['\\du', ['Role name', 'Attributes']],
  ['\\drg', ['Role name', 'Member of', 'Options', 'Grantor']],
  ['\\dx', ['Name', 'Version', 'Default version', 'Schema', 'Description']],
  ['\\do+ shop.*', ['Schema', 'Name', 'Left arg type', 'Right arg type', 'Result type', 'Function', 'Leakproof?', 'Description']],
  ['\\dC+ shop.*', ['Source type', 'Target type', 'Function', 'Implicit?', 'Leakproof?', 'Description']],
  ['\\dAo+ btree shop.*', ['AM', 'Operator family', 'Operator', 'Strategy', 'Purpose', 'Sort opfamily', 'Leakproof?']],
  ['\\dRp', ['Name', 'Owner', 'All tables', 'Inserts', 'Updates', 'Deletes', 'Truncates', 'Generated columns', 'Via root']],
  ['\\dRp+ pub_none', ['Owner', 'All tables', 'Inserts', 'Updates', 'Deletes', 'Truncates', 'Generated columns', 'Via root']],
  ['\\dP+ shop.*', ['Schema', 'Name', 'Owner', 'Type', 'Parent name', 'Table', 'Access method', 'Total size', 'Description']],
  [
    '\\df+ shop.add',
    [
      'Schema',
      'Name',
      'Result data type',
      'Argument data types',
      'Type',
      'Volatility',
      'Parallel',
      'Owner',
      'Security',
      'Leakproof?',
      'Access privileges',
      'Language',
      'Internal name',
      'Description',
    ],
  ],
  [
    '\\dRs+',
    [
      'Name',
      'Owner',
      'Enabled',
      'Publication',
      'Binary',
      'Streaming',
      'Two-phase commit',
      'Disable on error',
      'Origin',
      'Password required',
      'Run as owner?',
      'Failover',
      'Synchronous commit',
      'Conninfo',
      'Skip LSN',
    ],
  ],
])('%s has the columns of psql 18', async (line, headings) => {
  expect(
    (await run(line))
      .split('\n')[1]
      ?.split('|')
      .map((heading) => heading.trim()),
  ).toEqual(headings);
});

test('not-null constraints stand below the publications', async () => {
  const lines = (await run('\\d+ shop.customer')).split('\n');
  const at = lines.indexOf('Not-null constraints:');
  expect(lines.slice(at - 3, at + 4)).toEqual([
    'Publications:',
    '    "pub_all"',
    '    "pub_some" (id, name) WHERE (id > 3)',
    'Not-null constraints:',
    '    "customer_id_not_null" NOT NULL "id"',
    '    "customer_ref_not_null" NOT NULL "ref"',
    '    "customer_name_not_null" NOT NULL "name"',
  ]);
});

test('empty privileges are told from default ones, and NULL is shown as \\pset null says', async () => {
  await client.query('CREATE TABLE public.closed (a integer); REVOKE ALL ON public.closed FROM postgres');
  expect((await run('\\dp public.closed')).split('\n')[3]).toBe(' public | closed | table | (none)            |                   | ');
  expect((await run('\\dp public.lower_one', 'NULL')).split('\n')[3]).toContain('| NULL ');
});

test('x after the first letters expands, but for \\d NAME', async () => {
  expect(await run('\\dtx shop.toy')).toContain('-[ RECORD 1 ]');
  expect(await run('\\dx plpgsql')).not.toContain('RECORD');
  expect(await run('\\dxx plpgsql')).toContain('-[ RECORD 1 ]');
  expect(await run('\\l+x d')).toContain('-[ RECORD 1 ]');
  expect(await run('\\dtx shop.customer nothing')).toContain('-[ RECORD 1 ]');
  expect(await run('\\dSx+ shop.toy')).not.toContain('RECORD');
});

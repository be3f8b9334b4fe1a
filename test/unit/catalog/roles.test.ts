import { expect, test } from 'vitest';
import { describeRoles } from '../../../src/catalog/roles.ts';
import { drive, request, rowsOf } from './drive.ts';

const facts = (flags: string, connections: string, until: string | null) => ['r', ...flags, connections, until];

test.each([
  ['ftfft', 'ff', '-1', null, ''],
  ['ttttt', 'tt', '-1', null, 'Superuser, Create role, Create DB, Replication, Bypass RLS'],
  ['fffff', 'ff', '0', null, 'No inheritance, Cannot login\nNo connections'],
  ['ftfft', 'ff', '1', '2031-01-02', '1 connection\nPassword valid until 2031-01-02'],
  ['ftfft', 'ff', '3', '', '3 connections'],
])('%s%s, %s connections, until %s', (flags, later, connections, until, expected) => {
  const row = [...facts(flags, connections, until), '{a,b}', ...later];
  expect(drive(describeRoles(request()), [rowsOf(row)]).tables[0]?.rows).toEqual([['r', expected, '{a,b}']]);
});

test('from 16 on without memberships', () => {
  const row = [...facts('ftfft', '-1', null), 'words', 'f', 't'];
  const [table] = drive(describeRoles(request({ version: 160_000, isVerbose: true })), [rowsOf(row)]).tables;
  expect(table?.columns.map(({ name }) => name)).toEqual(['Role name', 'Attributes', 'Description']);
  expect(table?.rows).toEqual([['r', 'Bypass RLS', 'words']]);
});

import { expect, test } from 'vitest';
import { commandsMatching, helpOn, listOfCommands, synopsisFor } from '../../../../src/commands/sql-help/help-text.ts';
import type { SqlHelp } from '../../../../src/commands/sql-help/sql-help.ts';

function command(name: string): SqlHelp {
  return { name, description: `describes ${name}`, id: `sql-${name.toLowerCase().replaceAll(' ', '')}`, synopsis: `${name} name` };
}

const table = [
  'ABORT',
  'ALTER TABLE',
  'ALTER TYPE',
  'COMMIT',
  'CREATE TABLE',
  'CREATE TABLE AS',
  'CREATE USER',
  'SELECT',
  'SELECT INTO',
].map(command);

test.each([
  ['SELECT', ['SELECT']],
  ['select', ['SELECT']],
  ['sel', ['SELECT', 'SELECT INTO']],
  ['select foo', ['SELECT', 'SELECT INTO']],
  ['select into foo', ['SELECT INTO']],
  ['alter t', ['ALTER TABLE', 'ALTER TYPE']],
  ['alter table', ['ALTER TABLE']],
  ['alter tab foo bar', ['ALTER TABLE']],
  ['alter nothing', ['ALTER TABLE', 'ALTER TYPE']],
  ['create table foo', ['CREATE TABLE', 'CREATE TABLE AS']],
  ['create table', ['CREATE TABLE']],
  ['alter  table', ['ALTER TABLE', 'ALTER TYPE']],
  ['c', ['COMMIT', 'CREATE TABLE', 'CREATE TABLE AS', 'CREATE USER']],
  ['*', table.map(({ name }) => name)],
  ['*x', []],
  ['selected rows', []],
])('%s finds %j', (topic, names) => {
  expect(commandsMatching(table, topic).map(({ name }) => name)).toEqual(names);
});

test('help on a command', () => {
  expect(helpOn(table, 'abort', 150018)).toBe(`Command:     ABORT
Description: describes ABORT
Syntax:
ABORT name

URL: https://www.postgresql.org/docs/15/sql-abort.html

`);
});

test.each([
  [180001, '18'],
  [100023, '10'],
  [90603, '9.6'],
  [90224, '9.2'],
])('the manual of server %i is %s', (versionNumber, manual) => {
  expect(helpOn(table, 'abort', versionNumber)).toContain(`/docs/${manual}/sql-abort.html\n`);
});

test('help on nothing known', () => {
  expect(helpOn(table, 'zzz yyy', 150018)).toBe('No help available for "zzz yyy".\nTry \\h with no arguments to see available help.\n');
});

test('lines marked for other versions are left out, marks are not shown', () => {
  const synopsis = 'X\n16-     a\n16+     b\n17+   | c\n  | d';
  expect(synopsisFor(synopsis, 15)).toBe('X\n    a\n  | d');
  expect(synopsisFor(synopsis, 16)).toBe('X\n    b\n  | d');
  expect(synopsisFor(synopsis, 18)).toBe('X\n    b\n  | c\n  | d');
});

test('the names stand in columns that fit, filled downwards', () => {
  expect(listOfCommands(table, 40)).toBe(`Available help:
  ABORT           CREATE TABLE AS
  ALTER TABLE     CREATE USER
  ALTER TYPE      SELECT
  COMMIT          SELECT INTO
  CREATE TABLE    
`);
});

test('a narrow terminal has one column', () => {
  expect(listOfCommands(table, 5)).toBe(`Available help:\n${table.map(({ name }) => `  ${name}\n`).join('')}`);
});

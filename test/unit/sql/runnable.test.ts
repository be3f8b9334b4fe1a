import { expect, test } from 'vitest';
import { runnable } from '../../../src/sql/runnable.ts';
import { isCompleteInput } from '../../../src/sql/split.ts';

test.each([
  ['select 1', 'select 1;'],
  ['select 1;', 'select 1;'],
  ['select 1 -- one', 'select 1 -- one\n;'],
  ['select 1 /* ; */  ', 'select 1 /* ; */;'],
  ["select ';'", "select ';';"],
  ['select 1; select 2', 'select 1\\; select 2;'],
  ['select 1;select 2;', 'select 1\\;select 2;'],
  ['-- \\d t\nSELECT 1;', '-- \\d t\nSELECT 1;'],
  ["select $1 \\bind 'a' \\g", "select $1 \\bind 'a' \\g"],
  ['create function f() returns int begin atomic select 1; end', 'create function f() returns int begin atomic select 1; end;'],
  ['do $$ begin null; end $$', 'do $$ begin null; end $$;'],
])('%j is typed as %j', (sent, typed) => {
  expect(runnable(sent)).toBe(typed);
  expect(isCompleteInput(runnable(sent))).toBe(true);
});

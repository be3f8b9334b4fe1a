import { expect, test } from 'vitest';
import { shownStatement } from '../../../src/workbench/shown-statement.ts';

test.each<[string, readonly string[]]>([
  [' select 1;\n', ['select 1;']],
  ['a\nb\nc', ['a', 'b', 'c']],
  ['a\nb\nc\nd\ne', ['a', 'b', 'c', '… 2 more lines']],
  ['x'.repeat(140), ['x'.repeat(140)]],
  ['x'.repeat(9000), [`${'x'.repeat(140)} …`]],
  [`${'x'.repeat(139)}🐘🐘`, [`${'x'.repeat(139)} …`]],
])('of %j are shown', (sql, lines) => {
  expect(shownStatement(sql)).toEqual(lines);
});

import { expect, test } from 'vitest';
import { synopsisFor } from '../../../../src/commands/sql-help/help-text.ts';
import { sqlHelpTable } from '../../../../src/commands/sql-help/sql-help-table.ts';
import { recordedWords } from './recorded-words.ts';
import { synopsisWords } from './synopsis-words.ts';

const majorVersions = [15, 16, 17, 18] as const;
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What is open at the end, or what closes that was not open; '' where all is balanced. */
function unbalanced(text: string): string {
  const open: string[] = [];
  for (const sign of text) {
    const closes = closing[sign];
    if (closes !== undefined) open.push(closes);
    else if (Object.values(closing).includes(sign) && open.pop() !== sign) return sign;
  }
  return open.join('');
}

function synopsisOf(name: string, majorVersion: number): string {
  const command = sqlHelpTable.find((one) => one.name === name);
  return command === undefined ? '' : synopsisFor(command.synopsis, majorVersion);
}

test('the table names what psql names, in its order, with its pages of the manual', () => {
  expect(sqlHelpTable.map(({ name, id }) => [name, id])).toEqual(Object.entries(recordedWords).map(([name, [page]]) => [name, page]));
});

test.each(sqlHelpTable)('$name: brackets close what they open, for every version', ({ synopsis }) => {
  expect(majorVersions.map((version) => unbalanced(synopsisFor(synopsis, version)))).toEqual(majorVersions.map(() => ''));
});

test.each(sqlHelpTable)('$name: no keyword that psql names is missing, for any version', ({ name, synopsis }) => {
  const recorded = recordedWords[name]?.[1].split(' ') ?? [];
  for (const version of majorVersions) {
    const words = synopsisWords(synopsisFor(synopsis, version));
    expect(recorded.filter((word) => !words.has(word))).toEqual([]);
  }
});

test.each(sqlHelpTable)('$name: the text is tidy', ({ name, description, synopsis }) => {
  expect(description).toMatch(/^[a-z].{5,77}[^.\s]$/);
  for (const version of majorVersions) {
    const text = synopsisFor(synopsis, version);
    expect(text).toBe(text.trim());
    expect(text).not.toMatch(/ \n|\t|\n{3}|^\d+[+-]/m);
    expect(text.includes(name.split(' ')[0] ?? name)).toBe(true);
  }
});

test('a word that is defined is used, and for every definition there is only one', () => {
  for (const { name, synopsis } of sqlHelpTable) {
    for (const version of majorVersions) {
      const text = synopsisFor(synopsis, version);
      const defined = [...text.matchAll(/^([a-z_]+):$/gm)].map((match) => match[1] ?? '');
      const unused = defined.filter((word) => !new RegExp(`(?<!\\w)${word}(?![\\w:])`).test(text));
      expect([name, unused, new Set(defined).size]).toEqual([name, [], defined.length]);
    }
  }
});

test.each([
  ['COPY', 'DEFAULT', 16],
  ['EXPLAIN', 'GENERIC_PLAN', 16],
  ['VACUUM', 'BUFFER_USAGE_LIMIT', 16],
  ['ANALYZE', 'BUFFER_USAGE_LIMIT', 16],
  ['CREATE COLLATION', 'RULES', 16],
  ['CREATE DATABASE', 'ICU_RULES', 16],
  ['GRANT', 'INHERIT', 16],
  ['REVOKE', 'INHERIT', 16],
  ['MERGE', 'RETURNING', 17],
  ['MERGE', 'SOURCE', 17],
  ['EXPLAIN', 'SERIALIZE', 17],
  ['COPY', 'ON_ERROR', 17],
  ['GRANT', 'MAINTAIN', 17],
  ['ALTER DEFAULT PRIVILEGES', 'MAINTAIN', 17],
  ['CREATE DATABASE', 'BUILTIN_LOCALE', 17],
  ['ALTER OPERATOR', 'COMMUTATOR', 17],
  ['COPY', 'REJECT_LIMIT', 18],
  ['CREATE TABLE', 'VIRTUAL', 18],
  ['CREATE TABLE', 'OVERLAPS', 18],
  ['CREATE TABLE', 'ENFORCED', 18],
  ['ALTER TABLE', 'PERIOD', 18],
  ['CREATE FOREIGN TABLE', 'LIKE', 18],
  ['INSERT', 'OLD', 18],
  ['UPDATE', 'OLD', 18],
  ['DELETE', 'OLD', 18],
  ['VACUUM', 'ONLY', 18],
])('%s has %s since PostgreSQL %i', (name, word, since) => {
  expect(majorVersions.map((version) => synopsisWords(synopsisOf(name, version)).has(word))).toEqual(
    majorVersions.map((version) => version >= since),
  );
});

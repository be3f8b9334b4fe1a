import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadSnippets, type SnippetLibrary } from '../../../src/snippets/load-snippets.ts';
import { searchSnippets } from '../../../src/snippets/search-snippets.ts';

let library: SnippetLibrary;

beforeAll(async () => {
  library = await loadSnippets(join(import.meta.dirname, '../../../snippets'));
});

test('every file of the library is a snippet, in the order of the course', () => {
  expect(library.problems).toEqual([]);
  expect([...new Set(library.snippets.map((snippet) => snippet.topic))]).toEqual([
    'crud',
    'joins',
    'jsonb',
    'cte',
    'window',
    'transactions',
  ]);
  expect(library.snippets.length).toBeGreaterThanOrEqual(12);
});

test.each([
  ['jsonb cont', ['jsonb-contains']],
  ['@>', ['jsonb-contains']],
  ['UPSERT', ['upsert']],
  ['not exists', ['anti-join']],
  ['savepoint', ['atomic-transfer']],
  ['running total', ['running-total']],
  ['tree depth', ['recursive-tree']],
  ['nothinglikethis', []],
])('%s finds %j first', (typed, expected) => {
  const found = searchSnippets(library.snippets, typed).map((snippet) => snippet.name);
  expect(found.slice(0, 1)).toEqual(expected);
});

test('nothing typed lists all', () => {
  expect(searchSnippets(library.snippets, '  ')).toEqual(library.snippets);
});

test('the title counts more than the lesson', () => {
  const titles = searchSnippets(library.snippets, 'returning').map((snippet) => snippet.name);
  expect(titles.indexOf('insert-returning')).toBeLessThan(titles.indexOf('atomic-transfer'));
});

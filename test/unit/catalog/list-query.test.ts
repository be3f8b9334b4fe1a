import { describe, expect, test } from 'vitest';
import { buildQuery, type ListQuery } from '../../../src/catalog/list-query.ts';
import type { ListRequest } from '../../../src/catalog/list-request.ts';
import { request } from './drive.ts';

const target = { schema: 'n.nspname', name: 'c.relname', visibility: 'visible(c.oid)', parts: 3 } as const;

function built(build: (query: ListQuery) => string, change: Partial<ListRequest> = {}): string {
  const query = buildQuery(request(change), build);
  return query.ok ? query.sql : `refused: ${query.text}`;
}

describe('patterns', () => {
  test.each([
    ['nothing: what is visible', [], '  AND visible(c.oid)\n'],
    ['a name', ['x'], "  AND c.relname OPERATOR(pg_catalog.~) '^(x)$' COLLATE pg_catalog.default\n  AND visible(c.oid)\n"],
    [
      'a schema and a name',
      ['s.x*'],
      "  AND c.relname OPERATOR(pg_catalog.~) '^(x.*)$' COLLATE pg_catalog.default\n  AND n.nspname OPERATOR(pg_catalog.~) '^(s)$' COLLATE pg_catalog.default\n",
    ],
    ['everything', ['*.*'], ''],
    ['another database', ['other.s.x'], 'refused: cross-database references are not implemented: other.s.x'],
    ['too many parts', ['a.b.c.d'], 'refused: improper qualified name (too many dotted names): a.b.c.d'],
  ] as const)('%s', (_, patterns, expected) => {
    expect(built((q) => q.match(target), { patterns })).toBe(expected);
  });

  test('the first refusal of a query counts', () => {
    expect(built((q) => q.match(target) + q.match({ ...target, pattern: 'e.f.g.h' }), { patterns: ['a.b.c.d'] })).toContain('a.b.c.d');
  });

  test('a query without a condition so far begins one', () => {
    expect(built((q) => q.match({ ...target, hasWhere: false }))).toBe('WHERE visible(c.oid)\n');
  });

  test('no collation before 12', () => {
    expect(built((q) => q.match({ name: 'x', parts: 1 }), { patterns: ['a'], version: 110_000 })).toBe(
      "  AND x OPERATOR(pg_catalog.~) '^(a)$'\n",
    );
  });

  test('any number of dots where they mean nothing', () => {
    expect(built((q) => q.match({ name: 'x', parts: 'any' }), { patterns: ['a.b.c'] })).toContain("'^(a.b.c)$'");
  });

  test('null is no pattern, whatever the first argument', () => {
    expect(built((q) => q.match({ name: 'x', parts: 1, pattern: null }), { patterns: ['a'] })).toBe('');
  });
});

test.each([
  [160_000, `pg_catalog.array_to_string(a, E'\\n') AS "Access privileges"`],
  [
    170_000,
    `CASE WHEN pg_catalog.array_length(a, 1) = 0 THEN '(none)' ELSE pg_catalog.array_to_string(a, E'\\n') END AS "Access privileges"`,
  ],
])('privileges on %i', (version, expected) => {
  expect(built((q) => q.privileges('a'), { version })).toBe(expected);
});

test.each([
  [{}, "      AND n.nspname <> 'pg_catalog'\n      AND n.nspname <> 'information_schema'\n"],
  [{ showsSystem: true }, ''],
  [{ patterns: ['x'] }, ''],
])('system objects stay out unless asked for: %j', (change, expected) => {
  expect(built((q) => q.userObjects(), change)).toBe(expected);
});

test('+ adds', () => {
  expect(built((q) => q.plus('more'))).toBe('');
  expect(built((q) => q.plus('more'), { isVerbose: true })).toBe('more');
});

import { describe, expect, test } from 'vitest';
import { namePattern, type PatternOptions, type PatternTargets, patternParts } from '../../../src/sql/name-pattern.ts';

const relation: PatternTargets = { schema: 'n.nspname', name: 'c.relname', visibility: 'pg_catalog.pg_table_is_visible(c.oid)' };
const collate = 'COLLATE pg_catalog.default';
const here: PatternOptions = { database: 'postgres' };

// The conditions are those `psql -E` showed for \dt and the same pattern.
describe('relations', () => {
  test.each<[string | undefined, string[]]>([
    [undefined, ['pg_catalog.pg_table_is_visible(c.oid)']],
    ['*', ['pg_catalog.pg_table_is_visible(c.oid)']],
    ['*.*', []],
    ['A*.b?c', [`c.relname OPERATOR(pg_catalog.~) '^(b.c)$' ${collate}`, `n.nspname OPERATOR(pg_catalog.~) '^(a.*)$' ${collate}`]],
    [
      '"A.b*".c$d[]',
      [
        `c.relname OPERATOR(pg_catalog.~) E'^(c\\\\$d\\\\[])$' ${collate}`,
        `n.nspname OPERATOR(pg_catalog.~) E'^(A\\\\.b\\\\*)$' ${collate}`,
      ],
    ],
    [
      'postgres.public.x',
      [`c.relname OPERATOR(pg_catalog.~) '^(x)$' ${collate}`, `n.nspname OPERATOR(pg_catalog.~) '^(public)$' ${collate}`],
    ],
    ['.x', [`c.relname OPERATOR(pg_catalog.~) '^(x)$' ${collate}`, `n.nspname OPERATOR(pg_catalog.~) '^()$' ${collate}`]],
    ['x.', [`c.relname OPERATOR(pg_catalog.~) '^()$' ${collate}`, `n.nspname OPERATOR(pg_catalog.~) '^(x)$' ${collate}`]],
    ['""', [`c.relname OPERATOR(pg_catalog.~) '^()$' ${collate}`, 'pg_catalog.pg_table_is_visible(c.oid)']],
    ["it's", [`c.relname OPERATOR(pg_catalog.~) '^(it''s)$' ${collate}`, 'pg_catalog.pg_table_is_visible(c.oid)']],
    ['(a|b)', [`c.relname OPERATOR(pg_catalog.~) '^((a|b))$' ${collate}`, 'pg_catalog.pg_table_is_visible(c.oid)']],
  ])('%s', (pattern, conditions) => {
    expect(namePattern(pattern, relation, here)).toEqual({ conditions });
  });

  test.each<[string, string]>([
    ['other.public.x', 'cross-database references are not implemented: other.public.x'],
    ['a.b.c.d', 'improper qualified name (too many dotted names): a.b.c.d'],
  ])('%s is refused', (pattern, error) => {
    expect(namePattern(pattern, relation, here)).toEqual({ error });
  });

  test('a database is compared as a literal', () => {
    expect(namePattern('Post*.a.b', relation, { database: 'post*' })).toHaveProperty('conditions');
    expect(namePattern('"A$b".a.b', relation, { database: 'A$b' })).toHaveProperty('conditions');
    expect(namePattern('post*.a.b', relation, here)).toHaveProperty('error');
  });
});

test('names without a schema', () => {
  const role: PatternTargets = { name: 'r.rolname' };
  expect(namePattern('a', role)).toEqual({ conditions: [`r.rolname OPERATOR(pg_catalog.~) '^(a)$' ${collate}`] });
  expect(namePattern('a.b', role)).toEqual({ error: 'improper qualified name (too many dotted names): a.b' });
  expect(namePattern('"a.b"', role)).toEqual({ conditions: [`r.rolname OPERATOR(pg_catalog.~) E'^(a\\\\.b)$' ${collate}`] });
  expect(namePattern(undefined, role)).toEqual({ conditions: [] });
});

test('schemas take two parts, of which the first names a database that psql never accepts', () => {
  const schema: PatternTargets = { name: 'n.nspname' };
  const options: PatternOptions = { ...here, maximumParts: 2 };
  expect(namePattern('postgres.public', schema, options)).toEqual({
    error: 'cross-database references are not implemented: postgres.public',
  });
  expect(namePattern('a.b.c', schema, options)).toEqual({ error: 'improper qualified name (too many dotted names): a.b.c' });
  expect(namePattern('"A""b"', schema, options)).toEqual({ conditions: [`n.nspname OPERATOR(pg_catalog.~) '^(A"b)$' ${collate}`] });
});

test('an alternative name, escaping everywhere, and servers before 12', () => {
  const type: PatternTargets = { schema: 'n.nspname', name: 't.typname', alternative: 'pg_catalog.format_type(t.oid, NULL)' };
  expect(namePattern('x', type)).toEqual({
    conditions: [
      `(t.typname OPERATOR(pg_catalog.~) '^(x)$' ${collate}\n        OR pg_catalog.format_type(t.oid, NULL) OPERATOR(pg_catalog.~) '^(x)$' ${collate})`,
    ],
  });
  expect(namePattern('+', { schema: 'n.nspname', name: 'o.oprname' }, { forceEscape: true, serverVersion: 110000 })).toEqual({
    conditions: ["o.oprname OPERATOR(pg_catalog.~) E'^(\\\\+)$'"],
  });
});

test('dots beyond the parts belong to the name, and are counted', () => {
  expect(patternParts('a.b.c', 1, false)).toEqual({ name: '^(a.b.c)$', schema: undefined, database: undefined, dots: 2 });
  expect(patternParts('a.b.c', 2, false)).toEqual({ name: '^(b.c)$', schema: '^(a)$', database: undefined, dots: 2 });
  expect(patternParts('A.b.c', 3, false)).toEqual({ name: '^(c)$', schema: '^(b)$', database: 'a', dots: 2 });
});

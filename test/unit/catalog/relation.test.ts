import { describe, expect, test } from 'vitest';
import { columnsQuery, columnsTable } from '../../../src/catalog/relation/columns.ts';
import { foreignKeys, notNullConstraints } from '../../../src/catalog/relation/constraint-sections.ts';
import { describeRelations } from '../../../src/catalog/relation/describe-relation.ts';
import { indexDetails, indexes } from '../../../src/catalog/relation/index-sections.ts';
import { children, inherits, partitionOf } from '../../../src/catalog/relation/partition-sections.ts';
import { policies } from '../../../src/catalog/relation/policy-section.ts';
import { type Relation, relationTitle } from '../../../src/catalog/relation/relation.ts';
import { rules, triggers, viewDefinition } from '../../../src/catalog/relation/rule-sections.ts';
import type { Section } from '../../../src/catalog/relation/section.ts';
import { statistics } from '../../../src/catalog/relation/statistics-section.ts';
import { accessMethod, oids, options, replicaIdentity, typedTable } from '../../../src/catalog/relation/storage-sections.ts';
import { drive, request, rowsOf } from './drive.ts';

function relation(change: Partial<Relation> = {}): Relation {
  return {
    oid: '7',
    schema: 'public',
    name: 'x',
    kind: 'r',
    hasChecks: false,
    hasIndex: true,
    hasRules: true,
    hasTriggers: true,
    rowSecurity: false,
    forceRowSecurity: false,
    hasOids: false,
    isPartition: false,
    options: '',
    tablespace: '0',
    typeName: '',
    isUnlogged: false,
    replicaIdentity: 'd',
    accessMethod: 'heap',
    request: request(),
    ...change,
  };
}

const verbose = { request: request({ isVerbose: true }) };

function lines(section: Section, change: Partial<Relation>, ...answers: readonly (readonly (readonly (string | null)[])[])[]) {
  const described = relation(change);
  expect(section.applies(described)).toBe(true);
  return drive(
    section.lines(described),
    answers.map((rows) => rowsOf(...rows)),
  ).result;
}

test.each<[Partial<Relation>, string]>([
  [{}, 'Table "public.x"'],
  [{ isUnlogged: true }, 'Unlogged table "public.x"'],
  [{ kind: 'I', isUnlogged: true }, 'Unlogged partitioned index "public.x"'],
  [{ kind: 't' }, 'TOAST table "public.x"'],
  [{ kind: 'z', name: 'a"b' }, '?z? "public.a"b"'],
])('the title of %j', (change, title) => {
  expect(relationTitle(relation(change))).toBe(title);
});

describe('policies', () => {
  const policy = ['p', 'f', 'a,b', '(x > 0)', null, 'SELECT'];
  test.each<[boolean, boolean, boolean, string | undefined]>([
    [true, false, true, 'Policies:'],
    [true, true, true, 'Policies (forced row security enabled):'],
    [true, false, false, 'Policies (row security enabled): (none)'],
    [true, true, false, 'Policies (forced row security enabled): (none)'],
    [false, false, true, 'Policies (row security disabled):'],
    [false, true, false, undefined],
  ])('security %s, forced %s, some %s: %s', (rowSecurity, forceRowSecurity, some, heading) => {
    expect(lines(policies, { rowSecurity, forceRowSecurity }, some ? [policy] : [])[0]).toBe(heading);
  });
  test('are spelled out', () => {
    expect(lines(policies, {}, [policy])[1]).toBe('    POLICY "p" AS RESTRICTIVE FOR SELECT\n      TO a,b\n      USING ((x > 0))');
  });
});

describe('indexes', () => {
  const plain = ['i', 'f', 'f', 'f', 't', 'CREATE INDEX i ON x USING btree (a)', null, null, null, null, 'f', '0'];
  const change = (at: Record<number, string>) => plain.map((value, column) => at[column] ?? value);
  test.each([
    ['plain', plain, '    "i" btree (a)'],
    ['primary key', change({ 1: 't', 2: 't', 3: 't' }), '    "i" PRIMARY KEY, btree (a) CLUSTER'],
    ['unique', change({ 2: 't' }), '    "i" UNIQUE, btree (a)'],
    ['constraint', change({ 2: 't', 7: 'u', 8: 't', 9: 't' }), '    "i" UNIQUE CONSTRAINT, btree (a) DEFERRABLE INITIALLY DEFERRED'],
    ['exclusion', change({ 6: 'EXCLUDE USING gist (a WITH =)', 7: 'x' }), '    "i" EXCLUDE USING gist (a WITH =)'],
    ['period', [...change({ 6: 'PRIMARY KEY (a WITHOUT OVERLAPS)', 7: 'p' }), 't'], '    "i" PRIMARY KEY (a WITHOUT OVERLAPS)'],
    ['broken', change({ 4: 'f', 10: 't' }), '    "i" btree (a) INVALID REPLICA IDENTITY'],
  ])('%s', (_, row, expected) => {
    expect(lines(indexes, {}, [row])).toEqual(['Indexes:', expected]);
  });
  test('name their tablespace', () => {
    expect(lines(indexes, {}, [change({ 11: '99' })], [['fast']])).toEqual(['Indexes:', '    "i" btree (a), tablespace "fast"']);
  });
  test('in detail', () => {
    const row = ['t', 'f', 't', 'f', 't', 't', 't', 't', 'btree', 'tab', 'a > 0'];
    expect(lines(indexDetails, { kind: 'i' }, [row])).toEqual([
      'unique nulls not distinct, btree, for table "public.tab", predicate (a > 0), clustered, invalid, deferrable, initially deferred, replica identity',
    ]);
  });
});

describe('children', () => {
  const child = ['c1', 'r', 'f', "FOR VALUES IN ('a')"];
  const nested = ['c2', 'p', 't', 'DEFAULT'];
  test.each<[Partial<Relation>, readonly (readonly string[])[], readonly string[]]>([
    [{}, [], []],
    [{ kind: 'p' }, [], ['Number of partitions: 0']],
    [{ kind: 'p', ...verbose }, [], ['Number of partitions: 0']],
    [{}, [child], ['Number of child tables: 1 (Use \\d+ to list them.)']],
    [{ kind: 'p' }, [child, nested], ['Number of partitions: 2 (Use \\d+ to list them.)']],
    [
      { kind: 'p', ...verbose },
      [child, nested],
      ["Partitions: c1 FOR VALUES IN ('a'),", '            c2 DEFAULT, PARTITIONED (DETACH PENDING)'],
    ],
  ])('%#', (change, rows, expected) => {
    expect(lines(children, change, rows)).toEqual(expected);
  });
  test('parents stand below each other', () => {
    expect(lines(inherits, {}, [['a'], ['b']])).toEqual(['Inherits: a,', '          b']);
  });
  test('a partition says of what', () => {
    const row = ['parent', 'DEFAULT', 't', ''];
    expect(lines(partitionOf, { isPartition: true, ...verbose }, [row])).toEqual([
      'Partition of: parent DEFAULT DETACH PENDING',
      'No partition constraint',
    ]);
  });
});

test('rules and triggers stand under what makes them fire', () => {
  const rule = (name: string, enabled: string) => [name, `CREATE RULE ${name} AS`, enabled];
  expect(lines(rules, {}, [rule('r', 'R'), rule('o', 'O'), rule('d', 'D'), rule('a', 'A')])).toEqual([
    'Rules:',
    '    o AS',
    'Disabled rules:',
    '    d AS',
    'Rules firing always:',
    '    a AS',
    'Rules firing on replica only:',
    '    r AS',
  ]);
  const trigger = (name: string, enabled: string, isInternal = 'f', parent: string | null = null) => [
    name,
    `CREATE TRIGGER ${name} BEFORE`,
    enabled,
    isInternal,
    parent,
  ];
  const all = [trigger('o', 'O', 't', 'top'), trigger('d', 'D'), trigger('i', 'D', 't'), trigger('a', 'A'), trigger('r', 'R')];
  expect(lines(triggers, {}, all)).toEqual([
    'Triggers:',
    '    o BEFORE, ON TABLE top',
    'Disabled user triggers:',
    '    d BEFORE',
    'Disabled internal triggers:',
    '    i BEFORE',
    'Triggers firing always:',
    '    a BEFORE',
    'Triggers firing on replica only:',
    '    r BEFORE',
  ]);
});

test('a view is defined under +, with its rules', () => {
  expect(viewDefinition.applies(relation({ kind: 'v' }))).toBe(false);
  expect(lines(viewDefinition, { kind: 'v', ...verbose }, [[' SELECT 1;']], [['r', 'CREATE RULE r AS']])).toEqual([
    'View definition:',
    ' SELECT 1;',
    'Rules:',
    ' r AS',
  ]);
});

test.each([
  [150_000, ['f', 't', 'f', '-1'], '    "s.o" (dependencies) ON a FROM x'],
  [150_000, ['t', 't', 't', null], '    "s.o" ON a FROM x'],
  [150_000, ['f', 'f', 'f', '5'], '    "s.o" ON a FROM x; STATISTICS 5'],
  [130_000, ['t', 't', 't', '-1'], '    "s.o" (ndistinct, dependencies, mcv) ON a FROM x'],
])('statistics objects on %i: %j', (version, flags, expected) => {
  expect(lines(statistics, { request: request({ version }) }, [['1', 'x', 's', 'o', 'a', ...flags]])).toEqual([
    'Statistics objects:',
    expected,
  ]);
});

test('foreign keys of an ancestor name its table', () => {
  const rows = [
    ['t', 'own', 'FOREIGN KEY (a)', 'x'],
    ['f', 'above', 'FOREIGN KEY (b)', 'parent'],
  ];
  expect(lines(foreignKeys, { isPartition: true }, rows)).toEqual([
    'Foreign-key constraints:',
    '    "own" FOREIGN KEY (a)',
    '    TABLE "parent" CONSTRAINT "above" FOREIGN KEY (b)',
  ]);
});

test('not-null constraints came with 18', () => {
  const on = (version: number) => ({ request: request({ isVerbose: true, version }) });
  expect(notNullConstraints.applies(relation(on(170_000)))).toBe(false);
  const rows = [
    ['a', 'a', 't', 't', 'f', 't'],
    ['b', 'b', 'f', 't', 't', 'f'],
    ['c', 'c', 'f', 'f', 't', 't'],
  ];
  expect(lines(notNullConstraints, on(180_000), rows)).toEqual([
    'Not-null constraints:',
    '    "a" NOT NULL "a" NO INHERIT',
    '    "b" NOT NULL "b" (local, inherited) NOT VALID',
    '    "c" NOT NULL "c" (inherited)',
  ]);
});

describe('storage', () => {
  test.each<[Section, Partial<Relation>, string | undefined]>([
    [typedTable, { typeName: 'kind' }, 'Typed table of type: kind'],
    [replicaIdentity, { ...verbose, replicaIdentity: 'f' }, 'Replica Identity: FULL'],
    [oids, { ...verbose, hasOids: true }, 'Has OIDs: yes'],
    [accessMethod, verbose, 'Access method: heap'],
    [options, { ...verbose, options: 'fillfactor=70' }, 'Options: fillfactor=70'],
  ])('%#', (section, change, expected) => {
    expect(lines(section, change)).toEqual([expected]);
  });
  test.each<[Section, Partial<Relation>]>([
    [typedTable, {}],
    [replicaIdentity, verbose],
    [replicaIdentity, { ...verbose, replicaIdentity: 'i' }],
    [replicaIdentity, { ...verbose, schema: 'pg_catalog', replicaIdentity: 'n' }],
    [oids, { ...verbose, hasOids: true, kind: 'm' }],
    [accessMethod, { request: request({ isVerbose: true, hidesAccessMethod: true }) }],
    [options, { options: 'fillfactor=70' }],
  ])('says nothing: %#', (section, change) => {
    expect(section.applies(relation(change))).toBe(false);
  });
});

describe('columns', () => {
  test('of a table', () => {
    const row = ['a', 'integer', '1', 't', null, '', ''];
    expect(columnsTable(relation(), rowsOf(row))).toEqual({
      headings: ['Column', 'Type', 'Collation', 'Nullable', 'Default'],
      rows: [['a', 'integer', '', 'not null', '1']],
    });
  });
  test.each([
    ['', '', 'x'],
    ['a', '', 'generated always as identity'],
    ['d', '', 'generated by default as identity'],
    ['', 's', 'generated always as (x) stored'],
    ['', 'v', 'generated always as (x)'],
  ])('identity %j and generation %j: %s', (identity, generated, expected) => {
    expect(columnsTable(relation(), rowsOf(['a', 't', 'x', 'f', null, identity, generated])).rows[0]?.[4]).toBe(expected);
  });
  test('of a table under +', () => {
    const row = ['a', 'text', null, 'f', 'C', '', '', 'e', 'l', '77', 'words'];
    expect(columnsTable(relation(verbose), rowsOf(row)).rows[0]?.slice(5)).toEqual(['external', 'lz4', '77', 'words']);
    const hidden = relation({ request: request({ isVerbose: true, hidesCompression: true }) });
    expect(columnsTable(hidden, rowsOf()).headings).not.toContain('Compression');
  });
  test('of an index', () => {
    expect(columnsTable(relation({ kind: 'i' }), rowsOf(['a', 'integer', 'yes', 'a'])).headings).toEqual([
      'Column',
      'Type',
      'Key?',
      'Definition',
    ]);
    expect(columnsQuery(relation({ kind: 'i', request: request({ version: 100_000 }) }))).not.toContain('indnkeyatts');
  });
});

describe('\\d NAME', () => {
  test('of nothing', () => {
    expect(drive(describeRelations(request({ patterns: ['x'] })), [rowsOf()]).result).toEqual({
      type: 'nothing-found',
      text: 'Did not find any relation named "x".',
      fails: true,
    });
  });
  test('of what was dropped meanwhile', () => {
    expect(drive(describeRelations(request({ patterns: ['x'] })), [rowsOf(['7', 'public', 'x']), rowsOf()]).result).toMatchObject({
      text: 'Did not find any relation with OID 7.',
    });
  });
  test('of a sequence', () => {
    const facts = ['0', 'S', 'f', 'f', 'f', 'f', 'f', 'f', 'f', '', '0', '', 'u', 'n', null];
    const answers = [
      rowsOf(['7', 'public', 'q']),
      rowsOf(facts),
      { columns: ['Type', 'Start'], rows: [['bigint', '1']] },
      rowsOf(['s.t.c', 'a']),
    ];
    expect(drive(describeRelations(request({ patterns: ['q'] })), answers).tables).toMatchObject([
      {
        title: 'Unlogged sequence "public.q"',
        columns: [
          { name: 'Type', align: 'left' },
          { name: 'Start', align: 'right' },
        ],
        footers: ['Owned by: s.t.c'],
      },
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { type CatalogList, runList } from '../../../src/catalog/list.ts';
import type { ListRequest } from '../../../src/catalog/list-request.ts';
import { functions, operators } from '../../../src/catalog/lists/functions.ts';
import { accessPrivileges } from '../../../src/catalog/lists/privileges.ts';
import { extendedStatistics, partitionedRelations, relations } from '../../../src/catalog/lists/relations.ts';
import { publications, subscriptions } from '../../../src/catalog/lists/replication.ts';
import { databases, extensions, roleGrants, roleSettings, schemas } from '../../../src/catalog/lists/server-objects.ts';
import { typePattern } from '../../../src/catalog/lists/type-name.ts';
import { collations, domains } from '../../../src/catalog/lists/types.ts';
import { drive, request, rowsOf } from './drive.ts';

const one = rowsOf(['x']);

function sqlOf(list: CatalogList, change: Partial<ListRequest>): string {
  return drive(runList(list, request(change)), [one, rowsOf()]).queries[0] ?? '';
}

function outcomeOf(list: CatalogList, change: Partial<ListRequest>) {
  return drive(runList(list, request(change)), [rowsOf(), rowsOf()]).result;
}

describe('what depends on the version', () => {
  test.each<[CatalogList, Partial<ListRequest>, number, string]>([
    [functions, {}, 110_000, 'p.prokind'],
    [functions, { isVerbose: true }, 140_000, 'pg_get_function_sqlbody'],
    [functions, { isVerbose: true }, 160_000, '"Internal name"'],
    [functions, { isVerbose: true }, 180_000, '"Leakproof?"'],
    [operators, { isVerbose: true }, 180_000, '"Leakproof?"'],
    [relations, { letters: 'dt', isVerbose: true }, 120_000, 'am.amname as "Access method"'],
    [partitionedRelations, { letters: 'dP', isVerbose: true }, 120_000, 'pg_partition_tree'],
    [partitionedRelations, { letters: 'dP', isVerbose: true }, 180_000, '"Access method"'],
    [extendedStatistics, {}, 120_000, '"MCV"'],
    [extendedStatistics, {}, 140_000, 'pg_get_statisticsobjdef_columns'],
    [accessPrivileges, {}, 160_000, "AND n.nspname <> 'information_schema'"],
    [collations, {}, 120_000, 'collisdeterministic'],
    [collations, {}, 150_000, 'colliculocale AS "ICU Locale"'],
    [collations, {}, 160_000, '"ICU Rules"'],
    [collations, {}, 170_000, 'colllocale AS "Locale"'],
    [databases, {}, 150_000, 'datlocprovider'],
    [databases, {}, 160_000, '"ICU Rules"'],
    [databases, {}, 170_000, 'datlocale as "Locale"'],
    [domains, {}, 170_000, "r.contype = 'c'"],
    [extensions, {}, 180_000, '"Default version"'],
    [roleGrants, {}, 160_000, 'pam.set_option'],
    [publications, {}, 110_000, '"Truncates"'],
    [publications, {}, 130_000, '"Via root"'],
    [publications, {}, 180_000, '"Generated columns"'],
    [subscriptions, { isVerbose: true }, 140_000, '"Binary"'],
    [subscriptions, { isVerbose: true }, 150_000, '"Skip LSN"'],
    [subscriptions, { isVerbose: true }, 160_000, '"Origin"'],
    [subscriptions, { isVerbose: true }, 170_000, '"Failover"'],
  ])('$2.title %j from %i on has %s', (list, change, version, text) => {
    expect(sqlOf(list, { ...change, version })).toContain(text);
    expect(sqlOf(list, { ...change, version: version - 1 })).not.toContain(text);
  });

  test('NULL is shown as nothing up to 16', () => {
    const hides = (version: number) => drive(runList(databases, request({ version })), [one]).tables[0]?.hidesNull;
    expect([hides(150_000), hides(169_999), hides(170_000)]).toEqual([true, true, undefined]);
  });
});

describe('relations', () => {
  const relkinds = (letters: string, change: Partial<ListRequest> = {}) =>
    /relkind IN \((.*)\)/.exec(sqlOf(relations, { letters, ...change }))?.[1];
  test.each([
    ['d', "'r','p','v','m','S','f',''"],
    ['d+', "'r','p','v','m','S','f',''"],
    ['dt', "'r','p',''"],
    ['dit', "'r','p','i','I',''"],
    ['dE', "'f',''"],
    ['dsmv', "'v','m','S',''"],
  ])('\\%s looks for %s', (letters, kinds) => {
    expect(relkinds(letters)).toBe(kinds);
  });

  test('S and a pattern let TOAST tables in', () => {
    expect(relkinds('dtS', { showsSystem: true })).toBe("'r','p','t','s',''");
    expect(relkinds('dt', { patterns: ['x'] })).toBe("'r','p','t','s',''");
  });

  test('HIDE_TABLEAM hides the access method', () => {
    expect(sqlOf(relations, { letters: 'dt+', isVerbose: true, hidesAccessMethod: true })).not.toContain('pg_am');
  });

  test.each<[string, Partial<ListRequest>, string]>([
    ['dt', {}, 'Did not find any relations.'],
    ['dt', { patterns: ['x'] }, 'Did not find any relation named "x".'],
    ['dt', { version: 180_000 }, 'Did not find any tables.'],
    ['di', { version: 180_000, patterns: ['x'] }, 'Did not find any indexes named "x".'],
    ['div', { version: 180_000, patterns: ['x'] }, 'Did not find any relations named "x".'],
  ])('\\%s of nothing, %j: %s', (letters, change, text) => {
    expect(outcomeOf(relations, { letters, ...change })).toEqual({ type: 'nothing-found', text, fails: false });
  });

  test('under -q nothing is a table without rows', () => {
    expect(outcomeOf(relations, { letters: 'dt', isQuiet: true })).toEqual({ type: 'done' });
  });
});

describe('functions', () => {
  const where = (letters: string, version = 150_000) =>
    /WHERE[\s\S]*?(?= {2}AND pg_catalog|pg_catalog\.pg_function_is_visible)/.exec(sqlOf(functions, { letters, version }))?.[0];
  test.each([
    ['df', 'WHERE '],
    ['dfanptw', 'WHERE '],
    ['dfp', "WHERE (\n       p.prokind = 'p'\n      )\n"],
    [
      'dfwta',
      "WHERE (\n       p.prokind = 'a'\n       OR p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype\n       OR p.prokind = 'w'\n      )\n",
    ],
    ['dfnaw', "WHERE p.prokind <> 'p'\n      AND p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype\n"],
  ])('\\%s', (letters, expected) => {
    expect(where(letters)).toBe(expected);
  });

  test('before 11 there are no procedures and other columns', () => {
    expect(where('dfna', 100_000)).toBe("WHERE p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype\n      AND NOT p.proiswindow\n");
    expect(outcomeOf(functions, { letters: 'dfp', version: 100_023 })).toMatchObject({
      text: '\\df does not take a "p" option with server version 10',
    });
  });

  test('other letters are refused', () => {
    expect(outcomeOf(functions, { letters: 'dfnz' })).toMatchObject({ text: '\\df only takes [anptwS+] as options', fails: false });
  });
});

test.each([
  ['int', 'integer'],
  ['INT4[]', 'integer[]'],
  ['float', 'double precision'],
  ['int*', 'int*'],
  ['constructor', 'constructor'],
])('the type %s is looked up as %s', (typed, canonical) => {
  expect(typePattern(typed)).toBe(canonical);
});

test.each([
  [[], 'Did not find any settings.'],
  [['r'], 'Did not find any settings for role "r".'],
  [['r', 'd'], 'Did not find any settings for role "r" and database "d".'],
])('\\drds %j', (patterns, text) => {
  expect(outcomeOf(roleSettings, { patterns })).toMatchObject({ text });
});

test('\\dn of a published schema names the publications', () => {
  const found = drive(runList(schemas, request({ patterns: ["it's"] })), [one, rowsOf(['pub'])]);
  expect(found.queries[1]).toContain("WHERE n.nspname = 'it''s'");
  expect(found.tables[0]?.footers).toEqual(['Publications:', '    "pub"']);
});

import type { AddedColumnFacts, CalledFunction, CalledVolatility } from '../../sql/guard/added-column-rewrite.ts';
import { cell } from '../catalog-work.ts';
import { functionKind, rowsOf, texts, typeWalk } from './type-facts.ts';

type Row = readonly (string | null)[];

/** A column that is asked about: added, with the type as typed, or there already, with none. */
export interface ColumnAsked {
  readonly column: string;
  readonly newType: string;
}

/** What the session says of columns that are added to a table (by its oid), and whether `operators` or casts may be volatile: a row each. */
export function addedColumnsQuery(table: string, asked: readonly ColumnAsked[], operators: readonly string[], version: number): string {
  const generated = version >= 120000 ? 'a.attgenerated' : "''";
  const isVolatile = (oid: string) =>
    `EXISTS (SELECT 1 FROM pg_catalog.pg_proc p WHERE p.oid OPERATOR(pg_catalog.=) ${oid}::pg_catalog.oid AND p.provolatile OPERATOR(pg_catalog.=) 'v')`;
  return `WITH RECURSIVE added AS (
  SELECT q.name, c.relkind, a.attname IS NOT NULL AS is_there, ${generated} AS generated, pg_catalog.to_regtype(NULLIF(q.new, ''))::pg_catalog.oid AS new
  FROM ${rowsOf(asked.map(({ column, newType }) => [column, newType]))} q (name, new)
    JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) ${table}
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attname OPERATOR(pg_catalog.=) q.name::pg_catalog.name AND NOT a.attisdropped
), ${typeWalk('SELECT DISTINCT new, new, -1, false FROM added WHERE new IS NOT NULL')}
SELECT d.name, d.relkind, d.is_there, d.generated, t.oid IS NOT NULL, t.typtype OPERATOR(pg_catalog.=) 'd',
  EXISTS (SELECT 1 FROM walk w WHERE w.top OPERATOR(pg_catalog.=) d.new AND w.is_constrained), t.typdefault,
  EXISTS (SELECT 1 FROM pg_catalog.pg_operator o WHERE o.oprname OPERATOR(pg_catalog.=) ANY (ARRAY[${texts(operators)}]::pg_catalog.name[]) AND ${isVolatile('o.oprcode')})
    OR EXISTS (SELECT 1 FROM pg_catalog.pg_cast k WHERE ${isVolatile('k.castfunc')})
    OR EXISTS (SELECT 1 FROM pg_catalog.pg_type b WHERE b.typtype OPERATOR(pg_catalog.=) 'b' AND (${isVolatile('b.typinput')} OR ${isVolatile('b.typoutput')}))
FROM added d LEFT JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) d.new`;
}

/** By the name of the column; `generated` is pg_attribute.attgenerated of one that is there. */
export function addedColumnFacts(
  rows: readonly Row[],
): ReadonlyMap<string, Omit<AddedColumnFacts, 'called'> & { readonly generated: string }> {
  return new Map(
    rows.map((row) => [
      cell(row, 0),
      {
        relationKind: cell(row, 1),
        exists: cell(row, 2) === 't',
        generated: cell(row, 3),
        isKnown: cell(row, 4) === 't',
        isDomain: cell(row, 5) === 't',
        isConstrained: cell(row, 6) === 't',
        typeDefault: row[7] ?? undefined,
        hasVolatileHelper: cell(row, 8) === 't',
      },
    ]),
  );
}

/** Whether the functions that these calls may mean on the session are volatile: a row for each name that has one. */
export function calledVolatilityQuery(called: readonly CalledFunction[], version: number): string {
  return `SELECT q.schema, q.name, pg_catalog.bool_or(p.provolatile OPERATOR(pg_catalog.=) 'v'),
  pg_catalog.bool_and(p.provolatile OPERATOR(pg_catalog.=) 'v' AND (${functionKind('p', version)}) OPERATOR(pg_catalog.=) 'plain')
FROM ${rowsOf(called.map(({ schema, name }) => [schema, name]))} q (schema, name)
  JOIN pg_catalog.pg_proc p ON p.proname OPERATOR(pg_catalog.=) q.name::pg_catalog.name
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace
WHERE CASE WHEN q.schema OPERATOR(pg_catalog.=) '' THEN pg_catalog.pg_function_is_visible(p.oid) ELSE n.nspname OPERATOR(pg_catalog.=) q.schema::pg_catalog.name END
GROUP BY q.schema, q.name`;
}

/** Those of these calls that mean a function. */
export function calledVolatility(rows: readonly Row[], called: readonly CalledFunction[]): readonly CalledVolatility[] {
  return called.flatMap(({ schema, name }) => {
    const row = rows.find((found) => cell(found, 0) === schema && cell(found, 1) === name);
    return row === undefined ? [] : [{ isEverVolatile: cell(row, 2) === 't', isAlwaysVolatile: cell(row, 3) === 't' }];
  });
}

import type { FunctionKind, TypeChangeFacts } from '../../sql/guard/type-change-rewrite.ts';
import { cell } from '../catalog-work.ts';
import { functionKind, rowsOf, typeWalk } from './type-facts.ts';

type Row = readonly (string | null)[];

/** A column of the table, the type it is to have and the type it is cast to, as typed; '' for none. */
export interface TypesAsked {
  readonly column: string;
  readonly newType: string;
  readonly castType: string;
}

/** Instants that betray a time zone which is not always UTC: local mean time, and summer and winter of either half of the earth. */
const instants = ['1800-01-01', '1942-07-01', '1970-01-01', '2000-01-01', '2000-07-01', '2040-01-01', '2040-07-01'];

const isArray = `t.typlen OPERATOR(pg_catalog.=) -1 AND t.typelem OPERATOR(pg_catalog.<>) 0::pg_catalog.oid`;

/** What the session says of the types of columns of a table (by its oid) and of those they are to have: a row for each that there are both of. */
export function typeChangesQuery(table: string, asked: readonly TypesAsked[], version: number): string {
  const isVirtual = version >= 180000 ? "a.attgenerated OPERATOR(pg_catalog.=) 'v'" : 'false';
  return `WITH RECURSIVE pair AS (
  SELECT q.name, c.relkind, ${isVirtual} AS is_virtual, a.atttypid AS old, a.atttypmod AS modifier,
    pg_catalog.to_regtype(q.new)::pg_catalog.oid AS new, pg_catalog.to_regtype(NULLIF(q.cast_type, ''))::pg_catalog.oid AS cast_type
  FROM ${rowsOf(asked.map(({ column, newType, castType }) => [column, newType, castType]))} q (name, new, cast_type)
    JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) ${table}
    JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attname OPERATOR(pg_catalog.=) q.name::pg_catalog.name
      AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
), ${typeWalk(`SELECT u.oid, u.oid, -1, false FROM (SELECT old FROM pair UNION SELECT new FROM pair) u (oid)`)}, side AS (
  SELECT w.top, w.type AS base, w.modifier, w.is_constrained, t.typcategory OPERATOR(pg_catalog.=) 'S' AS is_string, ${isArray} AS is_array,
    CASE WHEN ${isArray} THEN t.typelem ELSE t.oid END AS element
  FROM walk w JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) w.type WHERE t.typtype OPERATOR(pg_catalog.<>) 'd'
)
SELECT p.name, p.relkind, p.is_virtual, p.old, o.base, o.is_string, o.is_array, p.modifier,
  p.new, n.base, n.is_string, n.is_array, n.element, n.base OPERATOR(pg_catalog.<>) p.new, n.modifier, n.is_constrained,
  e.typmodin::pg_catalog.oid OPERATOR(pg_catalog.<>) 0::pg_catalog.oid, ${functionKind('l', version)},
  k.castmethod, k.castcontext, ${functionKind('f', version)}, p.cast_type,
  pg_catalog.current_setting('TimeZone'), EXISTS (SELECT 1 FROM pg_catalog.unnest(ARRAY[${instants.map((day) => `'${day} 00:00:00+00'`).join(', ')}]::pg_catalog.timestamptz[]) i (at)
    WHERE pg_catalog.date_part('timezone', i.at) OPERATOR(pg_catalog.<>) 0)
FROM pair p
  JOIN side o ON o.top OPERATOR(pg_catalog.=) p.old
  JOIN side n ON n.top OPERATOR(pg_catalog.=) p.new
  JOIN pg_catalog.pg_type e ON e.oid OPERATOR(pg_catalog.=) n.element
  LEFT JOIN pg_catalog.pg_cast k ON k.castsource OPERATOR(pg_catalog.=) o.base AND k.casttarget OPERATOR(pg_catalog.=) n.base
  LEFT JOIN pg_catalog.pg_proc f ON f.oid OPERATOR(pg_catalog.=) k.castfunc
  LEFT JOIN pg_catalog.pg_cast s ON s.castsource OPERATOR(pg_catalog.=) n.element AND s.casttarget OPERATOR(pg_catalog.=) n.element
  LEFT JOIN pg_catalog.pg_proc l ON l.oid OPERATOR(pg_catalog.=) s.castfunc`;
}

/** By the name of the column. */
export function typeChangeFacts(rows: readonly Row[]): ReadonlyMap<string, TypeChangeFacts> {
  return new Map(rows.map((row) => [cell(row, 0), changeOf(row)]));
}

function changeOf(row: Row): TypeChangeFacts {
  const is = (at: number) => cell(row, at) === 't';
  return {
    relationKind: cell(row, 1),
    isVirtual: is(2),
    from: { type: cell(row, 3), base: cell(row, 4), isString: is(5), isArray: is(6), modifier: Number(cell(row, 7)) },
    to: {
      type: cell(row, 8),
      base: cell(row, 9),
      isString: is(10),
      isArray: is(11),
      element: cell(row, 12),
      isDomain: is(13),
      domainModifier: Number(cell(row, 14)),
      isConstrained: is(15),
      takesModifiers: is(16),
      lengthFunction: kindOf(cell(row, 17)),
    },
    cast: cell(row, 18) === '' ? undefined : { method: cell(row, 18), context: cell(row, 19), function: kindOf(cell(row, 20)) },
    castType: cell(row, 21) === '' ? undefined : cell(row, 21),
    timeZone: { name: cell(row, 22), isOff: is(23) },
  };
}

function kindOf(text: string): FunctionKind | undefined {
  return text === 'plain' || text === 'seen-through' ? text : undefined;
}

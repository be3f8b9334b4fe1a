import { quoteLiteral } from '../../sql/quote.ts';

/** Literals between commas. */
export function texts(values: readonly string[]): string {
  return values.map((value) => `${quoteLiteral(value).trimStart()}::pg_catalog.text`).join(', ');
}

/** Rows of texts, to be given names. */
export function rowsOf(rows: readonly (readonly string[])[]): string {
  return `(VALUES ${rows.map((row) => `(${texts(row)})`).join(', ')})`;
}

/** A query for WITH RECURSIVE: the types of `seed` (top, type, -1, false), and what they are below their domains. */
export const typeWalk = (seed: string) => `walk (top, type, modifier, is_constrained) AS (
  ${seed}
  UNION ALL
  SELECT w.top, t.typbasetype, t.typtypmod, w.is_constrained OR t.typnotnull OR EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k
    WHERE k.contypid OPERATOR(pg_catalog.=) t.oid AND k.contype OPERATOR(pg_catalog.=) 'c')
  FROM walk w JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) w.type WHERE t.typtype OPERATOR(pg_catalog.=) 'd'
)`;

/** `plain`, `seen-through` (FunctionKind) or '' of the pg_proc of this alias, which a LEFT JOIN need not have found. */
export function functionKind(alias: string, version: number): string {
  const support = version >= 120000 ? 'prosupport' : 'protransform';
  return `CASE WHEN ${alias}.oid IS NULL THEN '' WHEN ${alias}.${support}::pg_catalog.oid OPERATOR(pg_catalog.<>) 0::pg_catalog.oid
    OR EXISTS (SELECT 1 FROM pg_catalog.pg_language g WHERE g.oid OPERATOR(pg_catalog.=) ${alias}.prolang AND g.lanname OPERATOR(pg_catalog.=) 'sql') THEN 'seen-through' ELSE 'plain' END`;
}

import { quoteLiteral } from '../../sql/quote.ts';
import type { Rows } from '../catalog-work.ts';
import { cell } from '../catalog-work.ts';

/** What decides whether, and with which columns, the rows that a statement writes can be told. */
export interface TargetFacts {
  /** As the server writes it. */
  readonly name: string;
  /** pg_class.relkind: r, p, v, f … */
  readonly kind: string;
  /** Rules of the table's own, other than a view's. */
  readonly hasRules: boolean;
  /** Row-level security is in force for the one who asks. */
  readonly hasRowSecurity: boolean;
  /** Enabled triggers of the user's that this command fires, in the order of their names. */
  readonly triggers: readonly string[];
  readonly columns: readonly TargetColumn[];
}

export interface TargetColumn {
  readonly name: string;
  /** The one who asks may read it. */
  readonly isReadable: boolean;
  /** Computed when it is read (18 and newer). */
  readonly isVirtual: boolean;
  /** Of the primary key. */
  readonly isKey: boolean;
}

// pg_trigger.h
const firedBy = { insert: 4, delete: 8, update: 16, merge: 28 } as const;

export type WritingCommand = keyof typeof firedBy;

/** Two queries, the table's and its columns', for the table of this name as it was typed. No rows: there is none. */
export function targetFactsQueries(name: string, command: WritingCommand, version: number): readonly [string, string] {
  const table = `pg_catalog.to_regclass(${quoteLiteral(name).trimStart()})`;
  const isVirtual = version >= 180_000 ? "a.attgenerated OPERATOR(pg_catalog.=) 'v'" : 'false';
  return [
    `SELECT c.oid::pg_catalog.regclass::pg_catalog.text, c.relkind,
  EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite r WHERE r.ev_class OPERATOR(pg_catalog.=) c.oid AND r.ev_type OPERATOR(pg_catalog.<>) '1'),
  pg_catalog.row_security_active(c.oid),
  (SELECT pg_catalog.string_agg(t.tgname, ', ' ORDER BY t.tgname) FROM pg_catalog.pg_trigger t
   WHERE t.tgrelid OPERATOR(pg_catalog.=) c.oid AND NOT t.tgisinternal AND t.tgenabled OPERATOR(pg_catalog.<>) 'D'
     AND (t.tgtype OPERATOR(pg_catalog.&) ${firedBy[command]}::pg_catalog.int2) OPERATOR(pg_catalog.<>) 0)
FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) ${table}`,
    `SELECT a.attname, pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT'), ${isVirtual},
  COALESCE(a.attnum OPERATOR(pg_catalog.=) ANY (i.indkey), false)
FROM pg_catalog.pg_attribute a
     LEFT JOIN pg_catalog.pg_index i ON i.indrelid OPERATOR(pg_catalog.=) a.attrelid AND i.indisprimary
WHERE a.attrelid OPERATOR(pg_catalog.=) ${table} AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
ORDER BY a.attnum`,
  ];
}

export function targetFacts(table: Rows, columns: Rows): TargetFacts | undefined {
  const [row] = table.rows;
  if (row === undefined) return undefined;
  const triggers = cell(row, 4);
  return {
    name: cell(row, 0),
    kind: cell(row, 1),
    hasRules: cell(row, 2) === 't',
    hasRowSecurity: cell(row, 3) === 't',
    triggers: triggers === '' ? [] : triggers.split(', '),
    columns: columns.rows.map((column) => ({
      name: cell(column, 0),
      isReadable: cell(column, 1) === 't',
      isVirtual: cell(column, 2) === 't',
      isKey: cell(column, 3) === 't',
    })),
  };
}

/** Those of the names that a volatile function has, in whatever schema. */
export function volatileNamesQuery(names: readonly string[]): string {
  const list = names.map((name) => quoteLiteral(name).trimStart()).join(', ');
  return `SELECT DISTINCT p.proname FROM pg_catalog.pg_proc p
WHERE p.provolatile OPERATOR(pg_catalog.=) 'v' AND p.proname OPERATOR(pg_catalog.=) ANY (ARRAY[${list}]::pg_catalog.name[])
ORDER BY p.proname`;
}

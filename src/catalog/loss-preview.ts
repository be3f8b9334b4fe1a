import { quoteLiteral } from '../sql/quote.ts';
import type { Rows } from './catalog-work.ts';

/** What a statement would take away, by names as SQL writes them. */
export type LossSubject =
  | { readonly kind: 'relation' | 'schema' | 'type' | 'routine' | 'extension'; readonly names: readonly string[]; readonly how: LossKind }
  | { readonly kind: 'column'; readonly table: string; readonly column: string }
  | { readonly kind: 'database'; readonly name: string };

/** Rows alone go, or with them those that refer to them, or the thing itself. */
export type LossKind = 'rows' | 'referring-rows' | 'referring-tables' | 'object';

const literal = (text: string): string => quoteLiteral(text).trimStart();

/** Its size and the rows it holds: one row, `size`, `rows` and whether those are known. */
export function sizeQuery(subject: LossSubject): string | undefined {
  switch (subject.kind) {
    case 'database':
      return `SELECT pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(${literal(subject.name)})), NULL, false`;
    case 'column':
      return tablesSize(`SELECT pg_catalog.to_regclass(${literal(subject.table)})::pg_catalog.oid`);
    case 'relation':
      return tablesSize(`SELECT pg_catalog.to_regclass(n)::pg_catalog.oid FROM ${namesOf(subject.names)} n`);
    case 'schema':
      return tablesSize(
        `SELECT c.oid FROM pg_catalog.pg_class c JOIN ${namesOf(subject.names)} n ON c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.to_regnamespace(n)`,
      );
    case 'type':
    case 'routine':
    case 'extension':
      return undefined;
  }
}

/** Tables and materialized views with their partitions and children. The rows are the planner's estimate, or the statistics' where none was made. */
function tablesSize(oids: string): string {
  return `WITH RECURSIVE gone (oid) AS (
  ${oids}
  UNION
  SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN gone g ON i.inhparent OPERATOR(pg_catalog.=) g.oid
)
SELECT pg_catalog.pg_size_pretty(pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid))),
  pg_catalog.sum(CASE WHEN c.reltuples OPERATOR(pg_catalog.>) 0 THEN c.reltuples::pg_catalog.int8 ELSE pg_catalog.pg_stat_get_live_tuples(c.oid) END)::pg_catalog.text,
  pg_catalog.bool_and(c.reltuples OPERATOR(pg_catalog.>) 0 OR pg_catalog.pg_stat_get_live_tuples(c.oid) OPERATOR(pg_catalog.>) 0 OR c.relpages OPERATOR(pg_catalog.=) 0 AND pg_catalog.pg_relation_size(c.oid) OPERATOR(pg_catalog.=) 0)
FROM pg_catalog.pg_class c JOIN gone g ON g.oid OPERATOR(pg_catalog.=) c.oid
WHERE c.relkind IN ('r', 'm')`;
}

/** Descriptions of what goes with it, the first few, each with the count of all. */
export function dependentsQuery(subject: LossSubject): string | undefined {
  switch (subject.kind) {
    case 'database':
      return undefined;
    case 'column':
      return dependentsOf(`SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, a.attrelid, a.attnum::pg_catalog.int4
  FROM pg_catalog.pg_attribute a
  WHERE a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(${literal(subject.table)}) AND a.attname OPERATOR(pg_catalog.=) ${literal(subject.column)}`);
    case 'relation':
      if (subject.how === 'object') return dependentsOf(startOf('pg_class', 'to_regclass', subject.names));
      return subject.how === 'rows' ? undefined : referringTables(subject.names, subject.how);
    case 'schema':
      return dependentsOf(startOf('pg_namespace', 'to_regnamespace', subject.names));
    case 'type':
      return dependentsOf(startOf('pg_type', 'to_regtype', subject.names));
    case 'routine':
      return dependentsOf(startOf('pg_proc', 'to_regproc', subject.names));
    case 'extension':
      return dependentsOf(`SELECT 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid, e.oid, 0
  FROM pg_catalog.pg_extension e JOIN ${namesOf(subject.names)} n ON e.extname OPERATOR(pg_catalog.=) n`);
  }
}

function startOf(catalog: string, look: string, names: readonly string[]): string {
  return `SELECT 'pg_catalog.${catalog}'::pg_catalog.regclass::pg_catalog.oid, pg_catalog.${look}(n)::pg_catalog.oid, 0 FROM ${namesOf(names)} n`;
}

/**
 * What DROP … CASCADE takes along. `own` are the parts that go with the thing itself (indexes, constraints, defaults), `gone` what
 * depends on it from outside, with all its parts: a view is reached by its rule, which is a part of it.
 */
function dependentsOf(start: string): string {
  const below = (of: string): string => `d.refclassid OPERATOR(pg_catalog.=) ${of}.classid AND d.refobjid OPERATOR(pg_catalog.=) ${of}.objid
    AND (${of}.objsubid OPERATOR(pg_catalog.=) 0 OR d.refobjsubid OPERATOR(pg_catalog.=) ${of}.objsubid)`;
  return `WITH RECURSIVE own (classid, objid, objsubid) AS (
  ${start}
  UNION
  SELECT d.classid, d.objid, d.objsubid FROM own o JOIN pg_catalog.pg_depend d ON ${below('o')} AND d.deptype IN ('a', 'i', 'P', 'S', 'e')
), gone (classid, objid, objsubid) AS (
  SELECT d.classid, d.objid, d.objsubid FROM own o JOIN pg_catalog.pg_depend d ON ${below('o')} AND d.deptype OPERATOR(pg_catalog.=) 'n'
  UNION
  SELECT l.classid, l.objid, l.objsubid FROM gone g CROSS JOIN LATERAL (
    SELECT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d WHERE ${below('g')}
    UNION ALL
    SELECT d.refclassid, d.refobjid, d.refobjsubid FROM pg_catalog.pg_depend d
    WHERE d.classid OPERATOR(pg_catalog.=) g.classid AND d.objid OPERATOR(pg_catalog.=) g.objid AND d.deptype OPERATOR(pg_catalog.=) 'i'
  ) l
), whole (classid, objid) AS (
  SELECT classid, objid FROM own UNION SELECT classid, objid FROM gone
)
SELECT pg_catalog.pg_describe_object(g.classid, g.objid, g.objsubid), pg_catalog.count(*) OVER ()
FROM (SELECT DISTINCT classid, objid, objsubid FROM gone) g
WHERE NOT EXISTS (SELECT FROM own o WHERE o.classid OPERATOR(pg_catalog.=) g.classid AND o.objid OPERATOR(pg_catalog.=) g.objid)
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d JOIN whole w ON w.classid OPERATOR(pg_catalog.=) d.refclassid AND w.objid OPERATOR(pg_catalog.=) d.refobjid
    WHERE d.classid OPERATOR(pg_catalog.=) g.classid AND d.objid OPERATOR(pg_catalog.=) g.objid AND d.deptype IN ('a', 'i', 'P', 'S')
  )
ORDER BY 1 LIMIT ${shownDependents}`;
}

/** Tables that TRUNCATE … CASCADE empties too, or whose rows ON DELETE CASCADE takes. */
function referringTables(names: readonly string[], how: 'referring-rows' | 'referring-tables'): string {
  const onlyCascading = how === 'referring-rows' ? " AND k.confdeltype OPERATOR(pg_catalog.=) 'c'" : '';
  return `WITH RECURSIVE named (oid) AS (
  SELECT pg_catalog.to_regclass(n)::pg_catalog.oid FROM ${namesOf(names)} n
), gone (oid) AS (
  SELECT oid FROM named
  UNION
  SELECT k.conrelid FROM pg_catalog.pg_constraint k JOIN gone g ON k.confrelid OPERATOR(pg_catalog.=) g.oid
  WHERE k.contype OPERATOR(pg_catalog.=) 'f'${onlyCascading}
)
SELECT 'table ' OPERATOR(pg_catalog.||) g.oid::pg_catalog.regclass::pg_catalog.text, pg_catalog.count(*) OVER ()
FROM gone g WHERE g.oid NOT IN (SELECT oid FROM named WHERE oid IS NOT NULL)
ORDER BY 1 LIMIT ${shownDependents}`;
}

const shownDependents = 5;

function namesOf(names: readonly string[]): string {
  return `pg_catalog.unnest(ARRAY[${names.map(literal).join(', ')}]::pg_catalog.text[])`;
}

/** A sentence on size and rows. */
export function sizeLine(answer: Rows | undefined): string {
  const [size, rows, isKnown] = answer?.rows[0] ?? [];
  if (size === undefined || size === null) return 'Size and rows: not known';
  if (rows === null || rows === undefined) return `Size: ${size}`;
  return `Size: ${size} · rows: ${isKnown === 't' ? `about ${rows.replace(/\B(?=(?:\d{3})+$)/g, ',')}` : 'not known'}`;
}

/** A sentence on what goes with it; `lead` says how. */
export function dependentsLine(answer: Rows | undefined, lead: string): string {
  if (answer === undefined) return `${lead}: not known`;
  const names = answer.rows.map(([name]) => name ?? '?');
  if (names.length === 0) return `${lead}: nothing`;
  const others = Number(answer.rows[0]?.[1] ?? 0) - names.length;
  return `${lead}: ${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}

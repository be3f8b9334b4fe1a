import { leadingKeywords } from '../../sql/classify.ts';
import { ddlTargets } from '../../sql/rehearsal/ddl-targets.ts';
import type { Rows } from '../catalog-work.ts';
import { cell } from '../catalog-work.ts';
import { texts } from './type-facts.ts';

/** The files of the table of an ALTER TABLE, its partitions and children: one that is written anew gets another. Undefined: it is none. */
export function alteredFilesQuery(sql: string, standardStrings: boolean): string | undefined {
  const names = leadingKeywords(sql, 2).join(' ') === 'alter table' ? ddlTargets(sql, standardStrings) : [];
  if (names.length === 0) return undefined;
  return `WITH RECURSIVE family (oid) AS (
  SELECT pg_catalog.to_regclass(n.name)::pg_catalog.oid FROM pg_catalog.unnest(ARRAY[${texts(names)}]) n (name)
  UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON i.inhparent OPERATOR(pg_catalog.=) f.oid
)
SELECT f.oid::pg_catalog.regclass::pg_catalog.text, pg_catalog.pg_relation_filenode(f.oid::pg_catalog.regclass)
FROM family f WHERE pg_catalog.pg_relation_filenode(f.oid::pg_catalog.regclass) IS NOT NULL ORDER BY 1`;
}

/** A sentence on what was written anew between two looks; none where there are no files. */
export function rewrittenNotes(before: Rows, after: Rows): readonly string[] {
  if (before.rows.length === 0) return [];
  const files = new Map(before.rows.map((row) => [cell(row, 0), cell(row, 1)]));
  const anew = after.rows.filter((row) => files.has(cell(row, 0)) && files.get(cell(row, 0)) !== cell(row, 1));
  return [anew.length === 0 ? 'No table was written anew.' : `Written anew: ${anew.map((row) => cell(row, 0)).join(', ')}.`];
}

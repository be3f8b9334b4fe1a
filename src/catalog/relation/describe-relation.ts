import { type CatalogOutcome, type CatalogTable, type CatalogWork, cell, done } from '../catalog-work.ts';
import { buildQuery, type ListQuery } from '../list-query.ts';
import type { ListRequest } from '../list-request.ts';
import { columnsQuery, columnsTable } from './columns.ts';
import { type Relation, relationFrom, relationQuery, relationTitle } from './relation.ts';
import { sections } from './sections.ts';
import { describeSequence } from './sequence.ts';

/** \d NAME: every relation the pattern finds. */
export function* describeRelations(request: ListRequest): CatalogWork<CatalogOutcome> {
  const [pattern] = request.patterns;
  const built = buildQuery(request, relationsQuery);
  if (!built.ok) return { type: 'failed', text: built.text };
  const found = yield built.sql;
  if (found.rows.length === 0) {
    const text = pattern === undefined ? 'Did not find any relations.' : `Did not find any relation named "${pattern}".`;
    return { type: 'nothing-found', text, fails: true };
  }
  for (const row of found.rows) {
    const named = { oid: cell(row, 0), schema: cell(row, 1), name: cell(row, 2) };
    const details = yield relationQuery(named.oid, request);
    const [facts] = details.rows;
    // Dropped since the last query.
    if (facts === undefined) return { type: 'nothing-found', text: `Did not find any relation with OID ${named.oid}.`, fails: true };
    const relation = relationFrom(facts, named, request);
    yield yield* relation.kind === 'S' ? describeSequence(relation) : describeOne(relation);
  }
  return done;
}

function relationsQuery(q: ListQuery): string {
  return `SELECT c.oid,
  n.nspname,
  c.relname
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${q.userObjects('WHERE')}${q.match({
  schema: 'n.nspname',
  name: 'c.relname',
  visibility: 'pg_catalog.pg_table_is_visible(c.oid)',
  parts: 3,
  hasWhere: !q.showsSystem && q.pattern === undefined,
})}ORDER BY 2, 3;`;
}

function* describeOne(relation: Relation): CatalogWork<CatalogTable> {
  const { headings, rows } = columnsTable(relation, yield columnsQuery(relation));
  const footers: string[] = [];
  for (const section of sections) {
    if (section.applies(relation)) footers.push(...(yield* section.lines(relation)));
  }
  return {
    title: relationTitle(relation),
    columns: headings.map((name) => ({ name, align: 'left' })),
    rows,
    footers,
    neverExpanded: true,
    isSection: true,
  };
}

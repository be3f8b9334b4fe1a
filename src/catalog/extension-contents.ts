import { type CatalogOutcome, type CatalogWork, cell, done } from './catalog-work.ts';
import { listTable } from './list.ts';
import { buildQuery } from './list-query.ts';
import type { ListRequest } from './list-request.ts';

/** \dx+: what belongs to each extension. */
export function* describeExtensionContents(request: ListRequest): CatalogWork<CatalogOutcome> {
  const [pattern] = request.patterns;
  const built = buildQuery(
    request,
    (q) => `SELECT e.extname, e.oid
FROM pg_catalog.pg_extension e
${q.match({ name: 'e.extname', parts: 1, hasWhere: false })}ORDER BY 1;`,
  );
  if (!built.ok) return { type: 'failed', text: built.text };
  const found = yield built.sql;
  if (found.rows.length === 0) {
    const text = pattern === undefined ? 'Did not find any extensions.' : `Did not find any extension named "${pattern}".`;
    return { type: 'nothing-found', text, fails: true };
  }
  for (const row of found.rows) {
    const sql = `SELECT pg_catalog.pg_describe_object(classid, objid, 0) AS "Object description"
FROM pg_catalog.pg_depend
WHERE refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND refobjid = '${cell(row, 1)}' AND deptype = 'e'
ORDER BY 1;`;
    yield { ...listTable(`Objects in extension "${cell(row, 0)}"`, yield sql, request.version), isSection: true };
  }
  return done;
}

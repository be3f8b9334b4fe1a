import { type CatalogOutcome, type CatalogWork, cell, done, type Rows } from './catalog-work.ts';
import { buildQuery } from './list-query.ts';
import type { ListRequest } from './list-request.ts';

/** The columns after `Deletes`, with the server that has them. */
const laterColumns = [
  { heading: 'Truncates', since: 110_000, select: ', pubtruncate' },
  {
    heading: 'Generated columns',
    since: 180_000,
    select: `, (CASE pubgencols\n    WHEN 'n' THEN 'none'\n    WHEN 's' THEN 'stored'\n   END) AS "Generated columns"\n`,
  },
  { heading: 'Via root', since: 130_000, select: ', pubviaroot' },
] as const;

/** \dRp+: each publication with its tables. */
export function* describePublications(request: ListRequest): CatalogWork<CatalogOutcome> {
  const [pattern] = request.patterns;
  const later = laterColumns.filter(({ since }) => request.version >= since);
  const built = buildQuery(
    request,
    (q) => `SELECT oid, pubname,
  pg_catalog.pg_get_userbyid(pubowner) AS owner,
  puballtables, pubinsert, pubupdate, pubdelete${later.map(({ select }) => select).join('')}
FROM pg_catalog.pg_publication
${q.match({ name: 'pubname', parts: 1, hasWhere: false })}ORDER BY 2;`,
  );
  if (!built.ok) return { type: 'failed', text: built.text };
  const found = yield built.sql;
  if (found.rows.length === 0) {
    const text = pattern === undefined ? 'Did not find any publications.' : `Did not find any publication named "${pattern}".`;
    return { type: 'nothing-found', text, fails: true };
  }
  const headings = ['Owner', 'All tables', 'Inserts', 'Updates', 'Deletes', ...later.map(({ heading }) => heading)];
  for (const row of found.rows) {
    const footers = cell(row, 3) === 't' ? [] : yield* contents(cell(row, 0), request.version);
    yield {
      title: `Publication ${cell(row, 1)}`,
      columns: headings.map((name) => ({ name, align: 'left' as const })),
      rows: [headings.map((_, index) => cell(row, index + 2))],
      isSection: true,
      // Without a footer of its own psql prints the number of rows.
      ...(footers.length === 0 ? {} : { footers }),
    };
  }
  return done;
}

function* contents(oid: string, version: number): Generator<string, readonly string[], Rows> {
  const filters =
    version >= 150_000
      ? `, pg_get_expr(pr.prqual, c.oid), (CASE WHEN pr.prattrs IS NOT NULL THEN
     pg_catalog.array_to_string(      ARRAY(SELECT attname
              FROM
                pg_catalog.generate_series(0, pg_catalog.array_upper(pr.prattrs::pg_catalog.int2[], 1)) s,
                pg_catalog.pg_attribute
        WHERE attrelid = c.oid AND attnum = prattrs[s]), ', ')
       ELSE NULL END)`
      : ', NULL, NULL';
  const tables = yield `SELECT n.nspname, c.relname${filters}
FROM pg_catalog.pg_class c,
     pg_catalog.pg_namespace n,
     pg_catalog.pg_publication_rel pr
WHERE c.relnamespace = n.oid
  AND c.oid = pr.prrelid
  AND pr.prpubid = '${oid}'
ORDER BY 1,2`;
  const lines = tables.rows.map(([schema, table, filter, columns]) => {
    const list = columns === null || columns === undefined ? '' : ` (${columns})`;
    return `    "${schema ?? ''}.${table ?? ''}"${list}${filter === null || filter === undefined ? '' : ` WHERE ${filter}`}`;
  });
  const footers = lines.length === 0 ? [] : ['Tables:', ...lines];
  if (version < 150_000) return footers;
  const schemas = yield `SELECT n.nspname
FROM pg_catalog.pg_namespace n
     JOIN pg_catalog.pg_publication_namespace pn ON n.oid = pn.pnnspid
WHERE pn.pnpubid = '${oid}'
ORDER BY 1`;
  if (schemas.rows.length === 0) return footers;
  return [...footers, 'Tables from schemas:', ...schemas.rows.map((row) => `    "${cell(row, 0)}"`)];
}

import { cell } from '../catalog-work.ts';
import { isTableLike } from './constraint-sections.ts';
import type { Relation } from './relation.ts';
import { headed, querySection, type Section } from './section.ts';

/** The publications a table is in, with its columns and row filter there. */
export const publications: Section = querySection(isTableLike, publicationsQuery, ({ rows }) =>
  headed(
    'Publications:',
    rows.map((row) => {
      const columns = row[2] === null ? '' : ` (${cell(row, 2)})`;
      return `    "${cell(row, 0)}"${columns}${row[1] === null ? '' : ` WHERE ${cell(row, 1)}`}`;
    }),
  ),
);

function publicationsQuery({ oid, request }: Relation): string {
  const allTables = `SELECT pubname
     , NULL
     , NULL
FROM pg_catalog.pg_publication p
WHERE p.puballtables AND pg_catalog.pg_relation_is_publishable('${oid}')
ORDER BY 1;`;
  if (request.version < 150_000) {
    return `SELECT pubname
     , NULL
     , NULL
FROM pg_catalog.pg_publication p
JOIN pg_catalog.pg_publication_rel pr ON p.oid = pr.prpubid
WHERE pr.prrelid = '${oid}'
UNION ALL
${allTables}`;
  }
  return `SELECT pubname
     , NULL
     , NULL
FROM pg_catalog.pg_publication p
     JOIN pg_catalog.pg_publication_namespace pn ON p.oid = pn.pnpubid
     JOIN pg_catalog.pg_class pc ON pc.relnamespace = pn.pnnspid
WHERE pc.oid ='${oid}' and pg_catalog.pg_relation_is_publishable('${oid}')
UNION
SELECT pubname
     , pg_get_expr(pr.prqual, c.oid)
     , (CASE WHEN pr.prattrs IS NOT NULL THEN
         (SELECT string_agg(attname, ', ')
           FROM pg_catalog.generate_series(0, pg_catalog.array_upper(pr.prattrs::pg_catalog.int2[], 1)) s,
                pg_catalog.pg_attribute
          WHERE attrelid = pr.prrelid AND attnum = prattrs[s])
        ELSE NULL END) FROM pg_catalog.pg_publication p
     JOIN pg_catalog.pg_publication_rel pr ON p.oid = pr.prpubid
     JOIN pg_catalog.pg_class c ON c.oid = pr.prrelid
WHERE pr.prrelid = '${oid}'
UNION
${allTables}`;
}

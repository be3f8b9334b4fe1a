import { cell } from '../catalog-work.ts';
import { isTableLike } from './constraint-sections.ts';
import { headed, querySection, type Section } from './section.ts';

const kindColumns = `  'd' = any(stxkind) AS ndist_enabled,
  'f' = any(stxkind) AS deps_enabled,
  'm' = any(stxkind) AS mcv_enabled,
`;

/** Extended statistics objects. */
export const statistics: Section = querySection(
  isTableLike,
  ({ oid, request }) =>
    request.version >= 140_000
      ? `SELECT oid, stxrelid::pg_catalog.regclass, stxnamespace::pg_catalog.regnamespace::pg_catalog.text AS nsp, stxname,
pg_catalog.pg_get_statisticsobjdef_columns(oid) AS columns,
${kindColumns}stxstattarget
FROM pg_catalog.pg_statistic_ext
WHERE stxrelid = '${oid}'
ORDER BY nsp, stxname;`
      : `SELECT oid, stxrelid::pg_catalog.regclass, stxnamespace::pg_catalog.regnamespace AS nsp, stxname,
  (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(attname),', ')
   FROM pg_catalog.unnest(stxkeys) s(attnum)
   JOIN pg_catalog.pg_attribute a ON (stxrelid = a.attrelid AND
        a.attnum = s.attnum AND NOT attisdropped)) AS columns,
${kindColumns}${request.version >= 130_000 ? '  stxstattarget\n' : '  -1 AS stxstattarget\n'}FROM pg_catalog.pg_statistic_ext
WHERE stxrelid = '${oid}'
ORDER BY 1;`,
  ({ rows }, { request }) =>
    headed(
      'Statistics objects:',
      rows.map((row) => statisticsText(row, request.version >= 140_000)),
    ),
);

/** From 14 on the kinds are left out where all of them, or none, are meant. */
function statisticsText(row: readonly (string | null)[], leavesOutDefault: boolean): string {
  const kinds = ['ndistinct', 'dependencies', 'mcv'].filter((_, index) => cell(row, 5 + index) === 't');
  const isDefault = leavesOutDefault && (kinds.length === 0 || kinds.length === 3);
  const target = cell(row, 8);
  return `    "${cell(row, 2)}.${cell(row, 3)}"${isDefault ? '' : ` (${kinds.join(', ')})`} ON ${cell(row, 4)} FROM ${cell(row, 1)}${
    target === '' || target === '-1' ? '' : `; STATISTICS ${target}`
  }`;
}

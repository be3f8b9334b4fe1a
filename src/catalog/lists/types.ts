import type { CatalogList } from '../list.ts';
import { typeName, typePattern } from './type-name.ts';

/** \dT */
export const dataTypes: CatalogList = {
  title: 'List of data types',
  query: (q) => `SELECT n.nspname as "Schema",
  pg_catalog.format_type(t.oid, NULL) AS "Name",
${q.plus(`  t.typname AS "Internal name",
  CASE WHEN t.typrelid != 0
      THEN CAST('tuple' AS pg_catalog.text)
    WHEN t.typlen < 0
      THEN CAST('var' AS pg_catalog.text)
    ELSE CAST(t.typlen AS pg_catalog.text)
  END AS "Size",
  pg_catalog.array_to_string(
      ARRAY(
          SELECT e.enumlabel
          FROM pg_catalog.pg_enum e
          WHERE e.enumtypid = t.oid
          ORDER BY e.enumsortorder
      ),
      E'\\n'
  ) AS "Elements",
  pg_catalog.pg_get_userbyid(t.typowner) AS "Owner",
${q.privileges('t.typacl')},
  `)}  pg_catalog.obj_description(t.oid, 'pg_type') as "Description"
FROM pg_catalog.pg_type t
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))
${
  q.pattern?.includes('[]')
    ? ''
    : '  AND NOT EXISTS(SELECT 1 FROM pg_catalog.pg_type el WHERE el.oid = t.typelem AND el.typarray = t.oid)\n'
}${q.userObjects()}${q.match({ ...typeName('n', 't'), ...(q.pattern === undefined ? {} : { pattern: typePattern(q.pattern) }) })}ORDER BY 1, 2;`,
};

/** \dD */
export const domains: CatalogList = {
  title: 'List of domains',
  query: (q) => `SELECT n.nspname as "Schema",
       t.typname as "Name",
       pg_catalog.format_type(t.typbasetype, t.typtypmod) as "Type",
       (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type bt
        WHERE c.oid = t.typcollation AND bt.oid = t.typbasetype AND t.typcollation <> bt.typcollation) as "Collation",
       CASE WHEN t.typnotnull THEN 'not null' END as "Nullable",
       t.typdefault as "Default",
       pg_catalog.array_to_string(ARRAY(
         SELECT pg_catalog.pg_get_constraintdef(r.oid, true) FROM pg_catalog.pg_constraint r WHERE t.oid = r.contypid${
           // From 17 on NOT NULL is a constraint too, and has its own column here.
           q.since(17) ? " AND r.contype = 'c' ORDER BY r.conname" : ''
         }
       ), ' ') as "Check"${q.plus(`,
  ${q.privileges('t.typacl')},
       d.description as "Description"`)}
FROM pg_catalog.pg_type t
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
${q.plus('     LEFT JOIN pg_catalog.pg_description d ON d.classoid = t.tableoid AND d.objoid = t.oid AND d.objsubid = 0\n')}WHERE t.typtype = 'd'
${q.userObjects()}${q.match({ schema: 'n.nspname', name: 't.typname', visibility: 'pg_catalog.pg_type_is_visible(t.oid)', parts: 3 })}ORDER BY 1, 2;`,
};

/** \dc */
export const conversions: CatalogList = {
  title: 'List of conversions',
  query: (q) => `SELECT n.nspname AS "Schema",
       c.conname AS "Name",
       pg_catalog.pg_encoding_to_char(c.conforencoding) AS "Source",
       pg_catalog.pg_encoding_to_char(c.contoencoding) AS "Destination",
       CASE WHEN c.condefault THEN 'yes'
       ELSE 'no' END AS "Default?"${q.plus(',\n       d.description AS "Description"')}
FROM pg_catalog.pg_conversion c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
${q.plus(`LEFT JOIN pg_catalog.pg_description d ON d.classoid = c.tableoid
          AND d.objoid = c.oid AND d.objsubid = 0
`)}WHERE true
${q.userObjects('AND', '  ')}${q.match({
  schema: 'n.nspname',
  name: 'c.conname',
  visibility: 'pg_catalog.pg_conversion_is_visible(c.oid)',
  parts: 3,
})}ORDER BY 1, 2;`,
};

/** \dO */
export const collations: CatalogList = {
  title: 'List of collations',
  query: (q) => {
    const provider = `CASE c.collprovider WHEN 'd' THEN 'default' ${q.since(17) ? "WHEN 'b' THEN 'builtin' " : ''}WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' END AS "Provider"`;
    const deterministic = `${q.since(12) ? "CASE WHEN c.collisdeterministic THEN 'yes' ELSE 'no' END" : "'yes'"} AS "Deterministic?"`;
    // psql 16 moved the provider to the front and added the ICU rules; 17 renamed the locale.
    const columns = q.since(16)
      ? `SELECT
  n.nspname AS "Schema",
  c.collname AS "Name",
  ${provider},
  c.collcollate AS "Collate",
  c.collctype AS "Ctype",
  ${q.since(17) ? 'c.colllocale AS "Locale"' : 'c.colliculocale AS "ICU Locale"'},
  c.collicurules AS "ICU Rules",
  ${deterministic}${q.plus(`,\n  pg_catalog.obj_description(c.oid, 'pg_collation') AS "Description"`)}`
      : `SELECT n.nspname AS "Schema",
       c.collname AS "Name",
       c.collcollate AS "Collate",
       c.collctype AS "Ctype",
       ${q.since(15) ? 'c.colliculocale' : 'c.collcollate'} AS "ICU Locale",
       ${provider},
       ${deterministic}${q.plus(`,\n       pg_catalog.obj_description(c.oid, 'pg_collation') AS "Description"`)}`;
    return `${columns}
FROM pg_catalog.pg_collation c, pg_catalog.pg_namespace n
WHERE n.oid = c.collnamespace
${q.userObjects()}      AND c.collencoding IN (-1, pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))
${q.match({ schema: 'n.nspname', name: 'c.collname', visibility: 'pg_catalog.pg_collation_is_visible(c.oid)', parts: 3 })}ORDER BY 1, 2;`;
  },
};

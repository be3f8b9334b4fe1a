import type { CatalogList } from '../list.ts';

/** \dp and \z */
export const accessPrivileges: CatalogList = {
  title: 'Access privileges',
  query: (q) => `SELECT n.nspname as "Schema",
  c.relname as "Name",
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table' END as "Type",
  ${q.privileges('c.relacl')},
  pg_catalog.array_to_string(ARRAY(
    SELECT attname || E':\\n  ' || pg_catalog.array_to_string(attacl, E'\\n  ')
    FROM pg_catalog.pg_attribute a
    WHERE attrelid = c.oid AND NOT attisdropped AND attacl IS NOT NULL
  ), E'\\n') AS "Column privileges",
  pg_catalog.array_to_string(ARRAY(
    SELECT polname
    || CASE WHEN NOT polpermissive THEN
       E' (RESTRICTIVE)'
       ELSE '' END
    || CASE WHEN polcmd != '*' THEN
           E' (' || polcmd::pg_catalog.text || E'):'
       ELSE E':'
       END
    || CASE WHEN polqual IS NOT NULL THEN
           E'\\n  (u): ' || pg_catalog.pg_get_expr(polqual, polrelid)
       ELSE E''
       END
    || CASE WHEN polwithcheck IS NOT NULL THEN
           E'\\n  (c): ' || pg_catalog.pg_get_expr(polwithcheck, polrelid)
       ELSE E''
       END    || CASE WHEN polroles <> '{0}' THEN
           E'\\n  to: ' || pg_catalog.array_to_string(
               ARRAY(
                   SELECT rolname
                   FROM pg_catalog.pg_roles
                   WHERE oid = ANY (polroles)
                   ORDER BY 1
               ), E', ')
       ELSE E''
       END
    FROM pg_catalog.pg_policy pol
    WHERE polrelid = c.oid), E'\\n')
    AS "Policies"
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r','v','m','S','f','p')
${q.since(16) ? q.userObjects() : ''}${q.match({
  schema: 'n.nspname',
  name: 'c.relname',
  // psql 16 brought the S of \dpS and with it the usual rule about system schemas.
  visibility: `${q.since(16) ? '' : "n.nspname !~ '^pg_' AND "}pg_catalog.pg_table_is_visible(c.oid)`,
  parts: 3,
})}ORDER BY 1, 2;`,
};

/** \ddp */
export const defaultPrivileges: CatalogList = {
  title: 'Default access privileges',
  query: (q) => `SELECT pg_catalog.pg_get_userbyid(d.defaclrole) AS "Owner",
  n.nspname AS "Schema",
  CASE d.defaclobjtype ${q.since(18) ? '    ' : ''}WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'function'${q.since(18) ? '   ' : ''} WHEN 'T' THEN 'type' WHEN 'n' THEN 'schema'${q.since(18) ? " WHEN 'L' THEN 'large object'" : ''} END AS "Type",
  ${q.privileges('d.defaclacl')}
FROM pg_catalog.pg_default_acl d
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
${q.match({ name: 'n.nspname', alternative: 'pg_catalog.pg_get_userbyid(d.defaclrole)', parts: 3, hasWhere: false })}ORDER BY 1, 2, 3;`,
};

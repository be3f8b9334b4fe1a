import type { CatalogList } from '../list.ts';

/** Options of an object as `(name 'value', …)`. */
function optionsColumn(column: string): string {
  return `CASE WHEN ${column} IS NULL THEN '' ELSE   '(' || pg_catalog.array_to_string(ARRAY(SELECT   pg_catalog.quote_ident(option_name) ||  ' ' ||   pg_catalog.quote_literal(option_value)  FROM   pg_catalog.pg_options_to_table(${column})),  ', ') || ')'   END AS "FDW options"`;
}

/** \dew */
export const foreignDataWrappers: CatalogList = {
  title: 'List of foreign-data wrappers',
  query: (q) => `SELECT fdw.fdwname AS "Name",
  pg_catalog.pg_get_userbyid(fdw.fdwowner) AS "Owner",
  fdw.fdwhandler::pg_catalog.regproc AS "Handler",
  fdw.fdwvalidator::pg_catalog.regproc AS "Validator"${q.plus(`,
  ${q.privileges('fdwacl')},
 ${optionsColumn('fdwoptions')},
  d.description AS "Description" `)}
FROM pg_catalog.pg_foreign_data_wrapper fdw
${q.plus(`LEFT JOIN pg_catalog.pg_description d
       ON d.classoid = fdw.tableoid AND d.objoid = fdw.oid AND d.objsubid = 0
`)}${q.match({ name: 'fdwname', parts: 1, hasWhere: false })}ORDER BY 1;`,
};

/** \des */
export const foreignServers: CatalogList = {
  title: 'List of foreign servers',
  query: (q) => `SELECT s.srvname AS "Name",
  pg_catalog.pg_get_userbyid(s.srvowner) AS "Owner",
  f.fdwname AS "Foreign-data wrapper"${q.plus(`,
  ${q.privileges('s.srvacl')},
  s.srvtype AS "Type",
  s.srvversion AS "Version",
  ${optionsColumn('srvoptions')},
  d.description AS "Description"`)}
FROM pg_catalog.pg_foreign_server s
     JOIN pg_catalog.pg_foreign_data_wrapper f ON f.oid=s.srvfdw
${q.plus(`LEFT JOIN pg_catalog.pg_description d
       ON d.classoid = s.tableoid AND d.objoid = s.oid AND d.objsubid = 0
`)}${q.match({ name: 's.srvname', parts: 1, hasWhere: false })}ORDER BY 1;`,
};

/** \deu */
export const userMappings: CatalogList = {
  title: 'List of user mappings',
  query: (q) => `SELECT um.srvname AS "Server",
  um.usename AS "User name"${q.plus(`,\n ${optionsColumn('umoptions')}`)}
FROM pg_catalog.pg_user_mappings um
${q.match({ name: 'um.srvname', alternative: 'um.usename', parts: 1, hasWhere: false })}ORDER BY 1, 2;`,
};

/** \det */
export const foreignTables: CatalogList = {
  title: 'List of foreign tables',
  query: (q) => `SELECT n.nspname AS "Schema",
  c.relname AS "Table",
  s.srvname AS "Server"${q.plus(`,
 ${optionsColumn('ftoptions')},
  d.description AS "Description"`)}
FROM pg_catalog.pg_foreign_table ft
  INNER JOIN pg_catalog.pg_class c ON c.oid = ft.ftrelid
  INNER JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  INNER JOIN pg_catalog.pg_foreign_server s ON s.oid = ft.ftserver
${q.plus(`   LEFT JOIN pg_catalog.pg_description d
          ON d.classoid = c.tableoid AND d.objoid = c.oid AND d.objsubid = 0
`)}${q.match({
  schema: 'n.nspname',
  name: 'c.relname',
  visibility: 'pg_catalog.pg_table_is_visible(c.oid)',
  parts: 3,
  hasWhere: false,
})}ORDER BY 1, 2;`,
};

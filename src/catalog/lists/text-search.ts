import type { CatalogList } from '../list.ts';

/** \dF without + */
export const textSearchConfigurations: CatalogList = {
  title: 'List of text search configurations',
  query: (q) => `SELECT
   n.nspname as "Schema",
   c.cfgname as "Name",
   pg_catalog.obj_description(c.oid, 'pg_ts_config') as "Description"
FROM pg_catalog.pg_ts_config c
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
${q.match({ ...configurationMatch, hasWhere: false })}ORDER BY 1, 2;`,
};

export const configurationMatch = {
  schema: 'n.nspname',
  name: 'c.cfgname',
  visibility: 'pg_catalog.pg_ts_config_is_visible(c.oid)',
  parts: 3,
} as const;

/** \dFp without + */
export const textSearchParsers: CatalogList = {
  title: 'List of text search parsers',
  query: (q) => `SELECT
  n.nspname as "Schema",
  p.prsname as "Name",
  pg_catalog.obj_description(p.oid, 'pg_ts_parser') as "Description"
FROM pg_catalog.pg_ts_parser p
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
${q.match(parserMatch)}ORDER BY 1, 2;`,
};

export const parserMatch = {
  schema: 'n.nspname',
  name: 'p.prsname',
  visibility: 'pg_catalog.pg_ts_parser_is_visible(p.oid)',
  parts: 3,
  hasWhere: false,
} as const;

/** \dFd */
export const textSearchDictionaries: CatalogList = {
  title: 'List of text search dictionaries',
  query: (q) => `SELECT
  n.nspname as "Schema",
  d.dictname as "Name",
${q.plus(`  ( SELECT COALESCE(nt.nspname, '(null)')::pg_catalog.text || '.' || t.tmplname FROM
    pg_catalog.pg_ts_template t
    LEFT JOIN pg_catalog.pg_namespace nt ON nt.oid = t.tmplnamespace
    WHERE d.dicttemplate = t.oid ) AS  "Template",
  d.dictinitoption as "Init options",
`)}  pg_catalog.obj_description(d.oid, 'pg_ts_dict') as "Description"
FROM pg_catalog.pg_ts_dict d
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
${q.match({
  schema: 'n.nspname',
  name: 'd.dictname',
  visibility: 'pg_catalog.pg_ts_dict_is_visible(d.oid)',
  parts: 3,
  hasWhere: false,
})}ORDER BY 1, 2;`,
};

/** \dFt */
export const textSearchTemplates: CatalogList = {
  title: 'List of text search templates',
  query: (q) => `SELECT
  n.nspname AS "Schema",
  t.tmplname AS "Name",
${q.plus(`  t.tmplinit::pg_catalog.regproc AS "Init",
  t.tmpllexize::pg_catalog.regproc AS "Lexize",
`)}  pg_catalog.obj_description(t.oid, 'pg_ts_template') AS "Description"
FROM pg_catalog.pg_ts_template t
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
${q.match({
  schema: 'n.nspname',
  name: 't.tmplname',
  visibility: 'pg_catalog.pg_ts_template_is_visible(t.oid)',
  parts: 3,
  hasWhere: false,
})}ORDER BY 1, 2;`,
};

import { type CatalogOutcome, type CatalogWork, cell, done } from './catalog-work.ts';
import { listTable } from './list.ts';
import { buildQuery } from './list-query.ts';
import type { ListRequest } from './list-request.ts';
import { configurationMatch, parserMatch } from './lists/text-search.ts';

function nothingFound(what: string, [pattern]: readonly string[]): CatalogOutcome {
  const text = pattern === undefined ? `Did not find any ${what}s.` : `Did not find any ${what} named "${pattern}".`;
  return { type: 'nothing-found', text, fails: true };
}

function qualified(schema: string | null | undefined, name: string): string {
  return schema === null || schema === undefined ? `"${name}"` : `"${schema}.${name}"`;
}

/** \dF+: each configuration with its dictionaries by kind of token. */
export function* describeTextSearchConfigurations(request: ListRequest): CatalogWork<CatalogOutcome> {
  const built = buildQuery(
    request,
    (q) => `SELECT c.oid, c.cfgname,
   n.nspname,
   p.prsname,
   np.nspname as pnspname
FROM pg_catalog.pg_ts_config c
   LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace,
 pg_catalog.pg_ts_parser p
   LEFT JOIN pg_catalog.pg_namespace np ON np.oid = p.prsnamespace
WHERE  p.oid = c.cfgparser
${q.match(configurationMatch)}ORDER BY 3, 2;`,
  );
  if (!built.ok) return { type: 'failed', text: built.text };
  const found = yield built.sql;
  if (found.rows.length === 0) return nothingFound('text search configuration', request.patterns);
  for (const row of found.rows) {
    const sql = `SELECT
  ( SELECT t.alias FROM
    pg_catalog.ts_token_type(c.cfgparser) AS t
    WHERE t.tokid = m.maptokentype ) AS "Token",
  pg_catalog.btrim(
    ARRAY( SELECT mm.mapdict::pg_catalog.regdictionary
           FROM pg_catalog.pg_ts_config_map AS mm
           WHERE mm.mapcfg = m.mapcfg AND mm.maptokentype = m.maptokentype
           ORDER BY mapcfg, maptokentype, mapseqno
    ) :: pg_catalog.text,
  '{}') AS "Dictionaries"
FROM pg_catalog.pg_ts_config AS c, pg_catalog.pg_ts_config_map AS m
WHERE c.oid = '${cell(row, 0)}' AND m.mapcfg = c.oid
GROUP BY m.mapcfg, m.maptokentype, c.cfgparser
ORDER BY 1;`;
    const title = `Text search configuration ${qualified(row[2], cell(row, 1))}\nParser: ${qualified(row[4], cell(row, 3))}`;
    yield { ...listTable(title, yield sql, request.version, { footers: [] }), isSection: true };
  }
  return done;
}

/** \dFp+: each parser with its functions and kinds of token. */
export function* describeTextSearchParsers(request: ListRequest): CatalogWork<CatalogOutcome> {
  const built = buildQuery(
    request,
    (q) => `SELECT p.oid,
  n.nspname,
  p.prsname
FROM pg_catalog.pg_ts_parser p
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
${q.match(parserMatch)}ORDER BY 1, 2;`,
  );
  if (!built.ok) return { type: 'failed', text: built.text };
  const found = yield built.sql;
  if (found.rows.length === 0) return nothingFound('text search parser', request.patterns);
  for (const row of found.rows) {
    const oid = cell(row, 0);
    const name = qualified(row[1], cell(row, 2));
    yield { ...listTable(`Text search parser ${name}`, yield parserMethods(oid), request.version, { footers: [] }), isSection: true };
    const tokens = `SELECT t.alias as "Token name",
  t.description as "Description"
FROM pg_catalog.ts_token_type( '${oid}'::pg_catalog.oid ) as t
ORDER BY 1;`;
    yield { ...listTable(`Token types for parser ${name}`, yield tokens, request.version), countsRows: true, isSection: true };
  }
  return done;
}

const methods = [
  ['Start parse', 'prsstart'],
  ['Get next token', 'prstoken'],
  ['End parse', 'prsend'],
  ['Get headline', 'prsheadline'],
  ['Get token types', 'prslextype'],
] as const;

function parserMethods(oid: string): string {
  const arms = methods.map(([label, column], index) => {
    const named = (heading: string, keyword: string) => (index === 0 ? ` ${keyword} "${heading}"` : '');
    return `SELECT '${label}'${named('Method', 'AS')},
   p.${column}::pg_catalog.regproc${named('Function', 'AS')},
   pg_catalog.obj_description(p.${column}, 'pg_proc')${named('Description', 'as')}
 FROM pg_catalog.pg_ts_parser p
 WHERE p.oid = '${oid}'`;
  });
  return `${arms.join('\nUNION ALL\n')};`;
}

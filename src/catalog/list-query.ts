import { namePattern } from '../sql/name-pattern.ts';
import type { ListRequest } from './list-request.ts';

/** What a pattern is matched against; SQL expressions. */
export interface NameMatch {
  /** Default: the first argument. null: no pattern at all, only the visibility rule. */
  readonly pattern?: string | null;
  readonly schema?: string;
  readonly name: string;
  /** A second name that may match instead. */
  readonly alternative?: string;
  /** Applies while the pattern names no schema. */
  readonly visibility?: string;
  /** How many dotted parts a pattern may have; 'any': dots are ordinary characters. */
  readonly parts: 1 | 2 | 3 | 'any';
  /** Whether the query has its WHERE already: true unless said otherwise. */
  readonly hasWhere?: boolean;
  /** Characters special in regular expressions stand for themselves (operator names). */
  readonly escapes?: boolean;
}

/** The pieces a query's text is put together from. Empty text where a piece does not apply. */
export interface ListQuery extends ListRequest {
  /** The first argument. */
  readonly pattern: string | undefined;
  /** Whether the server is at least of that major version, 16 say. */
  since(major: number): boolean;
  /** The text under +, else nothing. */
  plus(text: string): string;
  /** An access privileges column (psql 17 tells empty privileges from default ones). */
  privileges(column: string): string;
  /** Keeps system objects out unless S or a pattern was given. */
  userObjects(first?: 'AND' | 'WHERE', indent?: string): string;
  /** The condition of a pattern. A pattern with too many parts or of another database fails the whole query. */
  match(target: NameMatch): string;
}

export type BuiltQuery = { readonly ok: true; readonly sql: string } | { readonly ok: false; readonly text: string };

/** Puts a query together; not ok where a pattern is refused, with psql's message. */
export function buildQuery(request: ListRequest, build: (query: ListQuery) => string): BuiltQuery {
  let refusal: string | undefined;
  const pattern = request.patterns[0];
  const isFiltered = request.showsSystem || pattern !== undefined;
  const sql = build({
    ...request,
    pattern,
    since: (major) => request.version >= major * 10_000,
    plus: (text) => (request.isVerbose ? text : ''),
    privileges: (column) => privilegesColumn(column, request.version),
    userObjects: (first = 'AND', indent = '      ') =>
      isFiltered
        ? ''
        : `${first === 'WHERE' ? 'WHERE' : `${indent}AND`} n.nspname <> 'pg_catalog'\n${indent}AND n.nspname <> 'information_schema'\n`,
    match: (target) => {
      const matched = matchName(request, target, pattern);
      refusal ??= matched.refusal;
      return matched.sql;
    },
  });
  return refusal === undefined ? { ok: true, sql } : { ok: false, text: refusal };
}

function privilegesColumn(column: string, version: number): string {
  const text = `pg_catalog.array_to_string(${column}, E'\\n')`;
  if (version < 170_000) return `${text} AS "Access privileges"`;
  return `CASE WHEN pg_catalog.array_length(${column}, 1) = 0 THEN '(none)' ELSE ${text} END AS "Access privileges"`;
}

function matchName(request: ListRequest, target: NameMatch, first: string | undefined): { sql: string; refusal?: string } {
  const pattern = target.pattern === null ? undefined : (target.pattern ?? first);
  const found = namePattern(pattern, target, {
    forceEscape: target.escapes === true,
    maximumParts: target.parts === 'any' ? Number.POSITIVE_INFINITY : target.parts,
    database: request.database,
    serverVersion: request.version,
  });
  if ('error' in found) return { sql: '', refusal: found.error };
  const hasWhere = target.hasWhere !== false;
  return { sql: found.conditions.map((condition, index) => `${hasWhere || index > 0 ? '  AND ' : 'WHERE '}${condition}\n`).join('') };
}

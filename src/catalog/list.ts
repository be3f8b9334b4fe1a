import { type CatalogOutcome, type CatalogTable, type CatalogWork, done, type Rows } from './catalog-work.ts';
import { buildQuery, type ListQuery } from './list-query.ts';
import type { ListRequest } from './list-request.ts';

/** A listing: one query, one table with a title. Headings are the column names of the query. */
export interface CatalogList {
  readonly title: string | ((request: ListRequest) => string);
  readonly query: (query: ListQuery) => string;
  /** Headings of the columns that hold numbers: psql aligns those right by their type. */
  readonly numbers?: readonly string[];
  /** What is said instead of an empty table, for the few lists that do (not under -q). */
  readonly nothingFound?: (request: ListRequest) => string;
  /** A message instead of the query, for what the server or the letters do not allow. */
  readonly refuses?: (request: ListRequest) => string | undefined;
  /** Footers that need another query. */
  readonly footers?: (request: ListRequest) => Generator<string, readonly string[] | undefined, Rows>;
}

/** Runs a listing. */
export function* runList(list: CatalogList, request: ListRequest): CatalogWork<CatalogOutcome> {
  // psql says so and counts it as a success.
  const refusal = list.refuses?.(request);
  if (refusal !== undefined) return { type: 'nothing-found', text: refusal, fails: false };
  const built = buildQuery(request, list.query);
  if (!built.ok) return { type: 'failed', text: built.text };
  const found = yield built.sql;
  if (found.rows.length === 0 && list.nothingFound !== undefined && !request.isQuiet) {
    return { type: 'nothing-found', text: list.nothingFound(request), fails: false };
  }
  const footers = list.footers === undefined ? undefined : yield* list.footers(request);
  const title = typeof list.title === 'string' ? list.title : list.title(request);
  yield listTable(title, found, request.version, { numbers: list.numbers ?? [], footers });
  return done;
}

/** The rows of a query as psql's printQuery lays them out for a describe command. */
export function listTable(
  title: string,
  found: Rows,
  version: number,
  layout: { readonly numbers?: readonly string[]; readonly footers?: readonly string[] | undefined } = {},
): CatalogTable {
  const columns = found.columns.map((name) => ({ name, align: layout.numbers?.includes(name) ? ('right' as const) : ('left' as const) }));
  return {
    title,
    columns,
    rows: found.rows,
    ...(layout.footers === undefined ? {} : { footers: layout.footers }),
    ...(version < 170_000 ? { hidesNull: true as const } : {}),
  };
}

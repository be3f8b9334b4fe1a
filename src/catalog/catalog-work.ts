/** Rows of a catalog query as text. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

interface TableColumn {
  readonly name: string;
  readonly align: 'left' | 'right';
}

/** A table a describe command shows: psql's printTableContent. */
export interface CatalogTable {
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Absent: `(N rows)`. */
  readonly footers?: readonly string[];
  /** `(N rows)` even where \pset footer is off. */
  readonly countsRows?: true;
  /** \d NAME is never shown expanded. */
  readonly neverExpanded?: true;
  /** Of a description of one thing, which may have several: no list. */
  readonly isSection?: true;
  /** NULL is shown as nothing whatever \pset null says: the lists of psql up to 16. */
  readonly hidesNull?: true;
}

/**
 * A description under way: yields a query, is resumed with its rows, and returns its result in the end. Pure: whoever drives it
 * runs the queries, one after the other, on the session of the user's.
 */
export type CatalogWork<Result> = Generator<string | CatalogTable, Result, Rows>;

/** How a description ended. `text` is psql's message, without a prefix; a failure makes the command fail. */
export type CatalogOutcome =
  | { readonly type: 'done' }
  /** Said unless -q; `fails` where psql counts it as an error. */
  | { readonly type: 'nothing-found'; readonly text: string; readonly fails: boolean }
  | { readonly type: 'failed'; readonly text: string };

export const done: CatalogOutcome = { type: 'done' };

/** The text of a cell, '' for NULL or a column that is not there (PQgetvalue). */
export function cell(row: readonly (string | null)[] | undefined, column: number): string {
  return row?.[column] ?? '';
}

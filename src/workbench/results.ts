import type { Column } from '../result/column.ts';
import type { RowChanges } from '../result/compare-rows.ts';
import type { RowStore } from '../result/row-store.ts';
import type { ServerError } from '../result/server-error.ts';

export interface GridColumn {
  readonly name: string;
  readonly align: 'left' | 'right';
  readonly column?: Column;
}

/** What is known about the rows of a result: never more than what is true. */
export type RowsState =
  | { readonly type: 'reading'; readonly since: number; readonly rowsPerSecond: number }
  /** The spool is full: reading waits for an answer. */
  | { readonly type: 'paused' }
  | { readonly type: 'complete'; readonly milliseconds: number | undefined }
  | { readonly type: 'cancelled' }
  | { readonly type: 'incomplete'; readonly reason: string };

/** Rows in a store, seen through a window. */
export interface RowsContent {
  readonly type: 'rows';
  readonly columns: readonly GridColumn[];
  readonly store: RowStore;
  /** Of the store when the model last heard of it: the store itself may be ahead. */
  readonly rowCount: number;
  readonly state: RowsState;
  /** The widest value seen in each column, heading included, in terminal columns. */
  readonly widths: readonly number[];
  readonly cursor: Cell;
  /** First row shown; in the expanded view the first line. */
  readonly top: number;
  /** First column shown. */
  readonly left: number;
  readonly isExpanded: boolean;
  /** What NULL looks like where \pset null says it. */
  readonly nullText: string | undefined;
  readonly footers: readonly string[];
  readonly watch?: WatchedRun;
}

/** The run of \watch that the rows are of. */
export interface WatchedRun {
  readonly seconds: number;
  readonly run: number;
  /** Milliseconds of the clock. */
  readonly at: number;
  /** Since the run before; undefined: there was none, or its columns were others. */
  readonly changes: RowChanges | undefined;
  /** No further run comes. */
  readonly isOver: boolean;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** A \d screen or a long text: lines to scroll through. */
export interface DocumentContent {
  readonly type: 'document';
  readonly lines: readonly DocumentLine[];
  readonly top: number;
  readonly left: number;
}

export interface DocumentLine {
  readonly text: string;
  readonly style: 'title' | 'heading' | 'plain' | 'rule';
}

/** Other words for a part of a buffer's text, from `from` on, in UTF-16 units. */
export interface Fix {
  readonly bufferId: string;
  readonly from: number;
  readonly written: string;
  readonly meant: string;
}

export interface ErrorContent {
  readonly type: 'error';
  readonly error: ServerError;
  /** What it did to the work around it: `nothing was changed`. */
  readonly consequence: string;
  /** The string that failed, as it was sent. */
  readonly sql?: string;
  /** What was probably meant, on one key. */
  readonly fix?: Fix;
  readonly top: number;
}

export type Content = RowsContent | DocumentContent | ErrorContent;

export interface ResultTab {
  readonly id: number;
  readonly title: string;
  /** The title is the table's own, `List of relations`, not made of the statement. */
  readonly isTitled?: boolean;
  /** What was sent for it, to be opened in the editor. */
  readonly sql?: readonly string[];
  readonly content: Content;
}

/** The last results, oldest first. */
export interface Results {
  readonly tabs: readonly ResultTab[];
  /** The id of the tab shown. */
  readonly active: number | undefined;
}

const tabsKept = 9;
export const noResults: Results = { tabs: [], active: undefined };

export function activeTab(results: Results): ResultTab | undefined {
  return results.tabs.find((tab) => tab.id === results.active);
}

/** A new tab in front; the oldest goes where there are too many. `dropped` are those whose stores may be closed. */
export function openTab(results: Results, tab: ResultTab): { readonly results: Results; readonly dropped: readonly ResultTab[] } {
  const tabs = [...results.tabs.filter((other) => other.content.type !== 'error'), tab];
  const overflow = Math.max(0, tabs.length - tabsKept);
  const kept = tabs.slice(overflow);
  return { results: { tabs: kept, active: tab.id }, dropped: results.tabs.filter((other) => !kept.includes(other)) };
}

export function closeTab(results: Results, id: number): Results {
  const index = results.tabs.findIndex((tab) => tab.id === id);
  const tabs = results.tabs.filter((tab) => tab.id !== id);
  return { tabs, active: results.active === id ? tabs[Math.min(index, tabs.length - 1)]?.id : results.active };
}

export function changeContent(results: Results, id: number, change: (content: Content) => Content): Results {
  return { ...results, tabs: results.tabs.map((tab) => (tab.id === id ? { ...tab, content: change(tab.content) } : tab)) };
}

export function changeRows(results: Results, id: number, change: (content: RowsContent) => RowsContent): Results {
  return changeContent(results, id, (content) => (content.type === 'rows' ? change(content) : content));
}

export function withoutErrors(results: Results): Results {
  const tabs = results.tabs.filter((tab) => tab.content.type !== 'error');
  if (tabs.length === results.tabs.length) return results;
  return { tabs, active: tabs.some((tab) => tab.id === results.active) ? results.active : tabs.at(-1)?.id };
}

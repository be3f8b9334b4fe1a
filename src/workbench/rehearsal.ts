import type { Rehearsed, RehearsedRows } from '../engine/rehearsal/rehearsed.ts';
import { isSameCell, pairColumns, type RowFate, rowFate } from '../result/changed-cells.ts';
import { isRightAligned } from '../result/column.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { RowStore } from '../result/row-store.ts';
import type { Visible } from '../text/untrusted.ts';
import { visible } from '../text/visible.ts';
import { displayWidth } from '../text/width.ts';
import { cellText } from './cell-text.ts';
import type { GridColumn, RowsContent } from './results.ts';
import type { Submission } from './submission.ts';

/** A statement that has been run dry, and waits for what is to become of it. */
export interface OpenRehearsal {
  readonly stage: 'open';
  readonly submission: Submission;
  readonly rehearsed: Rehearsed;
  /** Its rows; `columns` are those shown. */
  readonly grid: RowsContent | undefined;
  /** All columns, not the key and those that change alone. */
  readonly showsAll: boolean;
  /** Milliseconds since 1970 at which it is rolled back by itself, and how long that is from when it was shown. */
  readonly deadline: number;
  readonly seconds: number;
  /** The answer that is being carried out. */
  readonly ending: RehearsalEnding | undefined;
  /** Why the last key did nothing. */
  readonly note: string;
  /** What was typed last means nothing here: the Enter after it was meant for a statement. */
  readonly isTypedInto: boolean;
}

export type RehearsalEnding = 'commit' | 'roll-back' | 'time-out';

/** What a statement's rehearsal shows first. */
export function openRehearsal(submission: Submission, rehearsed: Rehearsed, now: number, seconds: number): OpenRehearsal {
  const grid = rehearsed.rows && gridOf(rehearsed.rows, false);
  const deadline = now + seconds * 1000;
  return {
    stage: 'open',
    submission,
    rehearsed,
    grid,
    showsAll: false,
    deadline,
    seconds,
    ending: undefined,
    note: '',
    isTypedInto: false,
  };
}

/** The same with all columns, or the key and the changed ones alone. */
export function withColumns(rehearsal: OpenRehearsal, showsAll: boolean): OpenRehearsal {
  const { rows } = rehearsal.rehearsed;
  return { ...rehearsal, showsAll, grid: rows && { ...gridOf(rows, showsAll), isExpanded: rehearsal.grid?.isExpanded ?? false } };
}

/** The columns shown, by their places in the table. */
export function shownColumnPlaces(rows: RehearsedRows, showsAll: boolean): readonly number[] {
  if (rows.type === 'result') return rows.columns.map((_, place) => place);
  const all = rows.columns.map((_, place) => place);
  const { inserted, deleted, written } = rows.counts;
  // Rows that come or go are seen whole; without a key nothing says which row it is.
  if (showsAll || inserted + deleted + written > 0 || rows.key.length === 0) return all;
  const isKey = (place: number) => rows.key.includes(rows.columns[place]?.name ?? '');
  return [...all.filter(isKey), ...all.filter((place) => !isKey(place) && rows.isChanged[place] === true)];
}

/** Rows whose widths are measured. */
const measuredRows = 300;

function gridOf(rows: RehearsedRows, showsAll: boolean): RowsContent {
  const places = shownColumnPlaces(rows, showsAll);
  const columns = places.map((place) => gridColumn(rows, place));
  const { store } = rows;
  return {
    type: 'rows',
    columns,
    store,
    rowCount: store.rowCount,
    state: { type: 'complete', milliseconds: undefined },
    widths: widthsOf(rows, places, columns),
    cursor: { row: 0, column: 0 },
    top: 0,
    left: 0,
    isExpanded: false,
    nullText: undefined,
    footers: [],
  };
}

function gridColumn(rows: RehearsedRows, place: number): GridColumn {
  const column = rows.columns[place];
  return column === undefined
    ? { name: '', align: 'left' }
    : { name: column.name, align: isRightAligned(column.typeOid) ? 'right' : 'left', column };
}

function widthsOf(rows: RehearsedRows, places: readonly number[], columns: readonly GridColumn[]): readonly number[] {
  const batch = rows.store.slice(0, measuredRows);
  return places.map((place, index) => {
    let width = displayWidth(visible(columns[index]?.name ?? ''));
    for (let row = 0; row < batch.rowCount; row++) width = Math.max(width, cellWidth(rowCell(rows, batch, row, place)));
    return Math.min(width, 500);
  });
}

/** What a cell shows: a value, or two where it changes; null for NULL. */
export type RowCell =
  | { readonly type: 'value'; readonly text: Visible | null }
  | { readonly type: 'change'; readonly before: Visible | null; readonly after: Visible | null };

export function fateOf(rows: RehearsedRows, batch: RowBatch, row: number): RowFate | undefined {
  return rows.type === 'pairs' ? rowFate(batch, row, rows.pairs) : undefined;
}

/** A cell of the store's rows, by the place of its column in the table. */
export function rowCell(rows: RehearsedRows, batch: RowBatch, row: number, place: number): RowCell {
  if (rows.type === 'result') return { type: 'value', text: cellText(batch, row, place) };
  const [before, after] = pairColumns(rows.pairs, rowFate(batch, row, rows.pairs), place);
  if (after < 0) return { type: 'value', text: cellText(batch, row, before) };
  if (before < 0 || isSameCell(batch, row, before, after)) return { type: 'value', text: cellText(batch, row, after) };
  return { type: 'change', before: cellText(batch, row, before), after: cellText(batch, row, after) };
}

/** Whether any cell of a changed row differs. */
export function isChangedRow(rows: RehearsedRows, batch: RowBatch, row: number): boolean {
  if (rows.type === 'result') return false;
  return rows.columns.some((_, place) => rowCell(rows, batch, row, place).type === 'change');
}

/** ` → ` between before and after. */
export const arrowWidth = 3;

function cellWidth(cell: RowCell): number {
  const width = (text: Visible | null) => (text === null ? 1 : displayWidth(text));
  return cell.type === 'value' ? width(cell.text) : width(cell.before) + arrowWidth + width(cell.after);
}

/** The store of what is shown, to be closed with it. */
export function storeOf(rehearsal: OpenRehearsal | undefined): RowStore | undefined {
  return rehearsal?.rehearsed.rows?.store;
}

import type { Cell, RowsContent } from './results.ts';

/** Room of the grid: terminal columns, and lines under the two of the heading. */
export interface GridRoom {
  readonly columns: number;
  readonly lines: number;
}

/** The mark of the current row and the blank after it stand left of the first column. */
export const gutter = 3;
/** ` │ ` between columns. */
export const separator = 3;

export interface ShownColumn {
  readonly index: number;
  readonly width: number;
}

/** The width a column is drawn with: what was seen, but never so much that it hides the others. */
function columnWidth(content: RowsContent, index: number, room: number): number {
  const seen = Math.max(1, content.widths[index] ?? 1);
  const available = Math.max(1, room - gutter);
  const cap = content.columns.length === 1 ? available : Math.min(available, Math.max(24, Math.floor(room / 2)));
  return Math.min(seen, cap);
}

/** The columns that fit, from `left` on; the last one may be cut. At least one. */
export function shownColumns(content: RowsContent, room: number, left = content.left): readonly ShownColumn[] {
  const shown: ShownColumn[] = [];
  let rest = room - gutter;
  for (let index = left; index < content.columns.length && rest > 0; index++) {
    const width = columnWidth(content, index, room);
    if (width > rest && shown.length > 0 && rest < 4) break;
    shown.push({ index, width: Math.min(width, rest) });
    rest -= width + separator;
  }
  return shown;
}

/** The first column to show so that `column` is wholly visible, moving as little as may be. */
function leftFor(content: RowsContent, room: number): number {
  const { column } = content.cursor;
  if (column <= content.left) return column;
  let left = column;
  let used = columnWidth(content, column, room);
  while (left > content.left) {
    const next = used + separator + columnWidth(content, left - 1, room);
    if (next > room - gutter) break;
    used = next;
    left--;
  }
  return left;
}

/** Lines of one row in the expanded view: its heading and one a column. */
export function linesOfRow(content: RowsContent): number {
  return content.columns.length + 1;
}

/** The window moved as little as may be, so that the cursor is in it. */
export function withCursorInView(content: RowsContent, room: GridRoom): RowsContent {
  const lines = Math.max(1, room.lines);
  const line = content.isExpanded ? content.cursor.row * linesOfRow(content) + 1 + content.cursor.column : content.cursor.row;
  const lowest = content.isExpanded && content.cursor.column === 0 ? line - 1 : line;
  const top = Math.min(Math.max(content.top, line - lines + 1), lowest);
  const left = leftFor(content, room.columns);
  return top === content.top && left === content.left ? content : { ...content, top: Math.max(0, top), left };
}

/** The cursor put somewhere that exists, and in view. */
export function placeCursor(content: RowsContent, cell: Cell, room: GridRoom): RowsContent {
  const row = Math.max(0, Math.min(content.rowCount - 1, cell.row));
  const column = Math.max(0, Math.min(content.columns.length - 1, cell.column));
  return withCursorInView({ ...content, cursor: { row, column } }, room);
}

/** A page down or up: window and cursor move by as many rows as the window shows. */
export function movePage(content: RowsContent, pages: 1 | -1, room: GridRoom): RowsContent {
  if (content.isExpanded) return placeCursor(content, { ...content.cursor, row: content.cursor.row + pages }, room);
  const step = Math.max(1, room.lines) * pages;
  const lastTop = Math.max(0, content.rowCount - room.lines);
  const top = Math.max(0, Math.min(lastTop, content.top + step));
  return placeCursor({ ...content, top }, { ...content.cursor, row: content.cursor.row + step }, room);
}

/** The rows seen in the window, from 0, the last exclusive. */
export function shownRows(content: RowsContent, lines: number): { readonly first: number; readonly last: number } {
  const perRow = content.isExpanded ? linesOfRow(content) : 1;
  const first = Math.floor(content.top / perRow);
  return { first, last: Math.min(content.rowCount, Math.ceil((content.top + Math.max(0, lines)) / perRow)) };
}

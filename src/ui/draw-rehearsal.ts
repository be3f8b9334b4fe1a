import type { RehearsedRows } from '../engine/rehearsal/rehearsed.ts';
import { firstLine } from '../engine/transaction/sent-statement.ts';
import type { RowFate } from '../result/changed-cells.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { Visible } from '../text/untrusted.ts';
import { visible } from '../text/visible.ts';
import { displayWidth, pad, truncate } from '../text/width.ts';
import { linesOfRow, shownColumns, shownRows } from '../workbench/grid-geometry.ts';
import type { Model } from '../workbench/model.ts';
import { arrowWidth, fateOf, isChangedRow, type OpenRehearsal, type RowCell, rowCell, shownColumnPlaces } from '../workbench/rehearsal.ts';
import { footLines, headLines, type RehearsalLine } from '../workbench/rehearsal-lines.ts';
import { groupDigits } from '../workbench/result-rule.ts';
import type { RowsContent } from '../workbench/results.ts';
import { type Part, part, titledRule } from './paint.ts';
import type { Style } from './theme.ts';

type Row = readonly Part[];

/** What stands in the result's place while a rehearsal is open. */
export function rehearsalView(
  model: Model,
  rehearsal: OpenRehearsal,
  lines: number,
): { readonly rule: Row; readonly rows: readonly Row[] } {
  const { columns } = model.size;
  const head = headLines(model, rehearsal).map(lineRow);
  const foot = footLines(model, rehearsal).map(lineRow);
  const { grid, rehearsed } = rehearsal;
  const room = Math.max(0, lines - head.length - foot.length);
  const shown = grid === undefined || rehearsed.rows === undefined ? [] : gridView(rehearsal, rehearsed.rows, grid, columns, room);
  const filled = Array.from({ length: room }, (_, row) => shown[row] ?? []);
  const title = [part('rehearsal ', 'bold'), { text: visible(firstLine(rehearsal.submission.text.trim())), style: 'plain' } as const];
  return { rule: titledRule(title, placeParts(grid, room), columns, 'accent'), rows: [...head, ...filled, ...foot] };
}

function lineRow({ text, style }: RehearsalLine): Row {
  return [part(' '), { text, style }];
}

function placeParts(grid: RowsContent | undefined, room: number): Row {
  if (grid === undefined || grid.rowCount === 0) return [];
  const { first, last } = shownRows(grid, room - (grid.isExpanded ? 0 : 2));
  return [part(`rows ${groupDigits(first + 1)}–${groupDigits(last)} of ${groupDigits(grid.rowCount)}`, 'dim')];
}

function gridView(rehearsal: OpenRehearsal, rows: RehearsedRows, grid: RowsContent, columns: number, lines: number): readonly Row[] {
  const places = shownColumnPlaces(rows, rehearsal.showsAll);
  return grid.isExpanded ? expandedRows(rows, grid, places, columns, lines) : tableRows(rows, grid, places, columns, lines);
}

/** What a row is, by a sign and not by colour alone. */
const signs: Readonly<Record<RowFate | 'same', readonly [sign: string, style: Style]>> = {
  inserted: ['+', 'good'],
  deleted: ['-', 'undone'],
  changed: ['~', 'warning'],
  written: ['*', 'warning'],
  same: ['=', 'dim'],
};

function signOf(rows: RehearsedRows, batch: RowBatch, row: number): readonly [sign: string, style: Style] {
  const fate = fateOf(rows, batch, row);
  if (fate === undefined) return [' ', 'plain'];
  return signs[fate === 'changed' && !isChangedRow(rows, batch, row) ? 'same' : fate];
}

function tableRows(rows: RehearsedRows, grid: RowsContent, places: readonly number[], columns: number, lines: number): readonly Row[] {
  const shown = shownColumns(grid, columns);
  const { first, last } = shownRows(grid, lines - 2);
  const batch = grid.store.slice(first, last);
  const heading: Part[] = [part('   ')];
  const line: Part[] = [part(grid.left > 0 ? ' ‹─' : ' ──', 'rule')];
  shown.forEach(({ index, width }, position) => {
    if (position > 0) {
      heading.push(part(' │ ', 'rule'));
      line.push(part('─┼─', 'rule'));
    }
    const { name = '', align = 'left' } = grid.columns[index] ?? {};
    heading.push({ text: pad(truncate(visible(name), width), width, align), style: 'heading' });
    line.push(part('─'.repeat(width), 'rule'));
  });
  line.push(part((shown.at(-1)?.index ?? 0) < grid.columns.length - 1 ? '─›' : '─', 'rule'));
  const body = Array.from({ length: batch.rowCount }, (_, row): Row => {
    const [sign, style] = signOf(rows, batch, row);
    const parts: Part[] = [part(first + row === grid.cursor.row ? '▌' : ' ', 'accent'), part(sign, style), part(' ')];
    shown.forEach(({ index, width }, position) => {
      if (position > 0) parts.push(part(' │ '));
      const align = grid.columns[index]?.align ?? 'left';
      parts.push(...cellParts(rowCell(rows, batch, row, places[index] ?? 0), width, style === 'undone' ? 'undone' : 'plain', align));
    });
    return parts;
  });
  return [heading, line, ...body];
}

function expandedRows(rows: RehearsedRows, grid: RowsContent, places: readonly number[], columns: number, lines: number): readonly Row[] {
  const perRow = linesOfRow(grid);
  const { first, last } = shownRows(grid, lines);
  const batch = grid.store.slice(first, last);
  const widest = Math.min(Math.floor(columns / 3), Math.max(1, ...grid.columns.map(({ name }) => displayWidth(visible(name)))));
  const drawn: Row[] = [];
  for (let line = grid.top; drawn.length < lines; line++) {
    const row = Math.floor(line / perRow) - first;
    if (row >= batch.rowCount) break;
    const [sign, style] = signOf(rows, batch, row);
    const index = (line % perRow) - 1;
    if (index < 0) {
      drawn.push([part(' '), part(sign, style), part(` ── row ${groupDigits(first + row + 1)} ${'─'.repeat(widest)}`, 'rule')]);
      continue;
    }
    const isCurrent = first + row === grid.cursor.row && index === grid.cursor.column;
    const room = Math.max(1, columns - widest - 6);
    const name = pad(truncate(visible(grid.columns[index]?.name ?? ''), widest), widest);
    const cell = cellParts(rowCell(rows, batch, row, places[index] ?? 0), room, style === 'undone' ? 'undone' : 'plain', 'left');
    drawn.push([part(isCurrent ? ' ▌ ' : '   ', 'accent'), { text: name, style: 'heading' }, part(' │ ', 'rule'), ...cell]);
  }
  return drawn;
}

/** A value, or both values with an arrow between, each cut so that something of both is seen. */
function cellParts(cell: RowCell, width: number, style: Style, align: 'left' | 'right'): Row {
  if (cell.type === 'value')
    return [{ text: pad(truncate(shownText(cell.text), width), width, align), style: cell.text === null ? 'null' : style }];
  const [before, after] = [shownText(cell.before), shownText(cell.after)];
  const room = Math.max(2, width - arrowWidth);
  const left = Math.min(displayWidth(before), Math.max(Math.floor(room / 2), room - displayWidth(after)));
  const start = truncate(before, left);
  const end = truncate(after, Math.max(1, room - displayWidth(start)));
  const blank = part(' '.repeat(Math.max(0, width - arrowWidth - displayWidth(start) - displayWidth(end))));
  const pair: Row = [
    { text: start, style: cell.before === null ? 'null' : 'plain' },
    part(' → ', 'warning'),
    { text: end, style: 'warning' },
  ];
  return align === 'right' ? [blank, ...pair] : [...pair, blank];
}

function shownText(text: Visible | null): Visible {
  return text ?? visible('∅');
}

import type { RowBatch } from '../result/row-batch.ts';
import { expandTabs, visible } from '../text/visible.ts';
import { pad, truncate } from '../text/width.ts';
import { cellText } from '../workbench/cell-text.ts';
import { linesOfRow, shownColumns, shownRows } from '../workbench/grid-geometry.ts';
import { groupDigits } from '../workbench/result-rule.ts';
import type { RowsContent } from '../workbench/results.ts';
import { type Part, part } from './paint.ts';
import type { Style } from './theme.ts';

/** Rows of the grid with their heading, or one column a line where the result is expanded. */
export function gridRows(content: RowsContent, columns: number, lines: number, isFocused: boolean): readonly (readonly Part[])[] {
  const rows = content.isExpanded ? expandedRows(content, columns, lines, isFocused) : tableRows(content, columns, lines, isFocused);
  const isWhole = shownRows(content, content.isExpanded ? lines : lines - 2).last === content.rowCount;
  return isWhole ? [...rows, ...footerRows(content)].slice(0, lines) : rows;
}

/** What a meta-command says under its table, where the last row is in sight and leaves room. */
function footerRows({ footers }: RowsContent): readonly (readonly Part[])[] {
  return footers.map((text) => [part('   '), { text: expandTabs(text), style: 'dim' }]);
}

function tableRows(content: RowsContent, columns: number, lines: number, isFocused: boolean): readonly (readonly Part[])[] {
  const shown = shownColumns(content, columns);
  const { first, last } = shownRows(content, lines - 2);
  const batch = content.store.slice(first, last);
  const isCut = (shown.at(-1)?.index ?? 0) < content.columns.length - 1;
  const heading: Part[] = [part('   ')];
  const line: Part[] = [part(content.left > 0 ? ' ‹─' : ' ──', 'rule')];
  shown.forEach(({ index, width }, position) => {
    if (position > 0) {
      heading.push(part(' │ ', 'rule'));
      line.push(part('─┼─', 'rule'));
    }
    const column = content.columns[index];
    heading.push({ text: pad(truncate(visible(column?.name ?? ''), width), width, column?.align ?? 'left'), style: 'heading' });
    line.push(part('─'.repeat(width), 'rule'));
  });
  line.push(part(isCut ? '─›' : '─', 'rule'));
  const rows: (readonly Part[])[] = [heading, line];
  for (let row = 0; row < batch.rowCount; row++) rows.push(tableRow(content, batch, row, first + row, shown, isFocused));
  return rows;
}

function tableRow(
  content: RowsContent,
  batch: RowBatch,
  row: number,
  number: number,
  shown: ReturnType<typeof shownColumns>,
  isFocused: boolean,
): readonly Part[] {
  const isCurrent = number === content.cursor.row;
  const style: Style = isCurrent && isFocused ? 'row' : 'plain';
  const parts: Part[] = [part(isCurrent ? ' ▌' : '  ', 'accent')];
  shown.forEach(({ index, width }, position) => {
    if (position > 0) parts.push(part(' │'));
    const mark = changeMark(content, number, index);
    const isCell = isCurrent && isFocused && index === content.cursor.column;
    parts.push(mark ?? part(' '));
    parts.push(cellPart(content, batch, row, index, width, isCell ? 'cell' : mark === undefined ? style : 'changed'));
  });
  return parts;
}

/** Left of a cell that is not what it was in the run before of \watch, and of a row that was not there. */
function changeMark({ watch }: RowsContent, row: number, column: number): Part | undefined {
  const changes = watch?.changes;
  if (changes === undefined) return undefined;
  if (row >= changes.rowsBefore) return part('+', 'changed');
  return changes.has(row, column) ? part('•', 'changed') : undefined;
}

function cellPart(content: RowsContent, batch: RowBatch, row: number, column: number, width: number, style: Style): Part {
  const align = content.columns[column]?.align ?? 'left';
  const text = cellText(batch, row, column);
  if (text === null)
    return { text: pad(nullMark(content, width), width, align), style: style === 'cell' || style === 'changed' ? style : 'null' };
  return { text: pad(truncate(text, width), width, align), style };
}

function nullMark(content: RowsContent, width: number): ReturnType<typeof visible> {
  return truncate(visible(content.nullText ?? '∅'), width);
}

function expandedRows(content: RowsContent, columns: number, lines: number, isFocused: boolean): readonly (readonly Part[])[] {
  const perRow = linesOfRow(content);
  const { first, last } = shownRows(content, lines);
  const batch = content.store.slice(first, last);
  const names = content.columns.map((column) => visible(column.name));
  const widest = Math.min(Math.floor(columns / 3), Math.max(1, ...names.map((name) => pad(name, 1).length)));
  const rows: (readonly Part[])[] = [];
  for (let line = content.top; rows.length < lines; line++) {
    const row = Math.floor(line / perRow);
    if (row - first >= batch.rowCount) break;
    const column = (line % perRow) - 1;
    if (column < 0) {
      const title = `── row ${groupDigits(row + 1)} `;
      rows.push([part('  ', 'rule'), part(title + '─'.repeat(Math.max(0, Math.max(24, widest + 4) - title.length)), 'rule')]);
      continue;
    }
    const isCurrent = row === content.cursor.row && column === content.cursor.column;
    const text = cellText(batch, row - first, column);
    const room = Math.max(1, columns - widest - 6);
    const mark = changeMark(content, row, column);
    const style = mark !== undefined ? 'changed' : text === null ? 'null' : 'plain';
    const value: Part = { text: text === null ? nullMark(content, room) : truncate(text, room), style };
    rows.push([
      part(isCurrent ? ' ▌ ' : '   ', 'accent'),
      { text: pad(truncate(names[column] ?? visible(''), widest), widest), style: 'heading' },
      part(' │', 'rule'),
      mark ?? part(' '),
      isCurrent && isFocused ? { text: value.text === '' ? visible(' ') : value.text, style: 'cell' } : value,
    ]);
  }
  return rows;
}

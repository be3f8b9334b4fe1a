import type { CommandTable } from '../commands/context.ts';
import { visible } from '../text/visible.ts';
import { displayWidth, pad } from '../text/width.ts';
import type { DocumentLine } from './results.ts';

/** A table of a meta-command with all that stands under it, as lines of a document. */
export function tableLines(table: CommandTable): readonly DocumentLine[] {
  const cells = table.rows.map((row) => row.map((cell) => visible(cell ?? '')));
  const headings = table.columns.map((column) => visible(column.name));
  const widths = headings.map((heading, index) => Math.max(displayWidth(heading), ...cells.map((row) => displayWidth(row[index] ?? ''))));
  const line = (row: readonly string[]) =>
    ` ${row.map((cell, index) => pad(cell, widths[index] ?? 0, table.columns[index]?.align ?? 'left')).join(' │ ')}`.trimEnd();
  return [
    ...(table.title === undefined ? [] : table.title.split('\n').map((text) => ({ text, style: 'title' }) as const)),
    { text: line(headings), style: 'heading' },
    { text: widths.map((width) => '─'.repeat(width + 2)).join('┼'), style: 'rule' },
    ...cells.map((row) => ({ text: line(row), style: 'plain' }) as const),
    ...(table.footers ?? [countFooter(table.rows.length)]).flatMap((footer) => footer.split('\n').map(footerLine)),
  ];
}

/** What psql writes under a table that has no footer of its own. */
function countFooter(rows: number): string {
  return rows === 1 ? '(1 row)' : `(${rows} rows)`;
}

/** `Indexes:` and its like head the lines that follow them. */
function footerLine(text: string): DocumentLine {
  return { text, style: /^[A-Z].*:$/.test(text) ? 'title' : 'plain' };
}

export function textLines(text: string): readonly DocumentLine[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ text: line, style: 'plain' }));
}

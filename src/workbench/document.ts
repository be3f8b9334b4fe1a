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
    ...(table.title === undefined ? [] : [{ text: table.title, style: 'title' } as const]),
    { text: line(headings), style: 'heading' },
    { text: widths.map((width) => '─'.repeat(width + 2)).join('┼'), style: 'rule' },
    ...cells.map((row) => ({ text: line(row), style: 'plain' }) as const),
    ...(table.footers ?? []).flatMap((footer) => footer.split('\n').map(footerLine)),
  ];
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

import { writeAlignedExpanded } from './aligned-expanded.ts';
import { type AlignedLayout, layOut, textWidth } from './aligned-layout.ts';
import { AlignedMeasure } from './aligned-measure.ts';
import { AlignedRows } from './aligned-rows.ts';
import { BlockWriter } from './block-writer.ts';
import { cellLines } from './cell-lines.ts';
import { footersOf } from './footers.ts';
import type { Rule } from './line-style.ts';
import { type Measure, type PrintFormat, type PrintSurroundings, type PrintTable, wholeTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { textBytes } from './terminal-text.ts';

/** psql's aligned format. */
export const aligned: PrintFormat = {
  name: 'aligned',
  measure: (table, options, surroundings) => new AlignedMeasure(table, options, surroundings),
  write,
};

/** psql's wrapped format: aligned, with cells folded to fit the terminal. */
export const wrapped: PrintFormat = { ...aligned, name: 'wrapped' };

function write(
  table: PrintTable,
  options: PrintOptions,
  surroundings: PrintSurroundings,
  measured: Measure | undefined,
): AsyncIterable<Buffer> {
  if (!(measured instanceof AlignedMeasure)) throw new Error('An aligned table must be measured before it is written.');
  const layout = layOut(table, options, surroundings, measured);
  const isExpanded = options.expanded === 'on' || (options.expanded === 'auto' && table.columns.length > 1 && layout.isTooWide);
  if (isExpanded) return writeAlignedExpanded(table, options, surroundings, measured);
  return writeAligned(table, options, surroundings, layout);
}

async function* writeAligned(
  table: PrintTable,
  options: PrintOptions,
  surroundings: PrintSurroundings,
  layout: AlignedLayout,
): AsyncIterable<Buffer> {
  const out = new BlockWriter();
  const text = (line: string): Buffer => textBytes(line, surroundings.isExact ? 'exact' : 'visible');
  const { isFirst, isLast, rowsBefore } = table.portion ?? wholeTable;
  if (isFirst && !options.tuplesOnly) {
    if (table.title !== undefined) writeTitle(out, text(table.title), layout);
    writeHeader(out, layout);
  }
  const rows = new AlignedRows(table, options, surroundings, layout);
  let rowCount = rowsBefore;
  for await (const batch of table.batches) {
    rowCount += batch.rowCount;
    if (table.columns.length === 0) continue;
    for (let row = 0; row < batch.rowCount; row++) {
      const lines = rows.write(out, batch, row);
      if (lines !== undefined) yield* lines;
      if (out.hasFull) yield* out.take();
    }
  }
  if (isLast) {
    if (layout.border === 2) writeRule(out, layout, layout.style.bottom);
    for (const footer of footersOf(table, options, rowCount)) {
      out.bytes(text(footer));
      out.byte(0x0a);
    }
    out.byte(0x0a);
  }
  yield* out.take(true);
}

/** Centred over the table, at the left where it is wider. */
function writeTitle(out: BlockWriter, title: Buffer, { totalWidth, charset }: AlignedLayout): void {
  out.spaces(Math.floor((totalWidth - textWidth(title, charset)) / 2));
  out.bytes(title);
  out.byte(0x0a);
}

/** Names centred over their columns, several lines where a name holds newlines. */
function writeHeader(out: BlockWriter, layout: AlignedLayout): void {
  const { border, style, names, widths } = layout;
  const lines = names.map((name) => cellLines(name, layout.charset));
  const height = Math.max(0, ...lines.map((ofName) => ofName.length));
  if (border === 2) writeRule(out, layout, style.top);
  for (let line = 0; line < height; line++) {
    if (border === 2) out.text(style.data.left);
    lines.forEach((ofName, column) => {
      const width = widths[column] ?? 0;
      const shown = ofName[line];
      if (border !== 0 || (!style.hasRightMarks && column > 0)) out.text(line > 0 ? style.headerNewlineLeft : ' ');
      const space = width - (shown?.width ?? 0);
      out.spaces(Math.floor(space / 2));
      if (shown !== undefined) out.bytes(shown.bytes);
      out.spaces(Math.ceil(space / 2));
      if (border !== 0 || style.hasRightMarks) out.text(line + 1 < ofName.length ? style.headerNewlineRight : ' ');
      if (border !== 0 && column < lines.length - 1) out.text(style.data.middle);
    });
    if (border === 2) out.text(style.data.right);
    out.byte(0x0a);
  }
  writeRule(out, layout, style.header);
}

function writeRule(out: BlockWriter, { border, widths }: AlignedLayout, rule: Rule): void {
  const { horizontal, left, middle, right } = rule;
  const between = border === 0 ? ' ' : horizontal + middle + horizontal;
  const line = widths.map((width) => horizontal.repeat(width)).join(between);
  const edged = border === 0 ? line : horizontal + line + horizontal;
  out.text(border === 2 ? `${left}${edged}${right}\n` : `${edged}\n`);
}

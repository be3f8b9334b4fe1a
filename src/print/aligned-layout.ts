import type { AlignedMeasure } from './aligned-measure.ts';
import { CellSize } from './cell-size.ts';
import { type Charset, charsetOf } from './charset.ts';
import { type LineStyle, lineStyleOf } from './line-style.ts';
import type { PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { textBytes } from './terminal-text.ts';

/** Where everything of an aligned table goes. */
export interface AlignedLayout {
  readonly border: 0 | 1 | 2;
  readonly charset: Charset;
  readonly style: LineStyle;
  readonly names: readonly Buffer[];
  /** Columns of each column: its widest cell, or what wrapping leaves of it. */
  readonly widths: readonly number[];
  readonly totalWidth: number;
  /** Whether the table is too wide for the terminal, so that expanded auto expands it. */
  readonly isTooWide: boolean;
}

/** The width output is to fit in; 0 for any. */
export function targetColumns(options: PrintOptions, surroundings: PrintSurroundings): number {
  return options.columns > 0 ? options.columns : surroundings.terminalColumns;
}

/** The columns of a text in an aligned table. */
export function textWidth(bytes: Buffer, charset: Charset): number {
  const size = new CellSize(charset);
  size.measure(bytes, 0, bytes.length);
  return size.width;
}

/** The border the aligned formats know: more than 2 is 2. */
export function alignedBorder(options: PrintOptions): 0 | 1 | 2 {
  if (options.border >= 2) return 2;
  return options.border <= 0 ? 0 : 1;
}

export function layOut(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings, measured: AlignedMeasure): AlignedLayout {
  const border = alignedBorder(options);
  const charset = charsetOf(surroundings);
  const count = table.columns.length;
  const names = table.columns.map((column) => textBytes(column.name, surroundings.isExact ? 'exact' : 'escaped'));
  const headerWidths = names.map((name) => textWidth(name, charset));
  const full = headerWidths.map((width, column) => Math.max(width, measured.widest[column] ?? 0));
  const lines = border === 0 ? count : border === 1 ? count * 3 - (count > 0 ? 1 : 0) : count * 3 + 1;
  const totalHeaderWidth = lines + sum(headerWidths);
  const target = targetColumns(options, surroundings);
  const isWrapped = options.format === 'wrapped' && target > 0 && target >= totalHeaderWidth;
  const widths = isWrapped ? shrink(full, headerWidths, measured, target - lines) : full;
  const totalWidth = lines + sum(widths);
  const isTooWide = target > 0 && (target < totalHeaderWidth || target < totalWidth);
  return { border, charset, style: lineStyleOf(options), names, widths, totalWidth, isTooWide };
}

/**
 * Takes width, a column at a time, where the widest cell is widest compared to the mean (and a little rather from wide
 * columns), until the target is met or no column is wider than its header.
 */
function shrink(full: readonly number[], headerWidths: readonly number[], measured: AlignedMeasure, target: number): readonly number[] {
  const widths = [...full];
  const means = full.map((_, column) => (measured.rowCount === 0 ? 0 : Math.floor((measured.totals[column] ?? 0) / measured.rowCount)));
  for (let excess = sum(widths) - target; excess > 0; excess--) {
    let worst = -1;
    let worstRatio = 0;
    widths.forEach((width, column) => {
      const mean = means[column] ?? 0;
      if (mean === 0 || width <= (headerWidths[column] ?? 0)) return;
      const ratio = width / mean + (full[column] ?? 0) * 0.01;
      if (ratio > worstRatio) {
        worstRatio = ratio;
        worst = column;
      }
    });
    if (worst < 0) break;
    widths[worst] = (widths[worst] ?? 0) - 1;
  }
  return widths;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

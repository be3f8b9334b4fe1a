import { alignedBorder, targetColumns } from './aligned-layout.ts';
import type { AlignedMeasure } from './aligned-measure.ts';
import type { CellLine } from './cell-lines.ts';
import { type Charset, charsetOf } from './charset.ts';
import type { PrintSurroundings } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';

/** Where everything of an expanded aligned table goes. */
export interface ExpandedLayout {
  readonly border: 0 | 1 | 2;
  readonly charset: Charset;
  readonly names: readonly (readonly CellLine[])[];
  readonly nameWidth: number;
  readonly dataWidth: number;
  readonly hasNameNewlines: boolean;
  /** Whether values need a column for newline or wrap marks. */
  readonly hasMarks: boolean;
  /** How far the records' lines go: over the names, to so many columns, or as far as the values. */
  readonly headerWidth: 'full' | 'column' | number;
}

/** Lays out the records of a table that was measured. */
export function layOutExpanded(
  names: readonly (readonly CellLine[])[],
  options: PrintOptions,
  surroundings: PrintSurroundings,
  measured: AlignedMeasure,
): ExpandedLayout {
  const border = alignedBorder(options);
  const nameWidth = Math.max(0, ...names.flat().map((line) => line.width));
  const hasNameNewlines = names.some((lines) => lines.length > 1);
  const widest = measured.widest.reduce((most, width) => Math.max(most, width), 0);
  const headerWidth = options.expandedHeaderWidth === 'page' ? targetColumns(options, surroundings) : options.expandedHeaderWidth;
  const layout = {
    border,
    charset: charsetOf(surroundings),
    names,
    nameWidth,
    dataWidth: widest,
    hasNameNewlines,
    hasMarks: measured.hasNewlines,
    headerWidth,
  };
  return options.format === 'wrapped' ? fold(layout, options, surroundings, measured.rowCount) : layout;
}

/** Fits the values of the wrapped format to the target width. Where that cuts values, marks may take one more column. */
function fold(layout: ExpandedLayout, options: PrintOptions, surroundings: PrintSurroundings, rowCount: number): ExpandedLayout {
  const { border, nameWidth, dataWidth: widest, hasNameNewlines, hasMarks } = layout;
  const isOld = options.lineStyle === 'old-ascii';
  const takesMarks = border < 2 && !isOld;
  const recordWidth = options.tuplesOnly ? 0 : String(rowCount).length + 9 + 3 * border;
  const target = targetColumns(options, surroundings);
  const beside = nameWidth + separatorWidth(border, isOld, hasNameNewlines) + (hasMarks && takesMarks ? 1 : 0);
  const dataWidth = fitData(beside, widest, recordWidth, target);
  if (dataWidth >= widest || hasMarks || !takesMarks) return { ...layout, dataWidth };
  return { ...layout, hasMarks: true, dataWidth: fitData(beside + 1, widest, recordWidth, target) };
}

/** Columns of all that stands beside name and value. */
function separatorWidth(border: 0 | 1 | 2, isOld: boolean, hasNameNewlines: boolean): number {
  if (border === 0) return hasNameNewlines ? 2 : 1;
  if (border === 1) return hasNameNewlines && isOld ? 4 : 3;
  return 7;
}

/** Columns for values: as wide as they are or as the target leaves, at least 3, at least what fills up the record line. */
function fitData(beside: number, widest: number, recordWidth: number, target: number): number {
  const width = Math.max(beside + widest, recordWidth);
  if (target === 0 || target >= width) return width - beside;
  return Math.max(target, beside + 3, recordWidth) - beside;
}

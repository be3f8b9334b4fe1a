import { footersOf, ownFooters } from './footers.ts';
import type { PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { textBytes } from './terminal-text.ts';

/** The texts around the rows of a table in a markup language, as bytes. */
export interface MarkupTable {
  /** Absent in tuples-only mode too. */
  readonly title: Buffer | undefined;
  readonly names: readonly Buffer[];
  readonly isRight: readonly boolean[];
  readonly footers: (rowCount: number) => readonly Buffer[];
  /** Those of an expanded table. */
  readonly ownFooters: readonly Buffer[];
}

export function markupTable(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings): MarkupTable {
  const text = (line: string): Buffer => textBytes(line, surroundings.isExact ? 'exact' : 'visible');
  return {
    title: options.tuplesOnly || table.title === undefined ? undefined : text(table.title),
    names: table.columns.map((column) => text(column.name)),
    isRight: table.columns.map((column) => column.align === 'right'),
    footers: (rowCount) => footersOf(table, options, rowCount).map(text),
    ownFooters: ownFooters(table, options).map(text),
  };
}

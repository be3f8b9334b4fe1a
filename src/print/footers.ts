import type { PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';

/** The lines after a table: its own ones, else psql's row count where \pset footer is on. Nothing in tuples-only mode. */
export function footersOf(table: PrintTable, options: PrintOptions, rowCount: number): readonly string[] {
  if (options.tuplesOnly) return [];
  if (table.footers !== undefined && table.footers.length > 0) return table.footers;
  return options.footer ? [rowCount === 1 ? '(1 row)' : `(${rowCount} rows)`] : [];
}

/** The lines after an expanded table, whose records are numbered: its own ones alone. */
export function ownFooters(table: PrintTable, options: PrintOptions): readonly string[] {
  return options.tuplesOnly ? [] : (table.footers ?? []);
}

import type { Column } from '../result/column.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { PrintOptions } from './print-options.ts';

/** What is printed: a query's result or a table a command made (packRows). psql's printTableContent. */
export interface PrintTable {
  readonly columns: readonly PrintColumn[];
  readonly batches: AsyncIterable<RowBatch>;
  readonly title?: string;
  /** Lines after the table. Absent: psql's default footer `(N rows)`, where the options ask for one. */
  readonly footers?: readonly string[];
  /**
   * Where rows are fetched in portions (FETCH_COUNT): which one this is. Aligned and wrapped measure and print portion by portion; the
   * others stream all of them as one table, and look at `isLast` when the rows are over: false where an error has cut them short.
   */
  readonly portion?: Portion;
}

/** Only the first portion has title and header, only the last one footers, as psql prints them. */
export interface Portion {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Rows of the portions before. */
  readonly rowsBefore: number;
}

/** A table that is printed as a whole. */
export const wholeTable: Portion = { isFirst: true, isLast: true, rowsBefore: 0 };

export interface PrintColumn {
  readonly name: string;
  readonly align: 'left' | 'right';
  /** Given for columns of a result; formats such as json look at the type. */
  readonly column?: Column;
}

/** What surrounds the printer: widths follow the client encoding, wrapped follows the terminal. */
export interface PrintSurroundings {
  /** Columns of the terminal or COLUMNS; 0 where there is none and the options name no width. */
  readonly terminalColumns: number;
  /** False where output goes to a terminal (then text is made visible); true for files and pipes: exact bytes. */
  readonly isExact: boolean;
  /** What characters the client encoding has, for the widths of aligned tables. Absent: UTF-8. */
  readonly encoding?: 'utf-8' | 'single-byte';
}

/**
 * An output format. Formats with `measure` need all rows twice: every batch is fed to a fresh `Measure` first, and its result handed to
 * `write` along with the same rows again; the others stream. No format does I/O. Yielded buffers are the receiver's.
 */
export interface PrintFormat {
  readonly name: string;
  readonly measure?: (table: Omit<PrintTable, 'batches'>, options: PrintOptions, surroundings: PrintSurroundings) => Measure;
  readonly write: (
    table: PrintTable,
    options: PrintOptions,
    surroundings: PrintSurroundings,
    measured: Measure | undefined,
  ) => AsyncIterable<Buffer>;
}

export interface Measure {
  add(batch: RowBatch): void;
  readonly rowCount: number;
}

import type { RowBatch } from '../result/row-batch.ts';
import { CellSize } from './cell-size.ts';
import { charsetOf } from './charset.ts';
import type { Measure, PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { RowCells } from './row-cells.ts';

/** The first pass of aligned formats: how wide the cells of each column are. */
export class AlignedMeasure implements Measure {
  rowCount = 0;
  /** Columns of the widest cell of each column. */
  readonly widest: Uint32Array;
  /** Sum of the widths of each column, for the mean that wrapping goes by. */
  readonly totals: Float64Array;
  hasNewlines = false;
  readonly #cells: RowCells;
  readonly #size: CellSize;

  constructor(table: Pick<PrintTable, 'columns'>, options: PrintOptions, surroundings: PrintSurroundings) {
    this.#size = new CellSize(charsetOf(surroundings));
    this.#cells = new RowCells(table, options, surroundings, 'escaped');
    this.widest = new Uint32Array(table.columns.length);
    this.totals = new Float64Array(table.columns.length);
  }

  add(batch: RowBatch): void {
    this.rowCount += batch.rowCount;
    if (this.#cells.count === 0) return;
    for (let row = 0; row < batch.rowCount; row++) this.#addRow(batch, row);
  }

  #addRow(batch: RowBatch, row: number): void {
    const cells = this.#cells;
    const size = this.#size;
    cells.read(batch, row);
    for (let column = 0; column < cells.count; column++) {
      size.measure(cells.sources[column] as Buffer, cells.starts[column] as number, cells.ends[column] as number);
      if (size.width > (this.widest[column] as number)) this.widest[column] = size.width;
      this.totals[column] = (this.totals[column] as number) + size.width;
      if (size.lines > 1) this.hasNewlines = true;
    }
  }
}

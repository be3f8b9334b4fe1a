import { BlockWriter } from './block-writer.ts';
import type { PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { RowCells } from './row-cells.ts';

/** The parts of a format that writes row after row. */
export interface RowWriter {
  begin(out: BlockWriter): void;
  /** `record` counts from 1. Not called for rows without columns. */
  row(out: BlockWriter, cells: RowCells, record: number): void;
  end(out: BlockWriter, rowCount: number): void;
}

/** Writes a table by the parts of a format, block by block. */
export async function* writeRows(
  table: PrintTable,
  options: PrintOptions,
  surroundings: PrintSurroundings,
  writer: RowWriter,
): AsyncIterable<Buffer> {
  const out = new BlockWriter();
  const cells = new RowCells(table, options, surroundings, 'visible');
  let rowCount = 0;
  writer.begin(out);
  for await (const batch of table.batches) {
    for (let row = 0; row < batch.rowCount; row++) {
      rowCount++;
      if (cells.count === 0) continue;
      cells.read(batch, row);
      writer.row(out, cells, rowCount);
      if (out.hasFull) yield* out.take();
    }
  }
  if (table.portion?.isLast !== false) writer.end(out, rowCount);
  yield* out.take(true);
}

import { alignedBorder } from './aligned-layout.ts';
import type { AlignedMeasure } from './aligned-measure.ts';
import { BlockWriter } from './block-writer.ts';
import { cellLines } from './cell-lines.ts';
import { charsetOf } from './charset.ts';
import { layOutExpanded } from './expanded-layout.ts';
import { ExpandedRecord } from './expanded-record.ts';
import { footersOf, ownFooters } from './footers.ts';
import { lineStyleOf } from './line-style.ts';
import { type PrintSurroundings, type PrintTable, wholeTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { RowCells } from './row-cells.ts';
import { textBytes } from './terminal-text.ts';

/** psql's expanded aligned format: a line for each field under a line for each record. */
export async function* writeAlignedExpanded(
  table: PrintTable,
  options: PrintOptions,
  surroundings: PrintSurroundings,
  measured: AlignedMeasure,
): AsyncIterable<Buffer> {
  const out = new BlockWriter();
  const text = (line: string): Buffer => textBytes(line, surroundings.isExact ? 'exact' : 'visible');
  const portion = table.portion ?? wholeTable;
  const isEmpty = portion.isFirst && portion.isLast && (measured.rowCount === 0 || table.columns.length === 0);
  if (!isEmpty) {
    if (portion.isFirst && !options.tuplesOnly && table.title !== undefined) writeLines(out, [text(table.title)]);
    const names = table.columns.map((column) => {
      const name = textBytes(column.name, surroundings.isExact ? 'exact' : 'escaped');
      return cellLines(name, charsetOf(surroundings));
    });
    const layout = layOutExpanded(names, options, surroundings, measured);
    const record = new ExpandedRecord(layout, lineStyleOf(options), options.tuplesOnly, portion);
    const cells = new RowCells(table, options, surroundings, 'escaped');
    for await (const batch of table.batches) {
      for (let row = 0; row < batch.rowCount && cells.count > 0; row++) {
        cells.read(batch, row);
        yield* record.write(out, cells);
        if (out.hasFull) yield* out.take();
      }
    }
    if (portion.isLast) record.writeEnd(out);
  }
  if (portion.isLast) {
    const footers = isEmpty ? footersOf(table, options, measured.rowCount) : ownFooters(table, options);
    if (!isEmpty && footers.length > 0 && alignedBorder(options) < 2) out.byte(0x0a);
    writeLines(out, footers.map(text));
    out.byte(0x0a);
  }
  yield* out.take(true);
}

function writeLines(out: BlockWriter, lines: readonly Buffer[]): void {
  for (const line of lines) {
    out.bytes(line);
    out.byte(0x0a);
  }
}

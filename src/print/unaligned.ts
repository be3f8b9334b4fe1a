import { encodeLossless } from '../text/lossless.ts';
import { BlockWriter } from './block-writer.ts';
import { footersOf, ownFooters } from './footers.ts';
import type { PrintFormat, PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { RowCells } from './row-cells.ts';
import { type TerminalText, textBytes } from './terminal-text.ts';

/** psql's unaligned format: separators between fields and records, nothing escaped. */
export const unaligned: PrintFormat = {
  name: 'unaligned',
  write: (table, options, surroundings) =>
    options.expanded === 'on' ? writeExpanded(table, options, surroundings) : writeRows(table, options, surroundings),
};

async function* writeRows(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings): AsyncIterable<Buffer> {
  const { out, cells, text, fieldSeparator, recordSeparator } = begin(table, options, surroundings);
  let isPending = false;
  if (!options.tuplesOnly) {
    if (table.title !== undefined) {
      out.bytes(text(table.title));
      out.bytes(recordSeparator);
    }
    table.columns.forEach((column, index) => {
      if (index > 0) out.bytes(fieldSeparator);
      out.bytes(text(column.name));
    });
    isPending = true;
  }
  let rowCount = 0;
  for await (const batch of table.batches) {
    rowCount += batch.rowCount;
    if (cells.count === 0) continue;
    for (let row = 0; row < batch.rowCount; row++) {
      if (isPending) out.bytes(recordSeparator);
      isPending = true;
      cells.read(batch, row);
      writeRow(out, cells, fieldSeparator);
      if (out.hasFull) yield* out.take();
    }
  }
  const isWhole = table.portion?.isLast !== false;
  for (const footer of isWhole ? footersOf(table, options, rowCount) : []) {
    if (isPending) out.bytes(recordSeparator);
    out.bytes(text(footer));
    isPending = true;
  }
  if (isWhole && isPending) out.byte(options.recordSeparatorZero ? 0 : 0x0a);
  yield* out.take(true);
}

function writeRow(out: BlockWriter, cells: RowCells, fieldSeparator: Buffer): void {
  const { sources, starts, ends, count } = cells;
  for (let column = 0; column < count; column++) {
    if (column > 0) out.bytes(fieldSeparator);
    out.slice(sources[column] as Buffer, starts[column] as number, ends[column] as number);
  }
}

/** A line for each field; two record separators between records. */
async function* writeExpanded(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings): AsyncIterable<Buffer> {
  const { out, cells, text, fieldSeparator, recordSeparator } = begin(table, options, surroundings);
  const names = table.columns.map((column) => Buffer.concat([text(column.name), fieldSeparator]));
  let isPending = false;
  if (!options.tuplesOnly && table.title !== undefined) {
    out.bytes(text(table.title));
    isPending = true;
  }
  for await (const batch of table.batches) {
    if (cells.count === 0) continue;
    for (let row = 0; row < batch.rowCount; row++) {
      if (isPending) {
        out.bytes(recordSeparator);
        out.bytes(recordSeparator);
      }
      isPending = true;
      cells.read(batch, row);
      for (let column = 0; column < cells.count; column++) {
        if (column > 0) out.bytes(recordSeparator);
        out.bytes(names[column] as Buffer);
        out.slice(cells.sources[column] as Buffer, cells.starts[column] as number, cells.ends[column] as number);
      }
      if (out.hasFull) yield* out.take();
    }
  }
  const isWhole = table.portion?.isLast !== false;
  const footers = isWhole ? ownFooters(table, options) : [];
  if (footers.length > 0) out.bytes(recordSeparator);
  for (const footer of footers) {
    out.bytes(recordSeparator);
    out.bytes(text(footer));
  }
  if (isWhole && isPending) out.byte(options.recordSeparatorZero ? 0 : 0x0a);
  yield* out.take(true);
}

function begin(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings) {
  const terminal: TerminalText = surroundings.isExact ? 'exact' : 'visible';
  return {
    out: new BlockWriter(),
    cells: new RowCells(table, options, surroundings, 'visible'),
    text: (text: string): Buffer => textBytes(text, terminal),
    fieldSeparator: options.fieldSeparatorZero ? Buffer.of(0) : encodeLossless(options.fieldSeparator),
    recordSeparator: options.recordSeparatorZero ? Buffer.of(0) : encodeLossless(options.recordSeparator),
  };
}

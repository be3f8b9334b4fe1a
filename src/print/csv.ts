import { BlockWriter } from './block-writer.ts';
import type { PrintFormat, PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { RowCells } from './row-cells.ts';
import { textBytes } from './terminal-text.ts';

const quote = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** psql's CSV: RFC 4180 with newline as the line end; neither title nor footers; names only where not tuples-only. */
export const csv: PrintFormat = {
  name: 'csv',
  write: (table, options, surroundings) => writeCsv(table, options, surroundings),
};

async function* writeCsv(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings): AsyncIterable<Buffer> {
  const out = new BlockWriter();
  const cells = new RowCells(table, options, surroundings, 'visible');
  const separator = options.csvFieldSeparator.charCodeAt(0);
  const names = table.columns.map((column) => textBytes(column.name, surroundings.isExact ? 'exact' : 'visible'));
  const isExpanded = options.expanded === 'on';
  if (!isExpanded && !options.tuplesOnly) {
    names.forEach((name, index) => {
      if (index > 0) out.byte(separator);
      writeField(out, name, 0, name.length, separator);
    });
    out.byte(newline);
  }
  for await (const batch of table.batches) {
    if (cells.count === 0) continue;
    for (let row = 0; row < batch.rowCount; row++) {
      cells.read(batch, row);
      if (isExpanded) writeRecord(out, cells, names, separator);
      else writeRow(out, cells, separator);
      if (out.hasFull) yield* out.take();
    }
  }
  yield* out.take(true);
}

function writeRow(out: BlockWriter, cells: RowCells, separator: number): void {
  for (let column = 0; column < cells.count; column++) {
    if (column > 0) out.byte(separator);
    writeField(out, cells.sources[column] as Buffer, cells.starts[column] as number, cells.ends[column] as number, separator);
  }
  out.byte(newline);
}

function writeRecord(out: BlockWriter, cells: RowCells, names: readonly Buffer[], separator: number): void {
  names.forEach((name, column) => {
    writeField(out, name, 0, name.length, separator);
    out.byte(separator);
    writeField(out, cells.sources[column] as Buffer, cells.starts[column] as number, cells.ends[column] as number, separator);
    out.byte(newline);
  });
}

function writeField(out: BlockWriter, bytes: Buffer, start: number, end: number, separator: number): void {
  if (!needsQuotes(bytes, start, end, separator)) {
    out.slice(bytes, start, end);
    return;
  }
  out.byte(quote);
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) out.byte(quote);
    out.byte(byte);
  }
  out.byte(quote);
}

/** Also `\.` is quoted, and all fields where the separator is one of these two, lest COPY take a line for its end marker. */
function needsQuotes(bytes: Buffer, start: number, end: number, separator: number): boolean {
  if (separator === 0x5c || separator === 0x2e) return true;
  if (end - start === 2 && bytes[start] === 0x5c && bytes[start + 1] === 0x2e) return true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === separator || byte === quote || byte === newline || byte === carriageReturn) return true;
  }
  return false;
}

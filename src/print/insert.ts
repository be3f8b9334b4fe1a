import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { BlockWriter } from './block-writer.ts';
import { jsonKindOf } from './json-value.ts';
import type { PrintFormat, PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { textBytes } from './terminal-text.ts';

/** An INSERT statement for each row, into the table that \pset tableattr names. */
export const insert: PrintFormat = {
  name: 'insert',
  write: (table, options, surroundings) => writeInserts(table, options, surroundings),
};

const unnamed = 'table_name';

async function* writeInserts(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings): AsyncIterable<Buffer> {
  const out = new BlockWriter();
  const shown = (text: string): Buffer => (surroundings.isExact ? encodeLossless(text) : textBytes(text, 'visible'));
  const names = table.columns.map((column) => quoteIdentifier(column.name)).join(', ');
  const target = options.tableAttributes ?? unnamed;
  const head = shown(names === '' ? `INSERT INTO ${target} DEFAULT VALUES` : `INSERT INTO ${target} (${names}) VALUES (`);
  const end = names === '' ? ';\n' : ');\n';
  const isBare = table.columns.map((column) => ['number', 'boolean'].includes(jsonKindOf(column.column?.typeOid)));
  for await (const batch of table.batches) {
    for (let row = 0; row < batch.rowCount; row++) {
      let at = batch.offsets[row] as number;
      out.bytes(head);
      for (let column = 0; column < isBare.length; column++) {
        const length = batch.bytes.readInt32BE(at);
        at += 4;
        const value = length < 0 ? 'NULL' : literal(decodeLossless(batch.bytes, at, at + length), isBare[column] === true);
        out.bytes(shown(column > 0 ? `, ${value}` : value));
        at += Math.max(0, length);
      }
      out.text(end);
      if (out.hasFull) yield* out.take();
    }
  }
  yield* out.take(true);
}

/** Numbers and booleans stand as they are, but for NaN and infinities. Backslashes need an escape string to be safe in any setting. */
function literal(text: string, isBare: boolean): string {
  if (isBare && /^(?:-?[0-9.]+(?:e[+-]?[0-9]+)?|t|f)$/.test(text)) return text === 't' ? 'true' : text === 'f' ? 'false' : text;
  const quoted = text.replaceAll("'", "''");
  return quoted.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}

function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

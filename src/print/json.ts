import { BlockWriter } from './block-writer.ts';
import { type JsonKind, jsonKindOf, writeJsonString, writeJsonValue } from './json-value.ts';
import type { PrintFormat, PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { textBytes } from './terminal-text.ts';

/** One JSON array of objects, an object for each row on a line of its own. */
export const json: PrintFormat = {
  name: 'json',
  write: (table, options, surroundings) => writeJson(table, options, surroundings, { begin: '[', between: ',\n ', end: ']\n' }),
};

/** A JSON object for each row, a row on each line. */
export const jsonLines: PrintFormat = {
  name: 'json-lines',
  write: (table, options, surroundings) => writeJson(table, options, surroundings, { begin: '', between: '\n', end: '' }),
};

interface Frame {
  readonly begin: string;
  readonly between: string;
  readonly end: string;
}

async function* writeJson(table: PrintTable, _options: PrintOptions, surroundings: PrintSurroundings, frame: Frame): AsyncIterable<Buffer> {
  const out = new BlockWriter();
  const row = new JsonRow(table, surroundings);
  const between = Buffer.from(frame.between, 'utf8');
  out.text(frame.begin);
  let isFirst = true;
  for await (const batch of table.batches) {
    for (let index = 0; index < batch.rowCount; index++) {
      if (!isFirst) out.bytes(between);
      isFirst = false;
      row.write(out, batch.bytes, batch.offsets[index] as number);
      if (out.hasFull) yield* out.take();
    }
  }
  out.text(frame.end);
  if (frame.end === '' && !isFirst) out.byte(0x0a);
  yield* out.take(true);
}

/** Writes rows as JSON objects: members in the order of the columns, a name that comes twice comes twice. */
class JsonRow {
  readonly #names: readonly Buffer[];
  readonly #kinds: readonly JsonKind[];
  readonly #isExact: boolean;

  constructor(table: PrintTable, surroundings: PrintSurroundings) {
    this.#names = table.columns.map((column) => memberName(column.name, surroundings));
    this.#kinds = table.columns.map((column) => jsonKindOf(column.column?.typeOid));
    this.#isExact = surroundings.isExact;
  }

  write(out: BlockWriter, bytes: Buffer, offset: number): void {
    let at = offset;
    out.byte(0x7b);
    for (let column = 0; column < this.#names.length; column++) {
      if (column > 0) out.byte(0x2c);
      out.bytes(this.#names[column] as Buffer);
      const length = bytes.readInt32BE(at);
      at += 4;
      if (length < 0) {
        out.text('null');
      } else {
        this.#writeValue(out, bytes, at, at + length, this.#kinds[column] as JsonKind);
        at += length;
      }
    }
    out.byte(0x7d);
  }

  /** Strings escape all controls; what else a terminal must not get, and controls inside of json values, is made visible. */
  #writeValue(out: BlockWriter, bytes: Buffer, start: number, end: number, kind: JsonKind): void {
    if (this.#isExact) {
      writeJsonValue(out, bytes, start, end, kind);
    } else {
      const shown = textBytes(bytes.subarray(start, end), kind === 'string' ? 'escaped' : 'visible');
      writeJsonValue(out, shown, 0, shown.length, kind);
    }
  }
}

/** `"name":` */
function memberName(name: string, surroundings: PrintSurroundings): Buffer {
  const out = new BlockWriter();
  const bytes = textBytes(name, surroundings.isExact ? 'exact' : 'escaped');
  writeJsonString(out, bytes, 0, bytes.length);
  out.byte(0x3a);
  return Buffer.concat([...out.take(true)]);
}

import type { RowBatch } from '../result/row-batch.ts';
import { localizeNumber } from './numeric-locale.ts';
import type { PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { isPrintableAscii, type TerminalText, textBytes } from './terminal-text.ts';

/**
 * The cells of one row as they are printed: NULL replaced by its text, numbers grouped where \pset numericlocale asks for it,
 * made visible where output goes to a terminal. Cell i is `sources[i]` from `starts[i]` to `ends[i]`: most are the
 * server's bytes in place.
 */
export class RowCells {
  readonly count: number;
  readonly sources: Buffer[];
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly #nullText: Buffer;
  readonly #isLocalized: readonly boolean[];
  readonly #terminal: TerminalText;

  constructor(table: Pick<PrintTable, 'columns'>, options: PrintOptions, surroundings: PrintSurroundings, terminal: TerminalText) {
    this.count = table.columns.length;
    this.sources = new Array(this.count).fill(Buffer.alloc(0));
    this.starts = new Uint32Array(this.count);
    this.ends = new Uint32Array(this.count);
    this.#terminal = surroundings.isExact ? 'exact' : terminal;
    this.#nullText = textBytes(options.null, this.#terminal);
    this.#isLocalized = table.columns.map((column) => options.numericLocale && column.align === 'right');
  }

  read(batch: RowBatch, row: number): void {
    const { bytes } = batch;
    const { sources, starts, ends, count } = this;
    let at = batch.offsets[row] as number;
    for (let column = 0; column < count; column++) {
      const length =
        ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
      at += 4;
      if (length < 0) {
        this.#set(column, this.#nullText);
        continue;
      }
      sources[column] = bytes;
      starts[column] = at;
      at += length;
      ends[column] = at;
      if (this.#isLocalized[column] === true) this.#localize(column);
      if (this.#terminal !== 'exact') this.#makeVisible(column);
    }
  }

  #set(column: number, bytes: Buffer): void {
    this.sources[column] = bytes;
    this.starts[column] = 0;
    this.ends[column] = bytes.length;
  }

  #localize(column: number): void {
    this.#set(column, localizeNumber((this.sources[column] as Buffer).subarray(this.starts[column], this.ends[column])));
  }

  #makeVisible(column: number): void {
    const source = this.sources[column] as Buffer;
    const start = this.starts[column] as number;
    const end = this.ends[column] as number;
    if (!isPrintableAscii(source, start, end)) this.#set(column, textBytes(source.subarray(start, end), this.#terminal));
  }
}

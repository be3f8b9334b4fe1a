import type { Charset } from './charset.ts';

/** How much room a cell takes in an aligned table. */
export class CellSize {
  /** Columns of its widest line. */
  width = 0;
  /** Lines its newlines make. */
  lines = 1;
  /** Whether it is one line without controls, so that its bytes may be copied as they are. */
  isPlain = true;
  readonly #charset: Charset;

  constructor(charset: Charset) {
    this.#charset = charset;
  }

  /** Takes the size of these bytes by the rules of psql's pg_wcssize. */
  measure(bytes: Buffer, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte < 0x20 || byte > 0x7e) {
        this.#measureFrom(bytes, start, at, end);
        return;
      }
    }
    this.width = end - start;
    this.lines = 1;
    this.isPlain = true;
  }

  #measureFrom(bytes: Buffer, start: number, special: number, end: number): void {
    const charset = this.#charset;
    let width = special - start;
    let widest = 0;
    this.lines = 1;
    this.isPlain = true;
    for (let at = special, length = 0; at < end; at += length) {
      const byte = bytes[at] as number;
      length = charset.length(bytes, at);
      if (at + length > end) {
        // A character cut short ends the cell.
        this.isPlain = false;
        break;
      }
      if (byte === 0x0a) {
        widest = Math.max(widest, width);
        width = 0;
        this.lines++;
        this.isPlain = false;
      } else {
        const columns = charset.width(bytes, at);
        if (columns < 0) this.isPlain = false;
        width += columns < 0 ? escapedWidth(byte, length, width) : columns;
      }
    }
    this.width = Math.max(widest, width);
  }
}

/** Columns of what `escapedText` prints. */
function escapedWidth(byte: number, length: number, column: number): number {
  if (byte === 0x09) return 8 - (column % 8);
  if (byte === 0x0d) return 2;
  return length === 1 ? 4 : 6;
}

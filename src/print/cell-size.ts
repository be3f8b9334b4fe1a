import { type Charset, codePointAt } from './charset.ts';

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

/** A display line of a cell. */
export interface CellLine {
  readonly bytes: Buffer;
  readonly width: number;
}

/**
 * A cell as the lines psql's pg_wcsformat makes of it: split at newlines, tabs expanded, other controls escaped as `\r`,
 * `\x1B` and `\u009B`.
 */
export function cellLines(bytes: Buffer, start: number, end: number, charset: Charset): readonly CellLine[] {
  const lines: CellLine[] = [];
  let parts: Buffer[] = [];
  let width = 0;
  let copied = start;
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    const length = charset.length(bytes, at);
    if (at + length > end) break;
    const columns = byte === 0x0a ? -1 : charset.width(bytes, at);
    if (columns >= 0) {
      width += columns;
      at += length;
      continue;
    }
    parts.push(bytes.subarray(copied, at));
    copied = at + length;
    if (byte === 0x0a) {
      lines.push({ bytes: Buffer.concat(parts), width });
      parts = [];
      width = 0;
    } else {
      const escaped = escapedText(bytes, at, length, width);
      parts.push(Buffer.from(escaped, 'latin1'));
      width += escaped.length;
    }
    at = copied;
  }
  parts.push(bytes.subarray(copied, at));
  lines.push({ bytes: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts), width });
  return lines;
}

/** How many bytes of a line fit in `width` columns, at least one character, and the columns they take (strlen_max_width). */
export function fittingBytes(
  bytes: Buffer,
  start: number,
  width: number,
  charset: Charset,
): { readonly end: number; readonly width: number } {
  let used = 0;
  let at = start;
  while (at < bytes.length) {
    const columns = charset.width(bytes, at);
    if (width < used + columns && used !== 0) break;
    used += columns;
    at += charset.length(bytes, at);
  }
  return { end: Math.min(at, bytes.length), width: used };
}

/** Columns of what `escapedText` prints. */
function escapedWidth(byte: number, length: number, column: number): number {
  if (byte === 0x09) return 8 - (column % 8);
  if (byte === 0x0d) return 2;
  return length === 1 ? 4 : 6;
}

function escapedText(bytes: Buffer, at: number, length: number, column: number): string {
  const byte = bytes[at] as number;
  if (byte === 0x09) return ' '.repeat(8 - (column % 8));
  if (byte === 0x0d) return '\\r';
  if (length === 1) return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return `\\u${codePointAt(bytes, at, length).toString(16).toUpperCase().padStart(4, '0')}`;
}

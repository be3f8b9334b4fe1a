import { type Charset, codePointAt } from './charset.ts';

/** A display line of a cell. */
export interface CellLine {
  readonly bytes: Buffer;
  readonly width: number;
}

/**
 * Reads a cell as the lines psql's pg_wcsformat makes of it: split at newlines, tabs expanded, other controls escaped as `\r`, `\x1B` and
 * `\u009B`. One at a time: a cell may have millions.
 */
export class CellLines {
  /** undefined: all have been read. */
  current: CellLine | undefined;
  /** How many there were before it. */
  number = 0;
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #charset: Charset;
  /** Where the next line begins, if there is one. */
  #next: number | undefined;

  constructor(bytes: Buffer, start: number, end: number, charset: Charset) {
    this.#bytes = bytes;
    this.#end = end;
    this.#charset = charset;
    this.current = this.#read(start);
  }

  get isLast(): boolean {
    return this.#next === undefined;
  }

  advance(): void {
    this.number++;
    this.current = this.#next === undefined ? undefined : this.#read(this.#next);
  }

  #read(start: number): CellLine {
    const bytes = this.#bytes;
    const charset = this.#charset;
    const parts: Buffer[] = [];
    let width = 0;
    let copied = start;
    let at = start;
    this.#next = undefined;
    while (at < this.#end) {
      const byte = bytes[at] as number;
      const length = charset.length(bytes, at);
      if (at + length > this.#end) break;
      if (byte === 0x0a) {
        this.#next = at + 1;
        break;
      }
      const columns = charset.width(bytes, at);
      at += length;
      if (columns >= 0) {
        width += columns;
        continue;
      }
      const escaped = escapedText(bytes, at - length, length, width);
      parts.push(bytes.subarray(copied, at - length), Buffer.from(escaped, 'latin1'));
      width += escaped.length;
      copied = at;
    }
    const rest = bytes.subarray(copied, at);
    return { bytes: parts.length === 0 ? rest : Buffer.concat([...parts, rest]), width };
  }
}

/** All of them, of a text that has few. */
export function cellLines(bytes: Buffer, charset: Charset): readonly CellLine[] {
  const all: CellLine[] = [];
  const lines = new CellLines(bytes, 0, bytes.length, charset);
  for (let line = lines.current; line !== undefined; line = lines.current) {
    all.push(line);
    lines.advance();
  }
  return all;
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

function escapedText(bytes: Buffer, at: number, length: number, column: number): string {
  const byte = bytes[at] as number;
  if (byte === 0x09) return ' '.repeat(8 - (column % 8));
  if (byte === 0x0d) return '\\r';
  if (length === 1) return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return `\\u${codePointAt(bytes, at, length).toString(16).toUpperCase().padStart(4, '0')}`;
}

import { codePointWidth } from '../text/psql-width.ts';
import type { PrintSurroundings } from './print-format.ts';

/** How the bytes of the client encoding make characters, and their columns, as libpq has it. */
export interface Charset {
  /** Bytes of the character that begins at `at`, told by its first byte alone; 1 for a byte that begins none. */
  length(bytes: Buffer, at: number): number;
  /** Its columns, -1 for controls and for what is no character. */
  width(bytes: Buffer, at: number): number;
}

// As pg_utf_mblen and pg_utf_dsplen: the bytes that follow are taken on trust, so that a broken text is broken as psql's.
const utf8: Charset = {
  length(bytes, at) {
    const lead = bytes[at] as number;
    if (lead < 0xc0 || lead > 0xf7) return 1;
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  },
  width(bytes, at) {
    const lead = bytes[at] as number;
    if (lead < 0x80) return codePointWidth(lead);
    const length = utf8.length(bytes, at);
    return length === 1 ? -1 : codePointWidth(codePointAt(bytes, at, length));
  },
};

/** SQL_ASCII, LATIN1 and their kind: every byte from 0x80 on is a character of one column. */
const singleByte: Charset = {
  length: () => 1,
  width(bytes, at) {
    const byte = bytes[at] as number;
    return byte < 0x80 ? codePointWidth(byte) : 1;
  },
};

/** The charset cells come in; on a terminal they have been made visible, in UTF-8. */
export function charsetOf(surroundings: PrintSurroundings): Charset {
  return surroundings.isExact && surroundings.encoding === 'single-byte' ? singleByte : utf8;
}

/** The code point of a UTF-8 sequence of that length. */
export function codePointAt(bytes: Buffer, at: number, length: number): number {
  let code = (bytes[at] as number) & (0xff >> (length + 1));
  for (let next = 1; next < length; next++) code = (code << 6) | ((bytes[at + next] as number) & 0x3f);
  return code;
}

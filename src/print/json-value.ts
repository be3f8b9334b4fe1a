import { decodeLossless } from '../text/lossless.ts';
import type { BlockWriter } from './block-writer.ts';

/** How a value's text becomes JSON: as it stands, as a boolean, as the JSON it is, or as a string. */
export type JsonKind = 'number' | 'boolean' | 'json' | 'string';

const boolType = 16;
const jsonTypes: ReadonlySet<number> = new Set([114, 3802]);
// int8 int2 int4 oid float4 float8 numeric: what JSON can say as a number. Money is not: its text has a currency sign.
const numberTypes: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700]);

export function jsonKindOf(typeOid: number | undefined): JsonKind {
  if (typeOid === undefined) return 'string';
  if (typeOid === boolType) return 'boolean';
  if (jsonTypes.has(typeOid)) return 'json';
  return numberTypes.has(typeOid) ? 'number' : 'string';
}

/** A value of the server's as JSON, its digits untouched. NaN and infinities, which JSON has no numbers for, are strings. */
export function writeJsonValue(out: BlockWriter, bytes: Buffer, start: number, end: number, kind: JsonKind): void {
  switch (kind) {
    case 'number':
      if (isJsonNumber(bytes, start, end)) out.slice(bytes, start, end);
      else writeJsonString(out, bytes, start, end);
      return;
    case 'boolean':
      out.text(bytes[start] === 0x74 ? 'true' : 'false');
      return;
    case 'json':
      writeOnOneLine(out, bytes, start, end);
      return;
    case 'string':
      writeJsonString(out, bytes, start, end);
  }
}

/** A JSON string (RFC 8259, section 7). Bytes that are no UTF-8 become U+FFFD: JSON can not hold them. */
export function writeJsonString(out: BlockWriter, bytes: Buffer, start: number, end: number): void {
  out.byte(0x22);
  if (isUnescaped(bytes, start, end)) {
    out.slice(bytes, start, end);
  } else {
    const text = JSON.stringify(decodeLossless(bytes, start, end).toWellFormed());
    out.text(text.slice(1, -1).replace(/[\x7f-\x9f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`));
  }
  out.byte(0x22);
}

/** Whether these bytes stand in a JSON string as they are. */
function isUnescaped(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 || byte === 0x22 || byte === 0x5c || byte > 0x7e) return false;
  }
  return true;
}

/** Numbers of the server are JSON numbers unless they hold letters other than an exponent: NaN, Infinity. */
function isJsonNumber(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte > 0x39 && byte !== 0x65) return false;
  }
  return end > start;
}

/** A json value may hold newlines between its tokens, never inside of strings: blanks in their place mean the same. */
function writeOnOneLine(out: BlockWriter, bytes: Buffer, start: number, end: number): void {
  let from = start;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte !== 0x0a && byte !== 0x0d) continue;
    out.slice(bytes, from, at);
    out.byte(0x20);
    from = at + 1;
  }
  out.slice(bytes, from, end);
}

import { packRows } from '../../../src/result/row-batch.ts';

/** Messages as a server sends them, for tests that play the server. */
export function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

/** A message that lies about its length. */
export function lying(type: string, length: number, body = Buffer.alloc(0)): Buffer {
  const bytes = message(type, body);
  bytes.writeInt32BE(length, 1);
  return bytes;
}

export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function rowDescription(...names: readonly string[]): Buffer {
  const fields = names.flatMap((name) => [text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);
  return message('T', int16(names.length), ...fields);
}

export function dataRow(...cells: readonly (string | null)[]): Buffer {
  const row = cells.map((cell) => (cell === null ? null : Buffer.from(cell)));
  return message('D', int16(cells.length), packRows(cells.length, [row]).bytes);
}

export function errorResponse(fields: Readonly<Record<string, string>>, type: 'E' | 'N' = 'E'): Buffer {
  return message(type, ...Object.entries(fields).flatMap(([code, value]) => [Buffer.from(code), text(value)]), Buffer.of(0));
}

export const commandComplete = (tag: string) => message('C', text(tag));
export const readyForQuery = (status = 'I') => message('Z', Buffer.from(status));
export const authenticationOk = message('R', int32(0));
export const parameterStatus = (name: string, value: string) => message('S', text(name), text(value));
export const backendKeyData = message('K', int32(42), int32(7));

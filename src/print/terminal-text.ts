import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { visibleForTerminal } from '../text/visible.ts';

/**
 * How text is treated: `exact` for files and pipes, `visible` for a terminal, `escaped` for a terminal where the format
 * itself prints controls as `\xNN` as psql does, so that only the rest is left to make visible.
 */
export type TerminalText = 'exact' | 'visible' | 'escaped';

const beyondControls = /[^\0-\x1f\x7f-\x9f]+/g;

/** The bytes of a title, a header or a cell as they are printed. */
export function textBytes(text: string | Buffer, terminal: TerminalText): Buffer {
  if (terminal === 'exact') return typeof text === 'string' ? encodeLossless(text) : text;
  const decoded = typeof text === 'string' ? text : decodeLossless(text);
  return Buffer.from(terminal === 'visible' ? visibleForTerminal(decoded) : decoded.replace(beyondControls, visibleForTerminal), 'utf8');
}

/** Whether all bytes are 0x20 to 0x7e: then a column is a byte and nothing needs care. */
export function isPrintableAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

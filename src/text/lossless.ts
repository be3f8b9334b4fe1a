import { type Untrusted, untrusted } from './untrusted.ts';

const firstEscape = 0xdc80;
const loneEscape = /[\udc80-\udcff]/;

/**
 * Bytes to text and back without loss: valid UTF-8 is decoded as such; a byte that is no part of valid UTF-8 becomes the
 * lone surrogate U+DC00 + byte (the scheme of Python's "surrogateescape"), which `encodeLossless` turns back into the byte.
 */
export function decodeLossless(bytes: Buffer, start = 0, end = bytes.length): Untrusted {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\ufffd')) return untrusted(text);
  return untrusted(decodeEscaping(bytes, start, end));
}

/** The inverse of `decodeLossless`. */
export function encodeLossless(text: string): Buffer {
  if (!loneEscape.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) {
      at++;
      continue;
    }
    if (unit < firstEscape || unit > 0xdcff) continue;
    parts.push(Buffer.from(text.slice(from, at), 'utf8'), Buffer.of(unit - 0xdc00));
    from = at + 1;
  }
  parts.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

function decodeEscaping(bytes: Buffer, start: number, end: number): string {
  let text = '';
  let at = start;
  while (at < end) {
    const length = sequenceLength(bytes, at, end);
    if (length === 0) {
      text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
      at++;
    } else {
      text += bytes.toString('utf8', at, at + length);
      at += length;
    }
  }
  return text;
}

/** Length of the valid UTF-8 sequence at `at`, 0 where there is none (RFC 3629, section 4). */
function sequenceLength(bytes: Buffer, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > end) return 0;
  for (let next = 1; next < length; next++) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return length;
}

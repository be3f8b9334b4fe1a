import { combiningRanges, wideRanges } from './psql-width-tables.ts';

let widths: Int8Array | undefined;

/**
 * The columns psql 15 gives a code point: 0 for NUL and combining characters, 2 for wide ones, -1 for controls and
 * what is no character (which its tables print escaped). Coarser than a terminal, but what its output is aligned by.
 */
export function codePointWidth(code: number): number {
  if (code < 0x7f && code >= 0x20) return 1;
  widths ??= buildWidths();
  return widths[code] ?? -1;
}

/** `codePointWidth` of one character; a lone surrogate stands for a byte that is no UTF-8. */
export function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xd800 && code <= 0xdfff ? -1 : codePointWidth(code);
}

/** The columns of one line in psql's tables, where tabs reach the next eighth column and other controls are escaped. */
export function psqlWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const columns = characterWidth(character);
    if (character === '\t') width += 8 - (width % 8);
    else if (character === '\r') width += 2;
    else if (columns >= 0) width += columns;
    else width += character >= '\x80' && character <= '\x9f' ? '\\u0080'.length : '\\x00'.length;
  }
  return width;
}

function buildWidths(): Int8Array {
  const table = new Int8Array(0x110000).fill(1);
  table.fill(-1, 0, 0x20).fill(-1, 0x7f, 0xa0).fill(0, 0, 1);
  for (const [first, last] of parseRanges(combiningRanges)) table.fill(0, first, last + 1);
  for (const [first, last] of parseRanges(wideRanges)) table.fill(2, first, last + 1);
  return table;
}

function parseRanges(ranges: string): readonly (readonly [number, number])[] {
  return ranges
    .trim()
    .split(' ')
    .map((range) => {
      const [first = '', last = first] = range.split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
    });
}

import { expect, test } from 'vitest';
import { characterWidth, codePointWidth, psqlWidth } from '../../../src/text/psql-width.ts';

// Answers of libpq 15's PQdsplen.
test.each([
  ['a', 1],
  ['\0', 0],
  ['\x1b', -1],
  ['\x7f', -1],
  ['\x9b', -1],
  ['\xa0', 1],
  ['\xad', 1],
  ['é', 1],
  ['\u0301', 0],
  ['\u200b', 1],
  ['\u200d', 1],
  ['日', 2],
  ['ﾞ', 1],
  ['ｗ', 2],
  ['😀', 2],
  ['\u{e0041}', 1],
  ['\u{e0100}', 0],
  ['\u{10ffff}', 1],
  ['\udcff', -1],
])('%j takes %i columns', (character, width) => {
  expect(characterWidth(character)).toBe(width);
});

test('past the last code point there is no character', () => {
  expect(codePointWidth(0x110000)).toBe(-1);
});

test.each([
  ['', 0],
  ['select', 6],
  ['日本', 4],
  ['a\tb', 9],
  ['\x1b[m', 6],
  ['\x9b', 6],
  ['\r', 2],
  ['\udcff', 4],
  ['👨\u200d👩', 5],
])('%j takes %i columns of a table', (text, width) => {
  expect(psqlWidth(text)).toBe(width);
});

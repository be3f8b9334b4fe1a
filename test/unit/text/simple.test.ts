import { expect, test } from 'vitest';
import { graphemes } from '../../../src/text/grapheme.ts';
import { isSimple } from '../../../src/text/simple.ts';
import { visible } from '../../../src/text/visible.ts';
import { graphemeWidth } from '../../../src/text/width.ts';

test('every simple character stands alone in one column and is shown as it is', () => {
  const simple = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(isSimple);
  expect(simple.length).toBeGreaterThan(95);
  expect([...graphemes(simple.join(''))]).toEqual(simple);
  expect(simple.filter((character) => graphemeWidth(character) !== 1)).toEqual([]);
  // Among others, visible answers for the text as a whole.
  expect(visible(`${simple.join('')}\u200b`)).toBe(`${simple.join('')}<200B>`);
});

test.each(['\x1b', '\n', 'é', '\u0301', '日', '\u200b'])('%j is not simple', (text) => {
  expect(isSimple(text)).toBe(false);
});

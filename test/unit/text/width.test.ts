import { describe, expect, test } from 'vitest';
import { displayWidth, pad, truncate, wrap } from '../../../src/text/width.ts';

const family = '👨\u200d👩\u200d👧';

test.each([
  ['', 0],
  ['select', 6],
  ['日本', 4],
  ['e\u0301', 1],
  ['é', 1],
  [family, 2],
  ['❤\ufe0f', 2],
  ['🇩🇪', 2],
  ['ｶﾞ', 2],
  ['한국', 4],
  ['␛[31m', 5],
  ['\u0301', 0],
  ['नि', 2],
  ['\u0600', 0],
  ['\u1100\u1161\u11a8', 2],
  ['\u1100\u1100', 4],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test.each([
  ['select', 6, 'select'],
  ['select', 5, 'sele…'],
  ['select', 1, '…'],
  ['select', 0, ''],
  ['日本語', 6, '日本語'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
  [`${family}x`, 2, '…'],
  ['e\u0301e\u0301', 1, '…'],
])('%j cut to %i columns', (text, width, cut) => {
  expect(truncate(text, width)).toBe(cut);
});

test('a grapheme of a million marks is measured all the same', () => {
  expect(displayWidth(`x${'\u0301'.repeat(1_000_000)}`)).toBe(1);
});

describe('padding', () => {
  test('fills up by display width', () => {
    expect(pad('日', 4)).toBe('日  ');
    expect(pad('日', 4, 'right')).toBe('  日');
    expect(pad('日', 5, 'center')).toBe(' 日  ');
    expect(pad('too long', 4)).toBe('too long');
  });
});

test.each([
  ['the quick brown fox', 9, ['the quick', 'brown fox']],
  ['abcdefgh', 3, ['abc', 'def', 'gh']],
  ['日本語', 4, ['日本', '語']],
  ['a\nb', 9, ['a', 'b']],
  ['', 9, ['']],
])('%j wrapped at %i columns', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

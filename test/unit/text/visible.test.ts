import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLossless } from '../../../src/text/lossless.ts';
import { expandTabs, visible, visibleForTerminal, visibleLines } from '../../../src/text/visible.ts';

const cases: readonly (readonly [name: string, text: string, shown: string])[] = [
  ['plain text', 'select 1', 'select 1'],
  ['escape sequence', '\x1b[31mred', '␛[31mred'],
  ['hyperlink', '\x1b]8;;http://x\x07', '␛]8;;http://x␇'],
  ['NUL and DEL', '\0\x7f', '␀␡'],
  ['newline, tab, return', 'a\nb\tc\r', 'a↵b→c␍'],
  ['C1', '\x9b31m\x85', '\\x9b31m\\x85'],
  ['bytes that are no UTF-8', '\udcffcaf\udce9', '\\xffcaf\\xe9'],
  ['other lone surrogate', '\ud800x', '<D800>x'],
  ['bidi override', 'a\u202eb', 'a<202E>b'],
  ['bidi isolate', '\u2066a\u2069', '<2066>a<2069>'],
  ['zero width', 'a\u200bb\u2060\ufeff', 'a<200B>b<2060><FEFF>'],
  ['tag characters', 'x\u{e0041}\u{e007f}', 'x<E0041><E007F>'],
  ['line separators', '\u2028\u2029', '<2028><2029>'],
  ['one emoji style selector stays', '❤\ufe0f', '❤\ufe0f'],
  ['selectors in a row do not', '❤\ufe0f\ufe0f', '❤\ufe0f<FE0F>'],
  ['an emoji family stays whole', '👩\u200d👩\u200d👧', '👩\u200d👩\u200d👧'],
  ['with skin tones and selectors', '👩🏽\u200d❤\ufe0f\u200d👨🏿', '👩🏽\u200d❤\ufe0f\u200d👨🏿'],
  ['joiners elsewhere do not', 'a\u200db \u200d👩\u200d x👩\u200d\u200d👩', 'a<200D>b <200D>👩<200D> x👩<200D><200D>👩'],
  ['selector on a letter', 'a\ufe0f', 'a<FE0F>'],
  ['right-to-left text stays', 'שלום مرحبا', 'שלום مرحبا'],
  ['wide and combining stay', '日本 e\u0301', '日本 e\u0301'],
];

describe('visible', () => {
  test.each(cases)('%s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('what is visible already stays as it is', () => {
    for (const [, text] of cases) expect(visible(visible(text))).toBe(visible(text));
  });
});

test('a terminal keeps newlines and tabs of batch output', () => {
  expect(visibleForTerminal('a\n\tb\r\x1b[2J\u202e')).toBe('a\n\tb␍␛[2J<202E>');
});

test.each([
  ['\tx', '        x'],
  ['ab\tx', 'ab      x'],
  ['日本\tx\ty', '日本    x       y'],
  ['\x1b\tx', '␛       x'],
])('tabs of %j reach their stops', (line, expanded) => {
  expect(expandTabs(line)).toBe(expanded);
});

test('lines split at newlines, a return before one is part of the line break', () => {
  expect(visibleLines('a\r\nb\n\nc\rd')).toEqual(['a', 'b', '', 'c␍d']);
});

describe('hostile text', () => {
  // Hidden characters listed by code point, independent of the property classes visible itself relies on.
  const forbidden =
    /[\0-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff\u{e0000}-\u{e0fff}]/u;
  /** Without the joiners that stand between two pictures, by the blocks those are in. */
  const unjoined = (shown: string): string =>
    shown.replace(
      /(?<=[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}][\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}])/gu,
      '',
    );
  const nasty = fc.oneof(
    fc.constantFrom(
      '\x1b[',
      '\x1b]52;c;',
      '\x9b',
      '\x90',
      '\u202e',
      '\u2066',
      '\u200d',
      '👩',
      '👩\u200d👧',
      '\u{1f3fd}',
      '\ufe0f',
      '\u{e0061}',
      '\ufeff',
      '\udc9b',
      '\ud83d',
      '\n',
      '\t',
      '\r',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  );
  const text = fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join(''));

  test('100,000 strings leave nothing a terminal obeys or hides', () => {
    fc.assert(
      fc.property(
        text,
        (hostile) =>
          !forbidden.test(unjoined(visible(hostile))) && !forbidden.test(unjoined(visibleForTerminal(hostile).replace(/[\n\t]/g, ''))),
      ),
      { numRuns: 100_000 },
    );
  });

  test('any bytes, decoded, leave nothing either', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 32 }), (bytes) => !forbidden.test(unjoined(visible(decodeLossless(Buffer.from(bytes)))))),
      {
        numRuns: 5_000,
      },
    );
  });
});

import { describe, expect, test } from 'vitest';
import {
  formatIdentifier,
  quoteIdentifier,
  quoteLiteral,
  quoteShellArgument,
  quotingRefusal,
  shellCommand,
} from '../../../src/sql/quote.ts';

test.each([
  ['', "''"],
  ['a', "'a'"],
  ["it's", "'it''s'"],
  ['a\\b', " E'a\\\\b'"],
  ["\\'", " E'\\\\'''"],
])('the literal of %j is %s', (value, literal) => {
  expect(quoteLiteral(value)).toBe(literal);
});

test.each([
  ['a', '"a"'],
  ['a"b', '"a""b"'],
  ['', '""'],
])('the identifier of %j is %s', (name, identifier) => {
  expect(quoteIdentifier(name)).toBe(identifier);
});

describe('identifiers are quoted only where they have to be', () => {
  test.each(['a', '_x1', 'abort', 'name', 'zone'])('%s is free', (name) => {
    expect(formatIdentifier(name)).toBe(name);
  });
  test.each(['A', '1a', 'a-b', 'é', '', 'a$b', 'select', 'between', 'left', 'user', 'a"b'])('%j is not', (name) => {
    expect(formatIdentifier(name)).toBe(quoteIdentifier(name));
  });
});

test.each<[string, string | undefined]>([
  ['a-b_c./:9', 'a-b_c./:9'],
  ['', "''"],
  ['a b', "'a b'"],
  ["a'b", `'a'"'"'b'`],
  ['é', "'é'"],
  ['a\nb', undefined],
  ['a\r', undefined],
])('the shell argument of %j is %j', (value, quoted) => {
  expect(quoteShellArgument(value)).toBe(quoted);
});

test.each([
  ['é😀', undefined],
  ['a\udcff', 'invalid multibyte character'],
  ['a\udcc3', 'incomplete multibyte character'],
  ['é\udcc3', 'invalid multibyte character'],
  ['\udce6\udc97', 'incomplete multibyte character'],
  ['\udce6\udc97xx', 'invalid multibyte character'],
])('%j is quoted, or not: %s', (value, refusal) => {
  expect(quotingRefusal(value)).toBe(refusal);
});

test('a shell command with bytes that are no UTF-8 is made by the shell', () => {
  expect(shellCommand('echo é😀')).toBe('echo é😀');
  expect(shellCommand('a \udcff')).toBe(`exec sh -c "$(printf '\\141\\040\\377')"`);
});

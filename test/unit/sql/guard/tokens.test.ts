import { expect, test } from 'vitest';
import { sqlTokens } from '../../../../src/sql/guard/tokens.ts';

test.each<[string, readonly string[]]>([
  ["Select 'it''s' || E'a\\tb\\x41\\u0042'", ['word select', "string it's", 'operator ||', 'string a\tbAB']],
  ['$a$ x $b$ $a$', ['string  x $b$ ']],
  ["'a'\n  'b'", ['string ab']],
  ["U&'d\\0061t\\+000061'", ['string data']],
  ['U&"d!0061ta" uescape \'!\' x', ['name data', 'word x']],
  ['"a""b".C', ['name a"b', 'dot .', 'word c']],
  ['x[1:now()]', ['word x', 'other [', 'number 1', 'other :', 'word now', 'open (', 'close )', 'other ]']],
  ["a=-1or:'b'", ['word a', 'operator =', 'operator -', 'number 1', 'word or', 'other :', 'string b']],
  ["a[1:E'\\' ']; b '", ['word a', 'other [', 'number 1', 'other :', "string ' ", 'other ]', 'semicolon ;', 'word b', 'string ']],
  ['1.5e3 0x1F 1_000 .5', ['number 1.5e3', 'number 0x1F', 'number 1_000', 'number .5']],
  ['a /* b /* c */ d */ -- e\n, f', ['word a', 'comma ,', 'word f']],
  ['a::b $1', ['word a', 'operator ::', 'word b', 'other $1']],
  ['a \\g file ; x\nb', ['word a', 'backslash \\', 'word b']],
  ["N'a' 'open", ['string a', 'string open']],
])('%s', (sql, expected) => {
  expect(sqlTokens(sql).map((token) => `${token.kind} ${token.value}`)).toEqual(expected);
});

test('a literal before a long indentation is read in no time', () => {
  const sql = `case when a then 'b'\n${' '.repeat(5000)}when c then 'd' end`;
  expect(sqlTokens(sql)).toHaveLength(10);
});

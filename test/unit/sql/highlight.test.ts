import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HighlightState, highlightLine, initialHighlight } from '../../../src/sql/highlight.ts';

/** The spans of a line, plain ones left out: `kind:text`. */
function shown(line: string, state: HighlightState = initialHighlight): string[] {
  return highlightLine(line, state)
    .spans.filter(({ kind }) => kind !== 'plain')
    .map(({ start, end, kind }) => `${kind}:${line.slice(start, end)}`);
}

describe('a line', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['select a from b', ['keyword:select', 'keyword:from']],
    ["SELECT 'it''s', E'\\'', $$x$$", ['keyword:SELECT', "string:'it''s'", "string:E'\\''", 'string:$$x$$']],
    ['x::int4 + 1.5e3', ['operator:::', 'type:int4', 'operator:+', 'number:1.5e3']],
    ['"A""b" -- note', ['identifier-quoted:"A""b"', 'comment:-- note']],
    ['a /* b */ c', ['comment:/* b */']],
    [`:v :'v' :"v" :{?v}`, ['variable::v', `variable::'v'`, 'variable::"v"', 'variable::{?v}']],
    ["\\echo 'a' :v `ls`", ['command:\\echo', "string:'a'", 'variable::v', 'string:`ls`']],
    ['select 1 \\gx', ['keyword:select', 'number:1', 'command:\\gx']],
    ["N'x'", ["string:N'x'"]],
    ['selection', []],
  ])('%s', (line, expected) => {
    expect(shown(line)).toEqual(expected);
  });
});

test('what is open at the end of a line goes on in the next', () => {
  const cases: readonly (readonly [string, string, string[]])[] = [
    ["select 'a", "b' c", ["string:b'"]],
    ['select "a', 'b" c', ['identifier-quoted:b"']],
    ['select $x$ a', '$y$ b $x$ c', ['string:$y$ b $x$']],
    ['/* /* a', 'b */ c */ d', ['comment:b */ c */']],
    ["select 'a'", "'b'", ["string:'b'"]],
    ['-- a', 'b', []],
    ["\\echo 'a", 'b', []],
  ];
  for (const [first, second, expected] of cases) {
    expect(shown(second, highlightLine(first, initialHighlight).state)).toEqual(expected);
  }
});

test('spans cover the line without gaps', () => {
  const token = fc.constantFrom('select', "'", '"', '$$', '--', '/*', '*/', ':v', '\\x', ' ', '1.5', 'é', '😀', '\\', '`');
  fc.assert(
    fc.property(fc.array(token), (tokens) => {
      const line = tokens.join('');
      const { spans } = highlightLine(line, initialHighlight);
      expect(spans.map(({ start, end }) => line.slice(start, end)).join('')).toBe(line);
      expect(spans.every((span, index) => span.start === (spans[index - 1]?.end ?? 0))).toBe(true);
    }),
  );
});

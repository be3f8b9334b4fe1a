import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCompleteInput, spanAt, splitInput } from '../../../src/sql/split.ts';

/** The spans' texts: commands led by `:`, unfinished ones ended by `…`. */
function pieces(text: string): string[] {
  return splitInput(text).map((span) => {
    const piece = text.slice(span.start, span.end);
    return `${span.kind === 'command' ? ':' : ''}${piece}${span.terminated ? '' : '…'}`;
  });
}

describe('splitting', () => {
  test.each<[string, string[]]>([
    ['', []],
    [' \n -- nothing\n', []],
    ['select 1;', ['select 1;']],
    ['  select 1 ;  select 2;\n', ['select 1 ;', 'select 2;']],
    ['-- first\nselect 1; -- after\nselect 2', ['select 1;', 'select 2…']],
    ['select 1\n\n-- inner\n, 2;\n', ['select 1\n\n-- inner\n, 2;']],
    ['/* c */ select 1;', ['/* c */ select 1;']],
    ["select ';\n;';x", ["select ';\n;';", 'x…']],
    ['select $$\n;\n$$;', ['select $$\n;\n$$;']],
    ['select (1;\n2);', ['select (1;\n2);']],
    ['create function f() begin atomic\n select 1;\nend;\nx', ['create function f() begin atomic\n select 1;\nend;', 'x…']],
    ['\\dt', [':\\dt']],
    ['\\dt  \n\\d x;', [':\\dt', ':\\d x;']],
    ['\\x \\\\ select 1;', [':\\x \\\\', 'select 1;']],
    ['\\echo a\\echo b', [':\\echo a', ':\\echo b']],
    ["\\echo 'a\nselect 1;", [":\\echo 'a", 'select 1;']],
    ["\\! it's \\ raw;\nselect 1;", [":\\! it's \\ raw;", 'select 1;']],
    ['select 1 \\gx', ['select 1 \\gx']],
    ['select 1\n\\g (format=csv) out\nselect 2;', ['select 1\n\\g (format=csv) out', 'select 2;']],
    ['select 1 \\p\n, 2;', ['select 1 \\p\n, 2;']],
    ['select 1 \\r\nselect 2;', ['select 1 \\r', 'select 2;']],
    ["select :v, :'v';", ["select :v, :'v';"]],
    ['select 1\\; select 2;', ['select 1\\; select 2;']],
    ['select (1 \\g\nselect 2;', ['select (1 \\g', 'select 2;']],
    ['select 1;\r\nselect 2;\r\n', ['select 1;', 'select 2;']],
    [';;', [';', ';']],
    ['select /* x', ['select /* x…']],
    ['sélect 😀;x', ['sélect 😀;', 'x…']],
  ])('%j', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  test('spans lie in order, within the text, and hold all that is not blank or comment', () => {
    const token = fc.constantFrom('select 1', ';', "'", '"', '$$', '--', '/*', '*/', '\n', '(', ')', '\\g\n', '\\dt', ' ', 'é', '\\;');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
        const text = tokens.join('');
        let end = 0;
        for (const span of splitInput(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          expect(text.slice(end, span.start)).toMatch(/^(?:\s|--[^\n]*)*$/);
          end = span.end;
        }
        expect(text.slice(end)).toMatch(/^(?:\s|--[^\n]*)*$/);
      }),
    );
  });
});

test.each<[string, boolean]>([
  ['', true],
  ['  \n', true],
  ['-- only a comment', true],
  ['select 1;', true],
  ['select 1; -- done', true],
  ['select 1', false],
  ['select 1; select 2', false],
  ["select ';", false],
  ['select (1;', false],
  ['/* open', false],
  ['\\dt', true],
  ['select 1 \\gx', true],
  ['select 1 \\p', false],
  ['create function f() begin atomic select 1;', false],
])('%j is complete: %s', (text, complete) => {
  expect(isCompleteInput(text)).toBe(complete);
});

describe('the statement at the cursor', () => {
  const text = 'select 1;  select 2;  \n\n\\dt\n\nselect 3';
  test.each<[number, string]>([
    [0, 'select 1;'],
    [9, 'select 1;'],
    [10, 'select 1;'],
    [11, 'select 2;'],
    [22, 'select 2;'],
    [23, '\\dt'],
    [25, '\\dt'],
    [28, 'select 3'],
    [37, 'select 3'],
  ])('at %i', (offset, expected) => {
    const span = spanAt(text, offset);
    expect(span && text.slice(span.start, span.end)).toBe(expected);
  });

  test('behind the last line it is the last', () => {
    expect(spanAt('select 1;\n\n', 11)).toMatchObject({ start: 0 });
    expect(spanAt('', 0)).toBeUndefined();
  });
});

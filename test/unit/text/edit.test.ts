import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as edit from '../../../src/text/edit.ts';
import { type Movement, move, selectAll } from '../../../src/text/move.ts';
import { cursorAt, fromText, offsetOf, selectedText, type TextValue, textOf } from '../../../src/text/text-value.ts';
import { redo, undo } from '../../../src/text/undo.ts';

type Step = (value: TextValue) => TextValue;

const family = '👨\u200d👩\u200d👧';

// Each key is one step; `"text"` pastes, other single letters are typed.
const keys: Readonly<Record<string, Step>> = {
  bs: edit.deleteBackward,
  del: edit.deleteForward,
  'alt-bs': edit.deleteWordBackward,
  'alt-d': edit.deleteWordForward,
  'ctrl-w': edit.killBlankWord,
  'ctrl-k': edit.killToLineEnd,
  'ctrl-u': edit.killToLineStart,
  'ctrl-y': edit.yank,
  'alt-y': edit.yankPop,
  undo,
  redo,
  all: selectAll,
  enter: (value) => edit.insert(value, '\n'),
  space: (value) => edit.insert(value, ' '),
};

const movements: Readonly<Record<string, Movement>> = {
  left: 'left',
  right: 'right',
  up: 'up',
  down: 'down',
  'word-left': 'wordLeft',
  'word-right': 'wordRight',
  home: 'lineStart',
  end: 'lineEnd',
  top: 'documentStart',
  bottom: 'documentEnd',
};

function press(value: TextValue, key: string): TextValue {
  if (key.startsWith('"')) return edit.insert(value, key.slice(1, -1));
  const isSelecting = key.startsWith('shift-');
  const movement = movements[isSelecting ? key.slice(6) : key];
  if (movement !== undefined) return move(value, movement, { select: isSelecting });
  return keys[key]?.(value) ?? edit.insert(value, key);
}

function parse(text: string): TextValue {
  return fromText(text.replace('‸', ''), text.indexOf('‸'));
}

function show(value: TextValue): string {
  const text = textOf(value);
  const offset = offsetOf(value);
  return `${text.slice(0, offset)}‸${text.slice(offset)}`;
}

const cases: readonly (readonly [before: string, keys: string, after: string])[] = [
  ['‸', 's e l', 'sel‸'],
  ['a‸b', 'enter', 'a\n‸b'],
  ['a\n‸b', 'bs', 'a‸b'],
  ['a‸\nb', 'del', 'a‸b'],
  ['‸', 'bs del', '‸'],
  [`x${family}‸`, 'bs', 'x‸'],
  [`‸${family}x`, 'del', '‸x'],
  [`‸${family}x`, 'right', `${family}‸x`],
  [`${family}‸x`, 'left', `‸${family}x`],
  ['e\u0301‸', 'left', '‸e\u0301'],
  ['e\u0301‸', 'bs', '‸'],
  ['🇩🇪🇫🇷‸', 'left', '🇩🇪‸🇫🇷'],
  ['🇩🇪🇫🇷‸', 'left left', '‸🇩🇪🇫🇷'],
  ['日本‸語', 'bs', '日‸語'],
  ['日本語\nab‸cdef', 'up', '日‸本語\nabcdef'],
  ['日本語\nabc‸def', 'up', '日‸本語\nabcdef'],
  ['日本語\nabc‸def', 'up down', '日本語\nabc‸def'],
  ['abcdef‸\nab\nabcdef', 'down down', 'abcdef\nab\nabcdef‸'],
  ['abcdef‸\nab\nabcdef', 'down left down', 'abcdef\nab\na‸bcdef'],
  ['\tx‸\nabcdefghij', 'down', '\tx\nabcdefghi‸j'],
  ['ab‸c\nd', 'up', '‸abc\nd'],
  ['abc\nd‸e', 'down', 'abc\nde‸'],
  ['ab‸\ncd', 'right', 'ab\n‸cd'],
  ['ab\n‸cd', 'left', 'ab‸\ncd'],
  ['‸select foo.bar', 'word-right', 'select‸ foo.bar'],
  ['select‸ foo.bar', 'word-right word-right', 'select foo.bar‸'],
  ['select foo.bar‸', 'word-left', 'select foo.‸bar'],
  ['select\n\n  ‸', 'word-left', '‸select\n\n  '],
  ['a‸\n\n  b c', 'word-right', 'a\n\n  b‸ c'],
  ['größe 日本‸', 'word-left word-left', '‸größe 日本'],
  ['a foo.bar ‸', 'ctrl-w', 'a ‸'],
  ['a foo.bar‸', 'alt-bs', 'a foo.‸'],
  ['‸foo bar', 'alt-d', '‸ bar'],
  ['ab‸cd\ne', 'ctrl-k', 'ab‸\ne'],
  ['ab‸cd\ne', 'ctrl-k ctrl-k', 'ab‸e'],
  ['ab‸cd\ne', 'ctrl-k ctrl-k ctrl-y', 'abcd\n‸e'],
  ['ab‸cd', 'ctrl-u', '‸cd'],
  ['a b c‸', 'ctrl-w ctrl-w ctrl-y', 'a b c‸'],
  ['a b‸', 'ctrl-w left ctrl-u end ctrl-y', ' a‸'],
  ['one‸', 'ctrl-u "x" ctrl-u ctrl-y alt-y', 'one‸'],
  ['ab‸cd', 'home', '‸abcd'],
  ['ab‸cd', 'end', 'abcd‸'],
  ['ab\nc‸d\nef', 'top', '‸ab\ncd\nef'],
  ['ab\nc‸d\nef', 'bottom', 'ab\ncd\nef‸'],
  ['‸abcd', 'shift-right shift-right x', 'x‸cd'],
  ['ab‸cd', 'shift-left shift-left bs', '‸cd'],
  ['ab‸cd', 'shift-right shift-right left', 'ab‸cd'],
  ['ab‸cd', 'shift-right shift-right right', 'abcd‸'],
  ['ab\ncd‸', 'all "x"', 'x‸'],
  ['‸', '"a\r\nb\rc"', 'a\nb\nc‸'],
  ['a‸z', '"1\n2\n3"', 'a1\n2\n3‸z'],
  // Undo takes back a word at a time, a paste as a whole, a run of erasing as a whole.
  ['‸', 'a b space c d undo', 'ab ‸'],
  ['‸', 'a b space c d undo undo', '‸'],
  ['‸', 'a b space c d undo undo redo', 'ab ‸'],
  ['‸', 'a b space c d undo undo redo redo redo', 'ab cd‸'],
  ['‸', 'a left b undo', '‸a'],
  ['‸', '"x y" "z" undo', 'x y‸'],
  ['abc‸', 'bs bs undo', 'abc‸'],
  ['ab cd‸', 'bs bs bs bs undo', 'ab ‸'],
  ['ab‸cd', 'shift-right x undo', 'abc‸d'],
  ['ab‸cd', 'ctrl-k undo', 'ab‸cd'],
  ['‸', 'a undo b redo', 'b‸'],
];

describe('editing', () => {
  test.each(cases)('%j then %s', (before, pressed, after) => {
    expect(show((pressed.match(/"[^"]*"|\S+/g) ?? []).reduce(press, parse(before)))).toBe(after);
  });

  test('undo gives the selection back', () => {
    const selected = move(move(fromText('abc', 0), 'right', { select: true }), 'right', { select: true });
    expect(selectedText(selected)).toBe('ab');
    expect(selectedText(undo(edit.insert(selected, 'x')))).toBe('ab');
  });

  test('pages move by as many lines as are shown', () => {
    const value = fromText('0\n1\n2\n3\n4\n5', 0);
    expect(move(value, 'pageDown', { pageLines: 4 }).cursor.line).toBe(4);
    expect(move(move(value, 'documentEnd'), 'pageUp', { pageLines: 2 }).cursor.line).toBe(3);
  });
});

const anyText = fc
  .array(fc.constantFrom('a', 'b', ' ', '\n', '日', family, 'e\u0301', '🇩🇪', '\t', '.'), { maxLength: 12 })
  .map((parts) => parts.join(''));
const anyKey = fc.oneof(
  fc.constantFrom(...Object.keys(keys), ...Object.keys(movements), 'shift-left', 'shift-up', 'shift-word-right', 'x'),
  anyText.map((text) => `"${text}"`),
);

test('whatever is pressed, the cursor stays on a grapheme boundary and undo leads back', () => {
  fc.assert(
    fc.property(anyText, fc.array(anyKey, { maxLength: 15 }), (text, pressed) => {
      const first = fromText(text);
      let value = first;
      for (const key of pressed) {
        value = press(value, key);
        expect(cursorAt(value, offsetOf(value))).toEqual(value.cursor);
      }
      const end = textOf(value);
      while (value.undone !== undefined) value = redo(value);
      while (value.done !== undefined) value = undo(value);
      expect(textOf(value)).toBe(text);
      while (value.undone !== undefined) value = redo(value);
      if (!pressed.includes('undo')) expect(textOf(value)).toBe(end);
    }),
  );
});

test('a word of millions of characters is deleted at once', () => {
  const begin = performance.now();
  expect(textOf(edit.killBlankWord(fromText(`${'x'.repeat(2_000_000)} y`)))).toHaveLength(2_000_001);
  expect(textOf(edit.killBlankWord(fromText('x'.repeat(2_000_000))))).toBe('');
  // Squared, it would be hours.
  expect(performance.now() - begin).toBeLessThan(20_000);
});

test('offsets and positions agree', () => {
  const value = fromText('ab\n\ncd');
  for (let offset = 0; offset <= 6; offset++) expect(offsetOf(value, cursorAt(value, offset))).toBe(offset);
  expect(cursorAt(fromText(family), 3)).toEqual({ line: 0, column: 0 });
});

test.each([
  ['many lines', 'select 1 from somewhere;\n'],
  ['one line', 'select 日本, '],
])('5 MB pasted as %s take no time that grows with their square', (_name, piece) => {
  const paste = piece.repeat(Math.ceil(5_000_000 / piece.length));
  const begin = performance.now();
  let value = edit.insert(fromText('ab', 1), paste);
  for (let typed = 0; typed < 5; typed++) value = edit.insert(value, 'x');
  value = undo(undo(edit.deleteBackward(value)));
  // Squared, it would be hours.
  expect(performance.now() - begin).toBeLessThan(20_000);
  expect(textOf(value).length).toBe(paste.length + 2);
});

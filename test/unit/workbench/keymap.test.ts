import { expect, test } from 'vitest';
import { type Context, commandOf, keyLabel, keymap, liveBindings } from '../../../src/workbench/keymap.ts';

test('no key means two things in one context', () => {
  const seen = new Set<string>();
  for (const { context, keys } of keymap) {
    for (const key of keys) {
      expect(seen, `${context} ${key}`).not.toContain(`${context} ${key}`);
      seen.add(`${context} ${key}`);
    }
  }
});

test.each<[Context[], string, string | undefined]>([
  [['console', 'editor', 'work', 'global'], 'enter', 'submit'],
  [['editor', 'work', 'global'], 'enter', 'new-line'],
  [['console', 'editor', 'work', 'global'], 'ctrl+c', 'cancel'],
  [['grid', 'result', 'work', 'global'], 'j', 'cell-down'],
  [['grid', 'result', 'work', 'global'], 'escape', 'focus-editor'],
  [['document', 'result', 'work', 'global'], 'j', 'scroll-down'],
  [['grid', 'result', 'work', 'global'], 'f5', undefined],
  // A question takes every key.
  [['choice'], 'ctrl+q', undefined],
  [['choice'], 'escape', 'decline'],
])('in %j %s is %s', (contexts, key, expected) => {
  expect(commandOf(contexts, key)).toBe(expected);
});

test('a key that a nearer context takes is not shown for a farther one', () => {
  const live = liveBindings(['console', 'editor', 'work', 'global']);
  const newLine = live.find((binding) => binding.command === 'new-line');
  expect(newLine?.keys).not.toContain('enter');
  expect(newLine?.keys).toContain('alt+enter');
});

test.each([
  ['ctrl+r', 'Ctrl-R', '^R'],
  ['ctrl+enter', 'Ctrl-Enter', 'Ctrl-Enter'],
  ['alt+1', 'Alt-1', 'Alt-1'],
  ['shift+f6', 'Shift-F6', 'Shift-F6'],
  ['f5', 'F5', 'F5'],
  ['g', 'g', 'g'],
  ['G', 'G', 'G'],
  ['escape', 'Esc', 'Esc'],
  ['ctrl+x ctrl+e', 'Ctrl-X Ctrl-E', '^X ^E'],
  [' ', 'Space', 'Space'],
])('%s is written %s, short %s', (key, long, short) => {
  expect(keyLabel(key)).toBe(long);
  expect(keyLabel(key, 'short')).toBe(short);
});

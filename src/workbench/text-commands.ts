import {
  deleteBackward,
  deleteForward,
  deleteWordBackward,
  deleteWordForward,
  insert,
  killBlankWord,
  killToLineEnd,
  killToLineStart,
  yank,
  yankPop,
} from '../text/edit.ts';
import { move } from '../text/move.ts';
import type { TextValue } from '../text/text-value.ts';
import { redo, undo } from '../text/undo.ts';
import type { Command } from './keymap.ts';

type Edit = (value: TextValue, pageLines: number) => TextValue;

/** Commands that only change a text: of the editor, and of fields. */
const edits: Partial<Record<Command, Edit>> = {
  left: (value) => move(value, 'left'),
  right: (value) => move(value, 'right'),
  up: (value) => move(value, 'up'),
  down: (value) => move(value, 'down'),
  'line-start': (value) => move(value, 'lineStart'),
  'line-end': (value) => move(value, 'lineEnd'),
  'word-left': (value) => move(value, 'wordLeft'),
  'word-right': (value) => move(value, 'wordRight'),
  'text-start': (value) => move(value, 'documentStart'),
  'text-end': (value) => move(value, 'documentEnd'),
  'page-up': (value, pageLines) => move(value, 'pageUp', { pageLines }),
  'page-down': (value, pageLines) => move(value, 'pageDown', { pageLines }),
  'select-left': (value) => move(value, 'left', { select: true }),
  'select-right': (value) => move(value, 'right', { select: true }),
  'select-up': (value) => move(value, 'up', { select: true }),
  'select-down': (value) => move(value, 'down', { select: true }),
  'select-line-start': (value) => move(value, 'lineStart', { select: true }),
  'select-line-end': (value) => move(value, 'lineEnd', { select: true }),
  erase: deleteBackward,
  'erase-forward': deleteForward,
  'erase-word': deleteWordBackward,
  'erase-word-forward': deleteWordForward,
  'kill-word': killBlankWord,
  'kill-line-start': killToLineStart,
  'kill-line-end': killToLineEnd,
  yank,
  'yank-older': yankPop,
  undo,
  redo,
  'new-line': (value) => insert(value, '\n'),
  indent: (value) => insert(value, '  '),
  'field-left': (value) => move(value, 'left'),
  'field-right': (value) => move(value, 'right'),
  'field-start': (value) => move(value, 'lineStart'),
  'field-end': (value) => move(value, 'lineEnd'),
  'field-erase': deleteBackward,
  'field-erase-forward': deleteForward,
  'field-kill-start': killToLineStart,
  'field-kill-end': killToLineEnd,
  'field-kill-word': killBlankWord,
};

/** The text after the command; undefined where the command is about something else. */
export function editText(value: TextValue, command: Command, pageLines = 10): TextValue | undefined {
  return edits[command]?.(value, pageLines);
}

/** Text into a field of one line: line ends become blanks. */
export function insertInLine(value: TextValue, text: string): TextValue {
  return insert(value, text.replace(/\n+$/, '').replaceAll('\n', ' '));
}

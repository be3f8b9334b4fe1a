import { blankWordStart, nextGrapheme } from './grapheme.ts';
import { after, before, wordAfter, wordBefore } from './move.ts';
import { comparePositions, endOf, lineAt, type Range, selectionOf, start, type TextValue, textIn } from './text-value.ts';
import { type ChangeKind, replaceRange } from './undo.ts';

const killsKept = 20;

/** Inserts in place of the selection. One typed character joins the word being typed as one undo step; a paste is a step of its own. */
export function insert(value: TextValue, text: string): TextValue {
  const kind: ChangeKind = text.length > 0 && text !== '\n' && nextGrapheme(text, 0) === text.length ? 'type' : 'step';
  return replaceRange(value, selectionOf(value) ?? here(value), text.replace(/\r\n?/g, '\n'), kind);
}

/** Backspace: the selection, or the grapheme before the cursor, or the line break. */
export function deleteBackward(value: TextValue): TextValue {
  return erase(value, { from: before(value, value.cursor), to: value.cursor }, 'erase');
}

/** Delete: the selection, or the grapheme after the cursor, or the line break. */
export function deleteForward(value: TextValue): TextValue {
  return erase(value, { from: value.cursor, to: after(value, value.cursor) }, 'step');
}

/** Alt-Backspace: the word before the cursor goes to the kill ring. */
export function deleteWordBackward(value: TextValue): TextValue {
  return kill(value, { from: wordBefore(value, value.cursor), to: value.cursor });
}

/** Alt-D: the word after the cursor goes to the kill ring. */
export function deleteWordForward(value: TextValue): TextValue {
  return kill(value, { from: value.cursor, to: wordAfter(value, value.cursor) });
}

/** Ctrl-W: the blank-separated word before the cursor, or the selection, goes to the kill ring. */
export function killBlankWord(value: TextValue): TextValue {
  const { line, column } = value.cursor;
  const from = column === 0 ? before(value, value.cursor) : { line, column: blankWordStart(lineAt(value, line), column) };
  return kill(value, selectionOf(value) ?? { from, to: value.cursor });
}

/** Ctrl-K: the rest of the line, or the line break at its end, goes to the kill ring. */
export function killToLineEnd(value: TextValue): TextValue {
  const { line, column } = value.cursor;
  const end = lineAt(value, line).length;
  return kill(value, { from: value.cursor, to: column < end ? { line, column: end } : after(value, value.cursor) });
}

/** Ctrl-U: the line up to the cursor, or the line break before it, goes to the kill ring. */
export function killToLineStart(value: TextValue): TextValue {
  const { line, column } = value.cursor;
  return kill(value, { from: column > 0 ? { line, column: 0 } : before(value, value.cursor), to: value.cursor });
}

/** Ctrl-Y: inserts what was killed last. */
export function yank(value: TextValue): TextValue {
  const [killed] = value.killRing;
  if (killed === undefined) return value;
  return { ...replaceRange(value, selectionOf(value) ?? here(value), killed), last: 'yank' };
}

/** Alt-Y directly after a yank: the yanked text gives way to the kill before it. */
export function yankPop(value: TextValue): TextValue {
  const [newest, ...older] = value.killRing;
  if (value.last !== 'yank' || newest === undefined || value.done === undefined) return value;
  const rotated = [...older, newest];
  const { at } = value.done.change;
  const replaced = replaceRange(value, { from: at, to: value.cursor }, rotated[0] ?? '');
  return { ...replaced, killRing: rotated, last: 'yank' };
}

/** Replaces the whole text as one step that can be undone; the cursor goes to its end. */
export function replaceAll(value: TextValue, text: string): TextValue {
  return replaceRange(value, { from: start, to: endOf(value) }, text);
}

function here(value: TextValue): Range {
  return { from: value.cursor, to: value.cursor };
}

function erase(value: TextValue, range: Range, kind: ChangeKind): TextValue {
  const selection = selectionOf(value);
  return selection === undefined ? replaceRange(value, range, '', kind) : replaceRange(value, selection, '');
}

/** Kills in a row add up to one entry, in text order, as readline's. */
function kill(value: TextValue, range: Range): TextValue {
  const killed = textIn(value, range);
  if (killed === '') return { ...value, anchor: undefined };
  const [newest = '', ...older] = value.killRing;
  const isForward = comparePositions(range.from, value.cursor) === 0;
  const ring =
    value.last === 'kill' ? [isForward ? newest + killed : killed + newest, ...older] : [killed, ...value.killRing].slice(0, killsKept);
  return { ...replaceRange(value, range, ''), killRing: ring, last: 'kill' };
}

import { type Change, comparePositions, lineAt, type Position, type Range, type TextValue, textIn } from './text-value.ts';

/** Typing and erasing join the step before them up to the next word; `step` never does. */
export type ChangeKind = 'type' | 'erase' | 'step';

/** Replaces a range by text and remembers how to take it back. The cursor goes behind the new text. */
export function replaceRange(value: TextValue, range: Range, inserted: string, kind: ChangeKind = 'step'): TextValue {
  const removed = textIn(value, range);
  if (removed === '' && inserted === '') return { ...value, anchor: undefined, goalColumn: undefined, last: undefined };
  const change: Change = { at: range.from, removed, inserted, cursor: value.cursor, anchor: value.anchor };
  const joined = value.done === undefined || value.last !== kind ? undefined : join(value.done.change, change, kind);
  return {
    ...value,
    lines: splice(value, range, inserted),
    cursor: behind(range.from, inserted),
    anchor: undefined,
    goalColumn: undefined,
    done: joined === undefined ? { change, earlier: value.done } : { change: joined, earlier: value.done?.earlier },
    undone: undefined,
    last: kind === 'step' ? undefined : kind,
  };
}

/** Takes the newest step back; the value itself where there is none. */
export function undo(value: TextValue): TextValue {
  if (value.done === undefined) return value;
  const { change, earlier } = value.done;
  return {
    ...value,
    lines: splice(value, { from: change.at, to: behind(change.at, change.inserted) }, change.removed),
    cursor: change.cursor,
    anchor: change.anchor,
    goalColumn: undefined,
    done: earlier,
    undone: { change, earlier: value.undone },
    last: undefined,
  };
}

/** Does again what was taken back last; the value itself where there is nothing. */
export function redo(value: TextValue): TextValue {
  if (value.undone === undefined) return value;
  const { change, earlier } = value.undone;
  return {
    ...value,
    lines: splice(value, { from: change.at, to: behind(change.at, change.removed) }, change.inserted),
    cursor: behind(change.at, change.inserted),
    anchor: undefined,
    goalColumn: undefined,
    done: { change, earlier: value.done },
    undone: earlier,
    last: undefined,
  };
}

/** The position behind a text that begins at `at`. */
function behind(at: Position, text: string): Position {
  const lastNewline = text.lastIndexOf('\n');
  if (lastNewline < 0) return { line: at.line, column: at.column + text.length };
  let newlines = 0;
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) newlines++;
  return { line: at.line + newlines, column: text.length - lastNewline - 1 };
}

function join(before: Change, change: Change, kind: ChangeKind): Change | undefined {
  if (kind === 'type') {
    const isContiguous = comparePositions(behind(before.at, before.inserted), change.at) === 0;
    const beginsWord = /\s$/.test(before.inserted) && /^\S/.test(change.inserted);
    if (!isContiguous || change.removed !== '' || beginsWord || /\n/.test(before.inserted + change.inserted)) return undefined;
    return { ...before, inserted: before.inserted + change.inserted };
  }
  if (change.inserted !== '' || /\n/.test(before.removed + change.removed)) return undefined;
  const endsWord = /^\s/.test(change.removed) && /^\S/.test(before.removed);
  const isBackward = comparePositions(behind(change.at, change.removed), before.at) === 0;
  if (!isBackward || endsWord || before.anchor !== undefined) return undefined;
  return { ...before, at: change.at, removed: change.removed + before.removed };
}

function splice(value: TextValue, { from, to }: Range, inserted: string): readonly string[] {
  const changed = (lineAt(value, from.line).slice(0, from.column) + inserted + lineAt(value, to.line).slice(to.column)).split('\n');
  if (from.line === to.line && changed.length === 1) return value.lines.with(from.line, changed[0] ?? '');
  return value.lines.slice(0, from.line).concat(changed, value.lines.slice(to.line + 1));
}

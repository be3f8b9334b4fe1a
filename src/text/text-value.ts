import { snapToGrapheme } from './grapheme.ts';

/** A place in a text value: both from 0, the column in UTF-16 units at a grapheme boundary. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a text editor holds. Immutable: every function of edit.ts, move.ts and undo.ts gives a new one. */
export interface TextValue {
  /** At least one line; no line holds a newline. */
  readonly lines: readonly string[];
  readonly cursor: Position;
  /** The other end of the selection; undefined where nothing is selected. */
  readonly anchor: Position | undefined;
  /** The display column that moves up and down keep to. */
  readonly goalColumn: number | undefined;
  /** Newest first. */
  readonly done: History | undefined;
  readonly undone: History | undefined;
  /** What Ctrl-K, Ctrl-U and Ctrl-W took, the newest first. */
  readonly killRing: readonly string[];
  /** What was done last, where the next step depends on it. */
  readonly last: 'type' | 'erase' | 'kill' | 'yank' | undefined;
}

/** One step that can be taken back: at `at` the text `removed` became `inserted`. */
export interface Change {
  readonly at: Position;
  readonly removed: string;
  readonly inserted: string;
  /** Where cursor and selection were before. */
  readonly cursor: Position;
  readonly anchor: Position | undefined;
}

export interface History {
  readonly change: Change;
  readonly earlier: History | undefined;
}

export interface Range {
  readonly from: Position;
  readonly to: Position;
}

export const start: Position = { line: 0, column: 0 };

export const emptyText: TextValue = {
  lines: [''],
  cursor: start,
  anchor: undefined,
  goalColumn: undefined,
  done: undefined,
  undone: undefined,
  killRing: [],
  last: undefined,
};

/** A value that holds this text, the cursor at its end (or at the given offset), nothing to undo. */
export function fromText(text: string, offset = text.length): TextValue {
  const value = { ...emptyText, lines: text.split('\n') };
  return { ...value, cursor: cursorAt(value, offset) };
}

/** The whole text; `textOf(fromText(text)) === text`. */
export function textOf(value: TextValue): string {
  return value.lines.join('\n');
}

export function lineAt(value: TextValue, line: number): string {
  return value.lines[line] ?? '';
}

export function endOf(value: TextValue): Position {
  const line = value.lines.length - 1;
  return { line, column: lineAt(value, line).length };
}

/** The offset of a position in the whole text, in UTF-16 units. */
export function offsetOf(value: TextValue, position: Position = value.cursor): number {
  let offset = position.column;
  for (let line = 0; line < position.line; line++) offset += lineAt(value, line).length + 1;
  return offset;
}

/** The position of an offset, moved back to a grapheme boundary and into the text. */
export function cursorAt(value: TextValue, offset: number): Position {
  let rest = Math.max(0, offset);
  for (const [line, text] of value.lines.entries()) {
    if (rest <= text.length) return { line, column: snapToGrapheme(text, rest) };
    rest -= text.length + 1;
  }
  return endOf(value);
}

/** The position nearest to the given one that exists in the text. */
export function clampPosition(value: TextValue, { line, column }: Position): Position {
  if (line < 0) return start;
  if (line >= value.lines.length) return endOf(value);
  return { line, column: snapToGrapheme(lineAt(value, line), column) };
}

export function comparePositions(one: Position, other: Position): number {
  return one.line - other.line || one.column - other.column;
}

/** What is selected, in text order; undefined where nothing is. */
export function selectionOf(value: TextValue): Range | undefined {
  const { anchor, cursor } = value;
  if (anchor === undefined) return undefined;
  const order = comparePositions(anchor, cursor);
  if (order === 0) return undefined;
  return order < 0 ? { from: anchor, to: cursor } : { from: cursor, to: anchor };
}

/** The text between two positions. */
export function textIn(value: TextValue, { from, to }: Range): string {
  if (from.line === to.line) return lineAt(value, from.line).slice(from.column, to.column);
  return [
    lineAt(value, from.line).slice(from.column),
    ...value.lines.slice(from.line + 1, to.line),
    lineAt(value, to.line).slice(0, to.column),
  ].join('\n');
}

export function selectedText(value: TextValue): string {
  const selection = selectionOf(value);
  return selection === undefined ? '' : textIn(value, selection);
}

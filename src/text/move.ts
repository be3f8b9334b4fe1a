import { graphemes, nextGrapheme, previousGrapheme, wordEnd, wordStart } from './grapheme.ts';
import { clampPosition, endOf, lineAt, type Position, selectionOf, start, type TextValue } from './text-value.ts';
import { expandTabs } from './visible.ts';
import { displayWidth } from './width.ts';

export type Movement =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'wordLeft'
  | 'wordRight'
  | 'lineStart'
  | 'lineEnd'
  | 'pageUp'
  | 'pageDown'
  | 'documentStart'
  | 'documentEnd';

export interface MoveOptions {
  /** Extends the selection instead of dropping it. */
  readonly select?: boolean;
  /** Lines of a page, for pageUp and pageDown. */
  readonly pageLines?: number;
}

/** Moves the cursor. Up and down keep to the display column they began at; left and right leave a selection at its end. */
export function move(value: TextValue, movement: Movement, { select = false, pageLines = 10 }: MoveOptions = {}): TextValue {
  const selection = selectionOf(value);
  const isSideways = movement === 'left' || movement === 'right';
  const anchor = select ? (value.anchor ?? value.cursor) : undefined;
  if (!select && selection !== undefined && isSideways) {
    return placed(value, movement === 'left' ? selection.from : selection.to, anchor, undefined);
  }
  const lines = verticalLines(movement, pageLines);
  if (lines === 0) return placed(value, target(value, movement), anchor, undefined);
  const goalColumn = value.goalColumn ?? displayColumn(value, value.cursor);
  return placed(value, vertical(value, lines, goalColumn), anchor, goalColumn);
}

/** Puts the cursor at a position (of a mouse click, of an error), extending the selection where asked to. */
export function moveTo(value: TextValue, position: Position, { select = false }: MoveOptions = {}): TextValue {
  return placed(value, clampPosition(value, position), select ? (value.anchor ?? value.cursor) : undefined, undefined);
}

/** Selects everything, the cursor at the end. */
export function selectAll(value: TextValue): TextValue {
  return placed(value, endOf(value), start, undefined);
}

/** The display column of a position, tabs expanded and hidden characters marked as the editor draws them. */
export function displayColumn(value: TextValue, { line, column }: Position): number {
  return displayWidth(expandTabs(lineAt(value, line).slice(0, column)));
}

/** The column (UTF-16 units) of a line at a display column, the nearest before it where that is inside a wide character. */
function columnAtDisplay(line: string, goal: number): number {
  if (/^[ -~]*$/.test(line)) return Math.min(goal, line.length);
  let column = 0;
  let width = 0;
  for (const grapheme of graphemes(line)) {
    width += grapheme === '\t' ? 8 - (width % 8) : displayWidth(expandTabs(grapheme));
    if (width > goal) break;
    column += grapheme.length;
  }
  return column;
}

/** The position one grapheme or line break before. */
export function before(value: TextValue, { line, column }: Position): Position {
  if (column > 0) return { line, column: previousGrapheme(lineAt(value, line), column) };
  return line > 0 ? { line: line - 1, column: lineAt(value, line - 1).length } : start;
}

/** The position one grapheme or line break after. */
export function after(value: TextValue, { line, column }: Position): Position {
  const text = lineAt(value, line);
  if (column < text.length) return { line, column: nextGrapheme(text, column) };
  return line + 1 < value.lines.length ? { line: line + 1, column: 0 } : { line, column };
}

/** The begin of the word before; lines without a word before the cursor are passed. */
export function wordBefore(value: TextValue, { line, column }: Position): Position {
  let from = wordStart(lineAt(value, line), column);
  let until = column;
  let at = line;
  while (at > 0 && !hasWord(lineAt(value, at), from, until)) {
    at--;
    until = lineAt(value, at).length;
    from = wordStart(lineAt(value, at), until);
  }
  return { line: at, column: from };
}

/** The end of the word after; lines without a word after the cursor are passed. */
export function wordAfter(value: TextValue, { line, column }: Position): Position {
  let from = column;
  let until = wordEnd(lineAt(value, line), column);
  let at = line;
  while (at + 1 < value.lines.length && !hasWord(lineAt(value, at), from, until)) {
    at++;
    from = 0;
    until = wordEnd(lineAt(value, at), 0);
  }
  return { line: at, column: until };
}

function hasWord(line: string, from: number, until: number): boolean {
  return /[\p{L}\p{N}]/u.test(line.slice(from, until));
}

function verticalLines(movement: Movement, pageLines: number): number {
  if (movement === 'up') return -1;
  if (movement === 'down') return 1;
  if (movement === 'pageUp') return -pageLines;
  return movement === 'pageDown' ? pageLines : 0;
}

/** Past the first line the begin of the text, past the last its end. */
function vertical(value: TextValue, lines: number, goalColumn: number): Position {
  const last = value.lines.length - 1;
  const { line } = value.cursor;
  if (line === 0 && lines < 0) return start;
  if (line === last && lines > 0) return endOf(value);
  const next = Math.min(last, Math.max(0, line + lines));
  return { line: next, column: columnAtDisplay(lineAt(value, next), goalColumn) };
}

function target(value: TextValue, movement: Movement): Position {
  const { cursor } = value;
  switch (movement) {
    case 'left':
      return before(value, cursor);
    case 'right':
      return after(value, cursor);
    case 'wordLeft':
      return wordBefore(value, cursor);
    case 'wordRight':
      return wordAfter(value, cursor);
    case 'lineStart':
      return { line: cursor.line, column: 0 };
    case 'lineEnd':
      return { line: cursor.line, column: lineAt(value, cursor.line).length };
    case 'documentStart':
      return start;
    case 'documentEnd':
      return endOf(value);
    case 'up':
    case 'down':
    case 'pageUp':
    case 'pageDown':
      return cursor;
  }
}

function placed(value: TextValue, cursor: Position, anchor: Position | undefined, goalColumn: number | undefined): TextValue {
  return { ...value, cursor, anchor, goalColumn, last: undefined };
}

import { highlightLine, initialHighlight } from '../sql/highlight.ts';
import { isCompleteInput, spanAt } from '../sql/split.ts';
import { insert, replaceAll } from '../text/edit.ts';
import { moveTo } from '../text/move.ts';
import { cursorAt, fromText, offsetOf, selectedText, selectionOf, type TextValue, textOf } from '../text/text-value.ts';
import {
  activeBuffer,
  type Buffer,
  changeActive,
  changeBuffer,
  consoleId,
  type ErrorMark,
  scrolledTo,
  walkHistory,
  withValue,
} from './buffers.ts';
import type { Command } from './keymap.ts';
import { layoutOf } from './layout.ts';
import { clearStrip } from './log.ts';
import type { Model } from './model.ts';
import { historyPanel } from './panel.ts';
import { askToQuit } from './quit.ts';
import { updateResult } from './result-update.ts';
import { type Step, step } from './step.ts';
import type { Submission } from './submission.ts';
import { editText } from './text-commands.ts';

/** Text typed or pasted into the focused buffer. A paste only inserts. */
export function typeText(model: Model, text: string): Step {
  return step(changeText(model, (value) => insert(value, text)));
}

/** Commands of the editor and of the console. */
export function updateEditor(model: Model, command: Command): Step {
  const buffer = activeBuffer(model.buffers);
  switch (command) {
    case 'submit':
      return submit(model, buffer);
    case 'run-statement':
      return runStatement(model, buffer);
    case 'focus-result':
      return step({ ...model, focus: 'result' });
    case 'history-search':
      return step({ ...model, panel: historyPanel });
    case 'history-older':
      return step(walk(model, 1));
    case 'edit-externally':
      return step(model, { type: 'edit-externally', buffer });
    case 'new-buffer':
      return step(model, { type: 'new-script' });
    case 'save-script':
      return step(model, { type: 'save-script', buffer });
    case 'close-buffer':
      return buffer.kind === 'script' ? step(model, { type: 'close-script', buffer }) : step(model);
    case 'clear-or-quit':
      return textOf(buffer.value) === '' ? askToQuit(model) : edit(model, 'erase-forward');
    case 'up':
      return isOnEdge(buffer, 'first') ? step(walk(model, 1)) : edit(model, command);
    case 'down':
      return isOnEdge(buffer, 'last') ? step(walk(model, -1)) : edit(model, command);
    case 'page-up':
    case 'page-down':
      return fits(model, buffer) ? pageResult(model, command) : edit(model, command);
    default:
      return edit(model, command);
  }
}

/** Ctrl-C with nothing running: the console's input goes (undo brings it back); a script is never emptied so. */
export function clearInput(model: Model): Step {
  const buffer = activeBuffer(model.buffers);
  if (buffer.kind === 'script' || textOf(buffer.value) === '') return step(model);
  return step(changeText(model, (value) => replaceAll(value, '')));
}

/** Changes the text of the focused buffer and keeps the cursor in view. */
export function changeText(model: Model, change: (value: TextValue) => TextValue): Model {
  const changed = { ...model, buffers: changeActive(model.buffers, (buffer) => withValue(buffer, change(buffer.value))) };
  return keepCursorInView(changed);
}

export function keepCursorInView(model: Model): Model {
  const { editor } = layoutOf(model);
  return { ...model, buffers: changeActive(model.buffers, (buffer) => scrolledTo(buffer, editor)) };
}

/** What a run left behind. */
export interface Outcome {
  readonly failed: boolean;
  /** Where in the submitted text the server points, in UTF-16 units. */
  readonly errorAt: number | undefined;
  /** What stands in psql's query buffer and was not sent: the text that \\e brought back. */
  readonly left: string;
}

/** The engine is done with a submission: the console empties on success; a failure keeps the text, the caret at the server's position. */
export function takeOutcome(model: Model, submission: Submission, { failed, errorAt, left }: Outcome): Model {
  const change = (buffer: Buffer): Buffer => {
    if (left !== '' && submission.mode === 'input') return withSubmissionBack(buffer, left);
    if (!failed) return buffer;
    const restored = submission.mode === 'input' ? withSubmissionBack(buffer, submission.text) : buffer;
    if (errorAt === undefined) return restored;
    const position = cursorAt(restored.value, submission.base + errorAt);
    const line = restored.value.lines[position.line] ?? '';
    const token = /^(?:[\p{L}\p{N}_$."]+|\S)/u.exec(line.slice(position.column))?.[0] ?? ' ';
    const errorMark: ErrorMark = { line: position.line, from: position.column, to: position.column + token.length };
    return { ...restored, value: moveTo(restored.value, position), errorMark };
  };
  return keepCursorInView({ ...model, buffers: changeBuffer(model.buffers, submission.bufferId, change) });
}

/** What was typed while it ran comes after it. */
function withSubmissionBack(buffer: Buffer, text: string): Buffer {
  const typed = textOf(buffer.value);
  return { ...buffer, value: fromText(typed === '' ? text : `${text}\n${typed}`, text.length), walk: undefined };
}

function edit(model: Model, command: Command): Step {
  return step(changeText(model, (value) => editText(value, command, layoutOf(model).editor) ?? value));
}

/** Enter in the console: runs at the end of a complete input, elsewhere it is a new line. */
function submit(model: Model, buffer: Buffer): Step {
  const text = textOf(buffer.value);
  const word = text.trim().toLowerCase();
  if (word === '') return step(model);
  // psql's interactive words, understood on an empty query buffer.
  if (word === 'quit' || word === 'exit') return askToQuit(setText(model, consoleId, ''));
  if (word === 'help')
    return step({ ...setText(model, consoleId, ''), panel: { type: 'help', contexts: ['console', 'editor', 'work', 'global'], top: 0 } });
  const isAtEnd = text.slice(offsetOf(buffer.value)).trim() === '';
  if (!isAtEnd || !(isCompleteInput(text) || endsInCommand(text))) return edit(model, 'new-line');
  const submission: Submission = { bufferId: buffer.id, mode: 'input', text, base: 0 };
  return start(setText(model, buffer.id, ''), submission);
}

/** psql obeys a meta-command at the end of its line, whatever stands before it: `select 1 \\e`. */
function endsInCommand(text: string): boolean {
  let state = initialHighlight;
  let isCommand = false;
  for (const line of text.trimEnd().split('\n')) {
    const { spans, state: next } = highlightLine(line, state);
    isCommand = spans.some((span) => span.kind === 'command');
    state = next;
  }
  return isCommand;
}

function runStatement(model: Model, buffer: Buffer): Step {
  const submission = statementAtCursor(buffer);
  return submission === undefined ? step(model) : start(model, submission);
}

/** The statement at the cursor, or the selection; undefined where nothing stands there. */
export function statementAtCursor(buffer: Buffer): Submission | undefined {
  const selection = selectionOf(buffer.value);
  const text = textOf(buffer.value);
  const span = selection === undefined ? spanAt(text, offsetOf(buffer.value)) : undefined;
  const base = selection === undefined ? (span?.start ?? 0) : offsetOf(buffer.value, selection.from);
  const chosen = selection === undefined ? text.slice(span?.start ?? 0, span?.end ?? 0) : selectedText(buffer.value);
  return chosen.trim() === '' ? undefined : { bufferId: buffer.id, mode: 'statement', text: chosen, base };
}

/** Runs now, or after what runs. */
function start(model: Model, submission: Submission): Step {
  if (model.connection.phase === 'lost') return step(giveBack(model, submission), { type: 'ask-fence' });
  if (model.rehearsal !== undefined) return step(giveBack(model, submission));
  if (model.running !== undefined || model.connection.phase !== 'open') return step({ ...model, queue: [...model.queue, submission] });
  return begin(model, submission);
}

/** The submission goes to the engine. */
export function begin(model: Model, submission: Submission): Step {
  const running = { since: model.now, isCancelling: false, submission };
  return step({ ...model, running, log: clearStrip(model.log) }, { type: 'run', submission });
}

/** What waited behind a failure is not run: the console's text comes back. */
export function giveBack(model: Model, submission: Submission): Model {
  if (submission.mode === 'statement') return model;
  const buffers = changeBuffer(model.buffers, submission.bufferId, (buffer) => withSubmissionBack(buffer, submission.text));
  return { ...model, buffers };
}

function setText(model: Model, id: string, text: string): Model {
  const change = (buffer: Buffer): Buffer => ({
    ...buffer,
    value: text === '' ? replaceAll(buffer.value, '') : fromText(text),
    errorMark: undefined,
    walk: undefined,
    top: 0,
  });
  return { ...model, buffers: changeBuffer(model.buffers, id, change) };
}

function isOnEdge(buffer: Buffer, edge: 'first' | 'last'): boolean {
  if (buffer.kind !== 'console' || selectionOf(buffer.value) !== undefined) return false;
  return buffer.value.cursor.line === (edge === 'first' ? 0 : buffer.value.lines.length - 1);
}

function walk(model: Model, direction: 1 | -1): Model {
  const buffer = activeBuffer(model.buffers);
  if (buffer.kind !== 'console') return model;
  return keepCursorInView({ ...model, buffers: changeActive(model.buffers, (shown) => walkHistory(shown, model.history, direction)) });
}

/** A text that is wholly on the screen has no pages: the result has. */
function fits(model: Model, buffer: Buffer): boolean {
  return buffer.value.lines.length <= layoutOf(model).editor;
}

function pageResult(model: Model, command: 'page-up' | 'page-down'): Step {
  const isDown = command === 'page-down';
  const paged = updateResult(model, isDown ? 'page-rows-down' : 'page-rows-up');
  return paged.model === model ? updateResult(model, isDown ? 'scroll-page-down' : 'scroll-page-up') : paged;
}

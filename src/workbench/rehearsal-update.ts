import type { TransactionAction } from '../engine/transaction/action-sql.ts';
import { sqlFor } from '../engine/transaction/action-sql.ts';
import { activeBuffer, consoleId, withoutRun } from './buffers.ts';
import { begin, statementAtCursor } from './editor-update.ts';
import { movePage, placeCursor, withCursorInView } from './grid-geometry.ts';
import type { Command } from './keymap.ts';
import { shownPanel } from './layout.ts';
import { passOver, say } from './log.ts';
import type { Model } from './model.ts';
import type { DdlReportPanel } from './panel.ts';
import { type OpenRehearsal, type RehearsalEnding, storeOf, withColumns } from './rehearsal.ts';
import { rehearsalRoom } from './rehearsal-lines.ts';
import type { RowsContent } from './results.ts';
import { type Step, step } from './step.ts';
import type { Submission } from './submission.ts';

/** The buffer that what ends a rehearsal comes from. */
const endingId = 'rehearsal';

/** Alt-T, and d in the drawer: runs the statement at the cursor dry. */
export function rehearse(before: Model): Step {
  const model = withoutFocusedPanel(before);
  const submission = statementAtCursor(activeBuffer(model.buffers));
  if (submission === undefined) return step(noted(model, 'There is no statement at the cursor to rehearse.'));
  return rehearseSubmission(model, submission);
}

/** A command on tables is run dry after its report was looked at. */
export function rehearseReported(model: Model, { submission, canRun }: DdlReportPanel): Step {
  return canRun ? rehearseSubmission({ ...model, panel: undefined }, submission, true) : step(model);
}

/** Runs it dry, unless something stands in the way. */
export function rehearseSubmission(model: Model, submission: Submission, isReported = false): Step {
  if (model.connection.phase === 'lost') return step(model, { type: 'ask-fence' });
  if (model.rehearsal !== undefined) return step(answerFirst(model, model.rehearsal));
  if (model.running !== undefined) return step(noted(model, 'A statement is running: rehearse when it is over.'));
  if (model.connection.phase !== 'open') return step(noted(model, 'There is no session to rehearse on.'));
  const begun = begin(model, submission);
  return { model: begun.model, effects: [{ type: 'rehearse', submission, isReported }] };
}

/** It is in front now; what had the keys is closed, for its keys might run something. */
export function showRehearsal(model: Model, rehearsal: OpenRehearsal): Model {
  const limits = rehearsal.rehearsed.limits.map(({ text }) => text);
  return { ...withoutFocusedPanel(model), screen: 'work', rehearsal, log: passOver(model.log, limits) };
}

/** A drawer that stands beside the result stays. */
function withoutFocusedPanel(model: Model): Model {
  if (model.panel?.type !== 'transaction') return { ...model, panel: undefined };
  const left: Model = { ...model, panel: { ...model.panel, isFocused: false } };
  return { ...left, panel: shownPanel(left) };
}

/** Keys of an open rehearsal. None does anything while the answer is carried out. */
export function updateRehearsal(model: Model, rehearsal: OpenRehearsal, command: Command): Step {
  if (rehearsal.ending !== undefined || model.running !== undefined) return step(model);
  const quiet = { ...rehearsal, note: '', isTypedInto: false };
  switch (command) {
    case 'rehearsal-commit':
      if (rehearsal.isTypedInto) return step(withRehearsal(model, { ...quiet, note: typedIntoNote(rehearsal) }));
      return wantsWord(model, rehearsal) ? step(withRehearsal(model, quiet), { type: 'ask-rehearsal' }) : end(model, quiet, 'commit');
    case 'rehearsal-back':
      return end(model, quiet, 'roll-back');
    case 'rehearsal-keep':
      return keep(model, quiet);
    case 'rehearsal-columns':
      return step(withRehearsal(model, withColumns(quiet, !rehearsal.showsAll)));
    default:
      return step(withRehearsal(model, { ...quiet, grid: quiet.grid && moved(model, quiet, quiet.grid, command) }));
  }
}

/** A character that is no key here: whoever types a statement would end it by Enter, which commits. */
export function typedInto(model: Model, rehearsal: OpenRehearsal): Step {
  if (rehearsal.ending !== undefined) return step(model);
  return step(withRehearsal(model, { ...rehearsal, note: typedIntoNote(rehearsal), isTypedInto: true }));
}

function typedIntoNote({ rehearsed }: OpenRehearsal): string {
  const keeps = rehearsed.savepoint === undefined ? 'commits it' : 'keeps it in the transaction';
  return `A rehearsal is open, and takes no text: Esc rolls it back, Enter alone ${keeps}.`;
}

/** On production a commit is asked for once more; a savepoint's release changes nothing for anybody else. */
function wantsWord({ connection }: Model, { rehearsed }: OpenRehearsal): boolean {
  return connection.phase === 'open' && connection.facts.environment === 'production' && rehearsed.savepoint === undefined;
}

/** The question's answer: only where it is still open. */
export function answerRehearsal(model: Model): Step {
  const { rehearsal } = model;
  return rehearsal === undefined || rehearsal.ending !== undefined ? step(model) : end(model, rehearsal, 'commit');
}

/** Esc, Ctrl-C: the safe way out. */
export function rollBackRehearsal(model: Model): Step {
  const { rehearsal } = model;
  return rehearsal === undefined || rehearsal.ending !== undefined ? step(model) : end(model, rehearsal, 'roll-back');
}

/** Nobody has answered in time. */
export function expireRehearsal(model: Model): Step {
  const { rehearsal, now, running } = model;
  if (rehearsal === undefined || rehearsal.ending !== undefined || running !== undefined || now < rehearsal.deadline) return step(model);
  return end({ ...model, questions: model.questions.filter(({ id }) => id !== rehearsalQuestionId) }, rehearsal, 'time-out');
}

export const rehearsalQuestionId = 'rehearsal';

function end(model: Model, rehearsal: OpenRehearsal, ending: RehearsalEnding): Step {
  const text = endingSql(rehearsal, ending);
  const ended = withRehearsal(model, { ...rehearsal, ending });
  return begin(ended, { bufferId: endingId, mode: 'statement', text, base: 0 });
}

/** What an answer sends. */
function endingSql({ rehearsed }: OpenRehearsal, ending: RehearsalEnding): string {
  const { savepoint: name } = rehearsed;
  const actions: readonly TransactionAction[] =
    name === undefined
      ? [{ kind: ending === 'commit' ? 'commit' : 'rollback' }]
      : ending === 'commit'
        ? [{ kind: 'release', name }]
        : [
            { kind: 'rollback-to', name },
            { kind: 'release', name },
          ];
  return actions.map((action) => `${sqlFor(action)};`).join(' ');
}

/** It goes on as the user's own transaction, its savepoint with it. */
function keep(model: Model, rehearsal: OpenRehearsal): Step {
  const text =
    rehearsal.rehearsed.savepoint === undefined
      ? 'Kept: the transaction is open, F4 shows it.'
      : 'Kept, with a savepoint before it: u in F4 undoes it.';
  return leave(emptied(noted(model, text), rehearsal.submission));
}

/** An answer has been carried out, or failed. */
export function afterEnding(model: Model, rehearsal: OpenRehearsal, failed: boolean): Step {
  const { ending, seconds } = rehearsal;
  if (ending === 'commit') return leave(failed ? model : emptied(model, rehearsal.submission));
  const text =
    ending === 'time-out'
      ? `Rolled back by itself after ${Math.round(seconds)} s: nothing was changed.`
      : 'Rolled back: nothing was changed.';
  return leave(failed ? model : noted(model, text, ending === 'time-out' ? 'warning' : 'info'));
}

/** The rehearsal is gone from the screen, its rows with it. */
export function leave(model: Model): Step {
  const store = storeOf(model.rehearsal);
  return step({ ...model, rehearsal: undefined }, ...(store === undefined ? [] : [{ type: 'close-store' as const, store }]));
}

function emptied(model: Model, { bufferId, text }: Submission): Model {
  return bufferId === consoleId ? { ...model, buffers: withoutRun(model.buffers, text) } : model;
}

function moved(model: Model, rehearsal: OpenRehearsal, grid: RowsContent, command: Command): RowsContent {
  const room = rehearsalRoom(model, rehearsal);
  const { row, column } = grid.cursor;
  const lastColumn = grid.columns.length - 1;
  const to = (nextRow: number, nextColumn: number) => placeCursor(grid, { row: nextRow, column: nextColumn }, room);
  switch (command) {
    case 'cell-up':
      if (!grid.isExpanded) return to(row - 1, column);
      return column > 0 ? to(row, column - 1) : row > 0 ? to(row - 1, lastColumn) : grid;
    case 'cell-down':
      return grid.isExpanded && column < lastColumn
        ? to(row, column + 1)
        : row + 1 < grid.rowCount
          ? to(row + 1, grid.isExpanded ? 0 : column)
          : grid;
    case 'cell-left':
      return to(row, column - 1);
    case 'cell-right':
      return to(row, column + 1);
    case 'page-rows-up':
      return movePage(grid, -1, room);
    case 'page-rows-down':
      return movePage(grid, 1, room);
    case 'first-row':
      return to(0, column);
    case 'last-row':
      return to(grid.rowCount - 1, column);
    case 'toggle-expanded': {
      const changed = { ...grid, isExpanded: !grid.isExpanded, top: 0, left: 0 };
      return withCursorInView(changed, rehearsalRoom(model, { ...rehearsal, grid: changed }));
    }
    default:
      return grid;
  }
}

/** Locks are held: nothing that would leave them alone. */
export function answerFirst(model: Model, rehearsal: OpenRehearsal): Model {
  return withRehearsal(model, { ...rehearsal, note: 'A rehearsal is open and holds locks: Esc rolls it back.' });
}

function withRehearsal(model: Model, rehearsal: OpenRehearsal): Model {
  return { ...model, rehearsal };
}

function noted(model: Model, text: string, severity: 'info' | 'warning' = 'info'): Model {
  return { ...model, log: say(model.log, { at: model.now, severity, text }) };
}

import { transactionQueries } from '../engine/show-transaction.ts';
import { sqlFor, type TransactionAction } from '../engine/transaction/action-sql.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import { lastStatementTarget, type UndoTarget, undoTargets, whatRollbackToWouldUndo } from '../engine/transaction/undo-targets.ts';
import { shownEntries } from './drawer-timeline.ts';
import { begin } from './editor-update.ts';
import type { Command } from './keymap.ts';
import { layoutOf, shownPanel } from './layout.ts';
import type { Model } from './model.ts';
import type { DrawerPanel } from './panel.ts';
import { pipelineRefusal } from './pipeline.ts';
import { groupDigits } from './result-rule.ts';
import { openScenes } from './scene-update.ts';
import { type Step, step } from './step.ts';

/** F4: opens the drawer, or goes to the one that stands beside the result. */
export function openDrawer(model: Model): Step {
  const panel: DrawerPanel = {
    type: 'transaction',
    sql: transactionQueries,
    isFocused: true,
    marked: undefined,
    scrolled: 0,
    undoing: undefined,
    note: '',
  };
  const shown = model.panel?.type === 'transaction' ? { ...model.panel, isFocused: true } : panel;
  return step({ ...model, panel: shown }, ...(model.running === undefined ? [{ type: 'follow-transaction' as const }] : []));
}

/** The savepoint the arrows have marked; without one the newest. */
export function markedTarget(record: TransactionRecord | undefined, marked: number | undefined): UndoTarget | undefined {
  const targets = record === undefined ? [] : undoTargets(record);
  return targets.find(({ id }) => id === marked) ?? targets[0];
}

/** Runs the SQL of a drawer's key as if it had been typed. */
export function runAction(model: Model, action: TransactionAction): Step {
  return runText(model, `${sqlFor(action)};`);
}

/** Keys of the drawer. Nothing is sent while something runs. */
export function updateDrawer(model: Model, before: DrawerPanel, command: Command): Step {
  const { undoing } = before;
  const panel: DrawerPanel = { ...before, undoing: undefined, note: '' };
  const quiet: Model = { ...model, panel };
  if (command === 'drawer-leave') {
    const left: Model = { ...model, panel: { ...panel, isFocused: false }, focus: 'editor' };
    return step({ ...left, panel: shownPanel(left) });
  }
  if (command === 'drawer-keep') return step(quiet);
  if (command === 'drawer-scenes') return openScenes(model);
  if (command === 'drawer-look') return step(quiet, { type: 'look-at-locks' });
  if (command === 'drawer-page-up' || command === 'drawer-page-down') return step(scrolled(quiet, panel, command));
  if (command === 'drawer-up' || command === 'drawer-down') return step(moveMark(quiet, panel, command === 'drawer-up' ? 1 : -1));
  const refusal = refusalOf(model, command);
  if (refusal !== undefined) return step(noted(quiet, panel, refusal));
  if (undoing !== undefined && (command === 'drawer-do' || command === undoing.command)) return runAction(quiet, undoing.action);
  return act(quiet, panel, command);
}

function act(model: Model, panel: DrawerPanel, command: Command): Step {
  const { transaction: record } = model;
  const target = markedTarget(record, panel.marked);
  switch (command) {
    case 'drawer-begin':
      return step(model, { type: 'ask-transaction', what: 'begin' });
    case 'drawer-savepoint':
      return step(model, { type: 'ask-transaction', what: 'savepoint' });
    case 'drawer-prepare':
      return step(model, { type: 'ask-transaction', what: 'prepare' });
    case 'drawer-commit':
      return runAction(model, { kind: 'commit' });
    case 'drawer-rollback':
      return propose(model, panel, command, undefined);
    case 'drawer-back':
      return target === undefined ? step(noted(model, panel, noSavepoint(record))) : propose(model, panel, command, target);
    case 'drawer-undo': {
      const last = record && lastStatementTarget(record);
      if (last !== undefined) return runAction(model, backTo(last));
      return step(noted(model, panel, 'No automatic savepoint stands before the last statement; a turns them on for the next ones.'));
    }
    case 'drawer-release':
      return release(model, panel, target);
    case 'drawer-automatic':
      return runText(model, `\\set HOWDAH_SAVEPOINTS ${nextSetting[model.automatic]}`);
    default:
      return step(model);
  }
}

function noSavepoint(record: TransactionRecord | undefined): string {
  const isDoubted = record?.transaction?.unknownSince !== undefined;
  return `${isDoubted ? 'No savepoint is certain any more' : 'There is no savepoint to go back to'}; r rolls everything back.`;
}

const nextSetting = { off: 'last', last: 'every', every: 'off' } as const;

/** Why a key can do nothing now. */
function refusalOf({ running, connection, transaction }: Model, command: Command): string | undefined {
  if (running !== undefined) return 'A statement is running; Ctrl-C cancels it.';
  if (connection.phase !== 'open') return 'There is no session.';
  if (command === 'drawer-automatic') return undefined;
  if (connection.pipeline !== undefined) return pipelineRefusal;
  const isOpen = connection.status !== 'idle';
  if (command === 'drawer-begin') return isOpen ? 'A transaction is open already.' : undefined;
  if (!isOpen || transaction === undefined) return 'No transaction is open; n begins one.';
  if (connection.status === 'transaction') return undefined;
  if (command === 'drawer-commit') return 'It has failed: COMMIT would roll everything back. r does that; b goes back to a savepoint.';
  if (command === 'drawer-prepare') return 'It has failed: PREPARE TRANSACTION would roll everything back.';
  if (command === 'drawer-savepoint' || command === 'drawer-release') return 'It has failed: b goes back to a savepoint, r rolls back.';
  return undefined;
}

function release(model: Model, panel: DrawerPanel, target: UndoTarget | undefined): Step {
  if (target === undefined) return step(noted(model, panel, 'There is no savepoint to release.'));
  if (target.shadowedBy > 0)
    return step(noted(model, panel, `A newer savepoint of the same name hides ${target.label}: release that first.`));
  return runAction(model, { kind: 'release', name: target.name });
}

/** Says in one line what will be undone; a second press does it. */
function propose(model: Model, panel: DrawerPanel, command: 'drawer-back' | 'drawer-rollback', target: UndoTarget | undefined): Step {
  if (model.transaction === undefined) return step(model);
  const { statements, changedRows } = whatRollbackToWouldUndo(model.transaction, target?.id);
  const action: TransactionAction = target === undefined ? { kind: 'rollback' } : backTo(target);
  if (target === undefined && statements === 0) return runAction(model, action);
  const what = target === undefined ? 'Roll back everything' : `Back to ${target.label}`;
  const work = `${counted(statements, 'statement')}, ${counted(changedRows, 'row')}`;
  const key = target === undefined ? 'r' : 'b';
  const text = `${what}: undoes ${work}. ${key} or Enter does it, Esc not.`;
  return step({ ...model, panel: { ...panel, undoing: { command, action, text } } });
}

function backTo({ name, shadowedBy }: UndoTarget): TransactionAction {
  return { kind: 'rollback-to', name, shadowedBy };
}

function moveMark(model: Model, panel: DrawerPanel, by: 1 | -1): Model {
  const targets = model.transaction === undefined ? [] : undoTargets(model.transaction);
  const at = targets.findIndex(({ id }) => id === markedTarget(model.transaction, panel.marked)?.id);
  const next = targets[Math.max(0, Math.min(targets.length - 1, at + by))];
  return { ...model, panel: { ...panel, marked: next?.id, scrolled: 0 } };
}

function scrolled(model: Model, panel: DrawerPanel, command: 'drawer-page-up' | 'drawer-page-down'): Model {
  const page = Math.max(1, Math.floor(layoutOf(model).result / 2));
  const by = command === 'drawer-page-up' ? page : -page;
  const most = Math.max(0, shownEntries(model).length - page);
  return { ...model, panel: { ...panel, scrolled: Math.max(0, Math.min(most, panel.scrolled + by)) } };
}

/** Why a key did nothing, said later than it was pressed. */
export function noteInDrawer(model: Model, note: string): Model {
  return model.panel?.type === 'transaction' ? noted(model, model.panel, note) : model;
}

function noted(model: Model, panel: DrawerPanel, note: string): Model {
  return { ...model, panel: { ...panel, note } };
}

function runText(model: Model, text: string): Step {
  if (model.running !== undefined || model.connection.phase !== 'open') return step(model);
  // Of no buffer: what fails has no place in one.
  return begin(model, { bufferId: 'transaction', mode: 'statement', text, base: 0 });
}

function counted(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}

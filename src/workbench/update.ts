import type { TransactionRecord } from '../engine/transaction/record.ts';
import { defaultPrintOptions } from '../print/print-options.ts';
import type { TransactionStatus } from '../result/server-event.ts';
import { firstBuffers, withoutRun, withRestored } from './buffers.ts';
import { takeCompletion } from './completion-update.ts';
import { factsOf, lossesOf, withPipeline, withStatus } from './connection.ts';
import { noteInDrawer, runAction } from './drawer-update.ts';
import { begin, giveBack, keepCursorInView, type Outcome, takeOutcome } from './editor-update.ts';
import { takeEdited } from './external-edit.ts';
import { withFix } from './fix-update.ts';
import { updateKey } from './key-update.ts';
import { emptyLog, say } from './log.ts';
import { takeLook } from './look.ts';
import type { Message } from './message.ts';
import type { Model, Size } from './model.ts';
import { nothingSeen } from './outside.ts';
import { emptyPicker, withEntries } from './picker.ts';
import { changeLines } from './question-update.ts';
import { askToQuit, askToQuitAnew } from './quit.ts';
import { afterEnding, answerRehearsal, expireRehearsal, leave, rehearseSubmission, showRehearsal } from './rehearsal-update.ts';
import { keepCellInView } from './result-update.ts';
import { changeRows, noResults, openTab, withoutErrors } from './results.ts';
import { takeScene } from './scene-update.ts';
import { addFile, addScratch, changedOnDisk, closeScript, readAgain, savedAs } from './scripts.ts';
import { type Step, step } from './step.ts';
import { warned } from './transaction-warnings.ts';
import { usualWarnings } from './warnings.ts';
import { beginRun, endWatch, refreshRows } from './watch-update.ts';

export function firstModel(programName: string, size: Size, screen: 'picker' | 'work', now: number): Model {
  return {
    programName,
    size,
    now,
    screen,
    focus: 'editor',
    panel: undefined,
    keyPrefix: '',
    completion: undefined,
    questions: [],
    connection: { phase: 'none' },
    transaction: undefined,
    automatic: 'off',
    outside: nothingSeen,
    warnings: { times: usualWarnings, at: now },
    unlocking: undefined,
    rehearsal: undefined,
    running: undefined,
    queue: [],
    lastTiming: undefined,
    buffers: firstBuffers,
    results: noResults,
    log: emptyLog,
    picker: emptyPicker,
    history: [],
    snippets: [],
    print: defaultPrintOptions,
    nullText: undefined,
  };
}

/** The one way in which the model changes. */
export function update(model: Model, message: Message): Step {
  const { model: next, effects } = change(model, message);
  // Whatever took lines from the grid or gave it some, its cursor stays in view.
  const isSettled = next.results === model.results && next.size === model.size && next.log === model.log && next.buffers === model.buffers;
  return isSettled ? { model: next, effects } : { model: keepCellInView(next), effects };
}

function change(model: Model, message: Message): Step {
  switch (message.type) {
    case 'key':
      return updateKey({ ...model, now: message.now }, message.event);
    case 'resized':
      return step(keepCursorInView({ ...model, size: message.size }));
    case 'tick':
      return expireRehearsal(warned({ ...model, now: message.now }));
    case 'connecting':
      return step({ ...model, connection: { phase: 'connecting', to: message.to } });
    case 'connected':
      return connected(model, message);
    case 'not-connected':
      return step({ ...model, connection: { phase: 'none' }, screen: 'picker', picker: { ...model.picker, notice: message.reason } });
    case 'transaction':
      return step(withRecord(model, message.record, message.status, message.now));
    case 'recorded': {
      const { record, automatic, now } = message;
      const warnings = { ...model.warnings, times: message.warnings ?? model.warnings.times };
      const { status = 'idle' } = model.connection.phase === 'open' ? model.connection : {};
      const state = record?.state === 'idle' || record?.state === 'transaction' || record?.state === 'failed' ? record.state : status;
      return step(withRecord({ ...model, automatic, warnings, now }, record, state, now));
    }
    case 'transaction-action':
      return runAction({ ...model, now: message.now }, message.action);
    case 'scenes-loaded':
    case 'scene-opened':
    case 'scene-refused':
    case 'scene-told':
    case 'scene-rests':
      return step(takeScene(model, message));
    case 'drawer-noted':
      return step(noteInDrawer(model, message.note));
    case 'traits-known':
      return step({ ...model, outside: { ...model.outside, traits: message.traits } });
    case 'looked':
      return step(takeLook(model, message.look));
    case 'look-refused':
      return step({ ...model, outside: { ...model.outside, look: undefined, refusal: message.why } });
    case 'pipeline':
      return step({ ...model, connection: withPipeline(model.connection, message.pipeline) });
    case 'ddl-reported':
      return step({ ...model, now: message.now, panel: message.panel });
    case 'rehearsed':
      return step(showRehearsal({ ...model, now: message.now }, message.rehearsal));
    case 'rehearsal-confirmed':
      return answerRehearsal({ ...model, now: message.now });
    case 'run-again':
      return step({ ...model, buffers: withoutRun(model.buffers, message.sql) });
    case 'rehearse-instead':
      return rehearseSubmission({ ...model, now: message.now }, message.submission);
    case 'lost':
      return leave(lose(model, message.reason, message.record));
    case 'submitted':
      return begin({ ...model, now: message.now }, message.submission);
    case 'unlocking':
      return step({ ...model, unlocking: message.unlocking });
    case 'role-only-reads': {
      const { connection } = model;
      return step(
        connection.phase === 'open' ? { ...model, connection: { ...connection, facts: { ...connection.facts, readOnly: 'role' } } } : model,
      );
    }
    case 'quit-asked':
      return askToQuit(model);
    case 'run-ended': {
      const ended = endRun({ ...model, now: message.now }, message.outcome);
      return { ...ended, model: askToQuitAnew(ended.model) };
    }
    case 'fix-found':
      return step(withFix(model, message.error, message.fix));
    case 'copy-progress':
      return step(model.running === undefined ? model : { ...model, running: { ...model.running, copy: message.progress } });
    case 'timed':
      return step({ ...model, lastTiming: message.milliseconds });
    case 'tab-opened': {
      const { results, dropped } = openTab(model.results, message.tab);
      const shown = { ...model, results, panel: model.panel?.type === 'cell' ? undefined : model.panel };
      return dropped.length === 0 ? step(shown) : step(shown, { type: 'close-stores', tabs: dropped });
    }
    case 'tab-changed': {
      const tabs = model.results.tabs.map((tab) => (tab.id === message.tab.id ? message.tab : tab));
      return step({ ...model, results: { ...model.results, tabs } });
    }
    case 'rows-arrived': {
      const { id, rowCount, state } = message;
      return step({ ...model, results: changeRows(model.results, id, (content) => ({ ...content, rowCount, state })) });
    }
    case 'widths-seen':
      return step({ ...model, results: changeRows(model.results, message.id, (content) => ({ ...content, widths: message.widths })) });
    case 'expanded-chosen':
      return step({ ...model, results: changeRows(model.results, message.id, (content) => ({ ...content, isExpanded: true })) });
    case 'watch-run':
      return step(beginRun(model));
    case 'rows-refreshed':
      return refreshRows(model, message.id, message.content);
    case 'watch-over':
      return step(endWatch(model));
    case 'said':
      return step({ ...model, log: say(model.log, { at: message.now, severity: message.severity, text: message.text }) });
    case 'print-options':
      return step({ ...model, print: message.print, nullText: message.nullText });
    case 'cell-opened':
      return step({ ...model, panel: { type: 'cell', title: message.title, text: message.text, top: 0 } });
    case 'help-wanted':
      return step({ ...model, panel: { type: 'help', contexts: ['console', 'editor', 'work', 'global'], top: 0 } });
    case 'completed':
      return step(takeCompletion(model, message.value, message.completion));
    case 'asked':
      return step({
        ...model,
        questions: [...model.questions.filter((question) => question.id !== message.question.id), message.question],
      });
    case 'withdrawn':
      return step({ ...model, questions: model.questions.filter((question) => question.id !== message.id) });
    case 'question-changed':
      return step(changeLines(model, message.id, message.lines));
    case 'history-loaded':
      return step({ ...model, history: message.history });
    case 'remembered':
      return step(model.history.at(-1) === message.text ? model : { ...model, history: [...model.history, message.text] });
    case 'buffers-restored':
      return step(keepCursorInView({ ...model, buffers: withRestored(model.buffers, message.buffers) }));
    case 'edited':
      return step(takeEdited(model, message.id, message.given, message.text));
    case 'scratch-opened':
      return step(withBuffers(model, addScratch(model.buffers)));
    case 'script-opened':
      return step(withBuffers(model, addFile(model.buffers, message.path, message.text, message.stamp)));
    case 'script-saved': {
      const { id, path, lines, stamp } = message;
      return step({ ...model, buffers: savedAs(model.buffers, id, path, lines, stamp) });
    }
    case 'script-changed':
      return step({ ...model, buffers: changedOnDisk(model.buffers, message.id) });
    case 'script-read':
      return step(keepCursorInView({ ...model, buffers: readAgain(model.buffers, message.id, message.text, message.stamp) }));
    case 'script-closed':
      return step(withBuffers(model, closeScript(model.buffers, message.id)));
    case 'snippets-loaded':
      return step({ ...model, snippets: message.snippets });
    case 'picker-opened':
      return step({ ...model, screen: 'picker' }, { type: 'detect' });
    case 'entries-found':
      return step({ ...model, picker: withEntries(model.picker, message.entries) });
    case 'picker-notice':
      return step({ ...model, picker: { ...model.picker, notice: message.text } });
    case 'form-refused':
      return step(
        model.picker.form === undefined
          ? model
          : { ...model, picker: { ...model.picker, form: { ...model.picker.form, complaint: message.complaint } } },
      );
    case 'form-saved':
      return step(
        { ...model, picker: { ...model.picker, form: undefined, sought: `profile:${message.name}`, notice: `Saved ${message.name}.` } },
        { type: 'detect' },
      );
  }
}

/** What ReadyForQuery said, and what is known of the transaction. */
function withRecord(model: Model, record: TransactionRecord | undefined, status: TransactionStatus, now: number): Model {
  const { savepoints = [], since } = record?.transaction ?? {};
  const connection = withStatus(model.connection, status, now, savepoints.length, since);
  const isNew = record?.ended !== undefined && record.ended !== model.transaction?.ended;
  const isSurprise = isNew && record.ended?.outcome === 'commit-was-rollback' && record.ended.error === undefined;
  const text = 'COMMIT of a failed transaction: everything was rolled back';
  const log = isSurprise ? say(model.log, { at: now, severity: 'error', text }) : model.log;
  // Why there was no look at locks may be otherwise in another state.
  const isAsBefore = connection.phase === 'open' && model.connection.phase === 'open' && connection.status === model.connection.status;
  const outside = isAsBefore ? model.outside : { ...model.outside, refusal: undefined };
  return { ...model, connection, log, outside, transaction: record };
}

/** Another buffer is in front. */
function withBuffers(model: Model, buffers: Model['buffers']): Model {
  return keepCursorInView({ ...model, buffers, panel: undefined, focus: 'editor' });
}

/** A run is over; what waited behind it goes on, unless it failed: then nothing more runs unseen. */
function endRun(model: Model, outcome: Outcome): Step {
  const { failed } = outcome;
  const { running, queue } = model;
  if (running === undefined) return step(model);
  if (model.rehearsal?.ending !== undefined) return afterEnding({ ...model, running: undefined }, model.rehearsal, failed);
  // What went well leaves no error of before on the screen.
  const results = failed ? model.results : withoutErrors(model.results);
  const over: Model = { ...model, results, running: undefined, queue: [] };
  const [next, ...waiting] = queue;
  if (next === undefined) return step(takeOutcome(over, running.submission, outcome));
  if (failed || model.rehearsal !== undefined || model.connection.phase !== 'open')
    return step(takeOutcome(queue.reduceRight(giveBack, over), running.submission, outcome));
  return begin({ ...takeOutcome(over, running.submission, outcome), queue: waiting }, next);
}

/** The session is gone: fenced until the person has seen what went with it. */
function lose(model: Model, reason: string, record: TransactionRecord | undefined): Model {
  const facts = factsOf(model.connection);
  if (facts === undefined || model.connection.phase === 'lost') return model;
  const losses = lossesOf(model.connection, model.running !== undefined, record);
  return { ...model, transaction: record, connection: { phase: 'lost', facts, reason, losses } };
}

/** What was submitted while connecting runs now. */
function connected(model: Model, { facts, status, now }: Message & { readonly type: 'connected' }): Step {
  const open: Model = {
    ...model,
    now,
    screen: 'work',
    picker: { ...model.picker, notice: '', query: undefined },
    transaction: undefined,
    outside: nothingSeen,
    connection: { phase: 'open', facts, status, transactionSince: status === 'idle' ? undefined : now },
  };
  const [next, ...waiting] = model.queue;
  return next === undefined || model.running !== undefined ? step(open) : begin({ ...open, queue: waiting }, next);
}

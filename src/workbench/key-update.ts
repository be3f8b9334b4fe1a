import { activeBuffer } from './buffers.ts';
import { closed, updateCompletion } from './completion-update.ts';
import { contextsOf, paneContexts, takesText } from './contexts.ts';
import { openDrawer } from './drawer-update.ts';
import { clearInput, keepCursorInView, typeText, updateEditor } from './editor-update.ts';
import type { KeyEvent } from './key-decoder.ts';
import { type Command, commandOf, isPrefix, keymap } from './keymap.ts';
import type { Model } from './model.ts';
import { focusedPanel, snippetsPanel } from './panel.ts';
import { typeInPanel, updatePanel } from './panel-update.ts';
import { typeInPicker, updatePicker } from './picker-update.ts';
import { typeInQuestion, updateQuestion } from './question-update.ts';
import { askToQuit } from './quit.ts';
import { answerFirst, rehearse, rollBackRehearsal, typedInto, updateRehearsal } from './rehearsal-update.ts';
import { updateResult } from './result-update.ts';
import { retryOffer } from './retry.ts';
import { openSqlBehind } from './sql-behind.ts';
import { type Step, step } from './step.ts';
import { pressTab } from './tab-update.ts';

const globalCommands: ReadonlySet<Command> = new Set(
  keymap.filter((binding) => binding.context === 'global' || binding.context === 'work').map((binding) => binding.command),
);

/** A key, typed text or a paste, wherever the focus is. */
export function updateKey(model: Model, event: KeyEvent): Step {
  switch (event.type) {
    case 'chord':
      return pressInTurn(model, event.chord);
    case 'paste':
      return takesText(model) ? type(withoutPrefix(model), event.text) : step(model);
    case 'text':
      return takesText(model) ? type(withoutPrefix(model), event.text) : pressEach(withoutPrefix(model), event.text);
  }
}

/** Two keys may mean something together. The second alone means what it always does, but for Esc: that takes back the first. */
function pressInTurn(model: Model, chord: string): Step {
  const contexts = contextsOf(model);
  if (model.keyPrefix === '') return isPrefix(contexts, chord) ? step({ ...model, keyPrefix: chord }) : press(model, chord);
  const both = `${model.keyPrefix} ${chord}`;
  if (commandOf(contexts, both) !== undefined) return press(withoutPrefix(model), both);
  return chord === 'escape' ? step(withoutPrefix(model)) : press(withoutPrefix(model), chord);
}

function withoutPrefix(model: Model): Model {
  return model.keyPrefix === '' ? model : { ...model, keyPrefix: '' };
}

/** Where characters are keys, each of several that came at once is one. */
function pressEach(model: Model, text: string): Step {
  let result = step(model);
  let rest = text;
  while (rest !== '') {
    if (takesText(result.model)) return chain(result, type(result.model, rest));
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    result = chain(result, press(result.model, character));
    rest = rest.slice(character.length);
  }
  return result;
}

function chain(first: Step, second: Step): Step {
  return { model: second.model, effects: [...first.effects, ...second.effects] };
}

function type(model: Model, text: string): Step {
  const [question] = model.questions;
  if (question !== undefined) return typeInQuestion(model, question, text);
  const panel = focusedPanel(model.panel);
  if (panel !== undefined) return typeInPanel(model, panel, text);
  if (model.screen === 'picker') return typeInPicker(model, text);
  if (model.completion === undefined) return typeText(model, text);
  // The list goes with what is typed, as long as that is a name.
  const typed = typeText(closed(model), text);
  if (!/^[\p{L}\p{N}_$.]+$/u.test(text)) return typed;
  return chain(typed, step(typed.model, { type: 'complete', buffer: activeBuffer(typed.model.buffers) }));
}

function press(model: Model, chord: string): Step {
  const command = commandOf(contextsOf(model), chord);
  if (model.completion !== undefined && command !== undefined) {
    if (command.startsWith('completion-')) return updateCompletion(model, model.completion, command);
    return press(closed(model), chord);
  }
  const [question] = model.questions;
  const choice = question?.type === 'choice' ? question.choices.findIndex(({ key }) => key === chord) : -1;
  if (question?.type === 'choice' && choice >= 0) return updateQuestion(model, { ...question, chosen: choice }, 'choose');
  if (command === undefined) return pressApart(model, chord);
  if (question !== undefined) return updateQuestion(model, question, command);
  if (globalCommands.has(command)) return updateGlobal(model, command);
  const panel = focusedPanel(model.panel);
  if (panel !== undefined) return updatePanel(model, panel, command);
  if (model.rehearsal !== undefined) return updateRehearsal(model, model.rehearsal, command);
  if (model.screen === 'picker') return updatePicker(model, command);
  if (command === 'indent') return pressTab(model);
  return model.focus === 'editor' ? updateEditor(model, command) : updateResult(model, command);
}

/** Alt with a character is Esc and the character to a terminal: where it means nothing together, it may have been two keys. */
function pressApart(model: Model, chord: string): Step {
  if (model.rehearsal !== undefined && contextsOf(model).includes('rehearsal') && /^.$/su.test(chord))
    return typedInto(model, model.rehearsal);
  const character = /^alt\+(.)$/su.exec(chord)?.[1];
  // An Esc that was none would roll a rehearsal back.
  if (character === undefined || model.rehearsal !== undefined) return step(model);
  const escaped = press(model, 'escape');
  return chain(escaped, updateKey(escaped.model, { type: 'text', text: character }));
}

/** Commands that mean the same everywhere. */
function updateGlobal(model: Model, command: Command): Step {
  switch (command) {
    case 'help':
      return step({ ...model, panel: { type: 'help', contexts: paneContexts(model), top: 0 } });
    case 'snippets':
      return step({ ...model, panel: snippetsPanel }, { type: 'load-snippets' });
    case 'rehearse':
      return rehearse(model);
    case 'transaction':
      return openDrawer(model);
    case 'toggle-lock':
      return step(model, { type: 'toggle-lock' });
    case 'show-sql':
      return step(openSqlBehind(model));
    case 'log':
      return step({ ...model, panel: model.panel?.type === 'log' ? undefined : { type: 'log', top: Number.MAX_SAFE_INTEGER } });
    case 'next-pane':
    case 'previous-pane':
      return step({
        ...model,
        panel: focusedPanel(model.panel) === undefined ? model.panel : undefined,
        focus: model.focus === 'editor' ? 'result' : 'editor',
      });
    case 'profiles':
      return step({ ...model, panel: undefined, screen: 'picker', picker: { ...model.picker, notice: '' } }, { type: 'detect' });
    case 'next-buffer':
      return step(showBuffer(model, 1));
    case 'previous-buffer':
      return step(showBuffer(model, -1));
    case 'cancel':
      return cancel(model);
    case 'retry': {
      const offer = retryOffer(model);
      return offer === undefined ? step(model) : step(model, { type: 'retry', offer });
    }
    case 'redraw':
      return step(model, { type: 'redraw' });
    case 'suspend':
      return model.rehearsal === undefined ? step(model, { type: 'suspend' }) : step(answerFirst(model, model.rehearsal));
    case 'quit':
      return model.rehearsal === undefined ? askToQuit(model) : step(answerFirst(model, model.rehearsal));
    default:
      return step(showResult(model, Number(/^result-(\d)$/.exec(command)?.[1] ?? '0')));
  }
}

/** Ctrl-C: cancels what runs, closes what is open, clears the input. It never quits. */
function cancel(model: Model): Step {
  if (model.running !== undefined) {
    return step({ ...model, running: { ...model.running, isCancelling: true } }, { type: 'cancel' });
  }
  if (model.connection.phase === 'connecting') return step(model, { type: 'cancel' });
  if (focusedPanel(model.panel) !== undefined) return step({ ...model, panel: undefined });
  if (model.rehearsal !== undefined) return rollBackRehearsal(model);
  if (model.screen === 'picker') return updatePicker(model, model.picker.form === undefined ? 'picker-back' : 'form-cancel');
  return model.focus === 'editor' ? clearInput(model) : step(model);
}

function showBuffer(model: Model, by: 1 | -1): Model {
  const { list, active } = model.buffers;
  const next = (active + by + list.length) % list.length;
  return keepCursorInView({ ...model, focus: 'editor', buffers: { ...model.buffers, active: next } });
}

function showResult(model: Model, number: number): Model {
  const tab = model.results.tabs[number - 1];
  return tab === undefined ? model : { ...model, panel: undefined, results: { ...model.results, active: tab.id } };
}

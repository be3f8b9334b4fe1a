import type { Candidate } from '../complete/complete.ts';
import { insert } from '../text/edit.ts';
import { moveTo } from '../text/move.ts';
import { cursorAt, type TextValue, textOf } from '../text/text-value.ts';
import { activeBuffer } from './buffers.ts';
import type { Completion } from './completion.ts';
import { changeText } from './editor-update.ts';
import type { Command } from './keymap.ts';
import type { Model } from './model.ts';
import { type Step, step } from './step.ts';

/** What was found for a text: taken where it is certain, else listed. `value`: the text it was found for. */
export function takeCompletion(model: Model, value: TextValue, completion: Completion): Model {
  const buffer = activeBuffer(model.buffers);
  if (buffer.id !== completion.bufferId || buffer.value !== value || model.focus !== 'editor') return closed(model);
  const [first] = completion.candidates;
  if (first === undefined) return closed(model);
  if (completion.candidates.length === 1) return replace(model, completion, finished(first));
  const { start, end } = completion;
  const typed = textOf(value).slice(start, end);
  const common = commonStart(completion.candidates.map((candidate) => candidate.text));
  if (common.length <= typed.length || !common.toLowerCase().startsWith(typed.toLowerCase())) return { ...model, completion };
  return { ...replace(model, completion, common), completion: { ...completion, end: start + common.length } };
}

/** Commands of the list. */
export function updateCompletion(model: Model, completion: Completion, command: Command): Step {
  const { candidates, chosen } = completion;
  switch (command) {
    case 'completion-take': {
      const candidate = candidates[chosen];
      return step(candidate === undefined ? closed(model) : replace(model, completion, finished(candidate)));
    }
    case 'completion-next':
      return step({ ...model, completion: { ...completion, chosen: (chosen + 1) % candidates.length } });
    case 'completion-previous':
      return step({ ...model, completion: { ...completion, chosen: (chosen - 1 + candidates.length) % candidates.length } });
    default:
      return step(closed(model));
  }
}

export function closed(model: Model): Model {
  return model.completion === undefined ? model : { ...model, completion: undefined };
}

function replace(model: Model, { start, end }: Completion, text: string): Model {
  return closed(
    changeText(model, (value) => insert(moveTo(moveTo(value, cursorAt(value, start)), cursorAt(value, end), { select: true }), text)),
  );
}

function finished({ text, continues }: Candidate): string {
  return continues === true ? text : `${text} `;
}

function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && other[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}

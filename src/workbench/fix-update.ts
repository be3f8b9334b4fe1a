import type { ServerError } from '../result/server-error.ts';
import { insert } from '../text/edit.ts';
import { moveTo } from '../text/move.ts';
import { cursorAt, textOf } from '../text/text-value.ts';
import { activeBuffer } from './buffers.ts';
import { changeText } from './editor-update.ts';
import type { Model } from './model.ts';
import { changeContent, type Fix } from './results.ts';

/** The error screen offers what was probably meant. */
export function withFix(model: Model, error: ServerError, fix: Fix): Model {
  const tab = model.results.tabs.find(({ content }) => content.type === 'error' && content.error === error);
  if (tab === undefined) return model;
  return { ...model, results: changeContent(model.results, tab.id, (content) => ({ ...content, fix })) };
}

/** The fix on the screen that Tab makes: the text it is about is still there. */
export function offeredFix(model: Model): Fix | undefined {
  const { content } = model.results.tabs.find((tab) => tab.id === model.results.active) ?? {};
  if (content?.type !== 'error' || content.fix === undefined) return undefined;
  const { bufferId, from, written } = content.fix;
  const buffer = activeBuffer(model.buffers);
  const isThere = buffer.id === bufferId && textOf(buffer.value).startsWith(written, from);
  return isThere ? content.fix : undefined;
}

/** Puts what was meant in the place of what was written; undo brings that back. */
export function makeFix(model: Model, { from, written, meant }: Fix): Model {
  const fixed = changeText(model, (value) => {
    const start = moveTo(value, cursorAt(value, from));
    return insert(moveTo(start, cursorAt(value, from + written.length), { select: true }), meant);
  });
  // The offer is taken: what it was about is not on the screen any more.
  const tab = fixed.results.tabs.find((one) => one.id === fixed.results.active);
  if (tab?.content.type !== 'error') return fixed;
  const { fix: _taken, ...rest } = tab.content;
  return { ...fixed, results: changeContent(fixed.results, tab.id, () => rest) };
}

import { lineAt, selectionOf } from '../text/text-value.ts';
import { activeBuffer } from './buffers.ts';
import { changeText } from './editor-update.ts';
import { makeFix, offeredFix } from './fix-update.ts';
import type { Model } from './model.ts';
import { type Step, step } from './step.ts';
import { editText } from './text-commands.ts';

/** Tab in the editor: takes the fix the error screen offers, completes what is typed, indents where nothing is. */
export function pressTab(model: Model): Step {
  const fix = offeredFix(model);
  if (fix !== undefined) return step(makeFix(model, fix));
  const buffer = activeBuffer(model.buffers);
  const { line, column } = buffer.value.cursor;
  const before = lineAt(buffer.value, line).slice(0, column);
  if (selectionOf(buffer.value) === undefined && before.trim() !== '') return step(model, { type: 'complete', buffer });
  return step(changeText(model, (value) => editText(value, 'indent') ?? value));
}

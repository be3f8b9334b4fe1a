import { changeText } from './editor-update.ts';
import { makeFix, offeredFix } from './fix-update.ts';
import type { Model } from './model.ts';
import { type Step, step } from './step.ts';
import { editText } from './text-commands.ts';

/** Tab in the editor: takes the fix the error screen offers, else indents. */
export function pressTab(model: Model): Step {
  const fix = offeredFix(model);
  if (fix !== undefined) return step(makeFix(model, fix));
  return step(changeText(model, (value) => editText(value, 'indent') ?? value));
}

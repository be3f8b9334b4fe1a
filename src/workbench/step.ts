import type { Effect } from './effect.ts';
import type { Model } from './model.ts';

/** What an update gives: the new model, and what is to be done. */
export interface Step {
  readonly model: Model;
  readonly effects: readonly Effect[];
}

export function step(model: Model, ...effects: readonly Effect[]): Step {
  return { model, effects };
}

import type { Assessment } from './assess.ts';
import type { Effect } from './effect.ts';

export type GuardEnvironment = 'production' | 'staging' | 'development';

/** Where a text is about to run. */
export interface GuardScene {
  readonly environment: GuardEnvironment;
  /** Of the session, or as it will be where AUTOCOMMIT is off: a transaction is open. */
  readonly isInTransaction: boolean;
  /** HOWDAH_SAVEPOINTS is on. */
  readonly hasAutomaticSavepoints: boolean;
}

/*
 * When the workbench asks before a statement runs; "nothing can be lost" is never asked about:
 *
 *   everywhere    not: temporary tables of the session, and what the open transaction itself has made
 *   development   (and without a profile) what cannot be undone: in an open transaction only what ROLLBACK does not take back
 *   staging       the same, but a transaction counts only with automatic savepoints: one key then undoes the statement alone
 *   production    all of it, in a transaction too, where its locks stop others; the name of what is lost must be typed. Besides:
 *                 what neither the text nor the bodies of what it calls show (dynamic SQL, other languages, unknown prepared
 *                 statements), functions that take something away,
 *                 ALTER SYSTEM, files written by COPY, and statements over a set estimated number of rows
 *
 * What is asked about at all is in riskOf of guard-question.ts. A text that ends its transaction itself is not taken back by it.
 * HOWDAH_GUARD off switches the guards off outside production.
 */

/** Whether the open transaction takes back what the text does, so that nothing can be lost by what a rollback undoes. */
export function isTakenBack({ effects }: Assessment, scene: GuardScene): boolean {
  if (!scene.isInTransaction || scene.environment === 'production') return false;
  if (scene.environment === 'staging' && !scene.hasAutomaticSavepoints) return false;
  return !effects.some((effect) => effect.kind === 'transaction' && !['savepoint', 'release', 'rollback-to'].includes(effect.command));
}

/** Whether a rollback takes an effect back. */
export function isUndone(effect: Effect): boolean {
  switch (effect.kind) {
    case 'copy':
      return !['to-file', 'to-program', 'from-program'].includes(effect.direction);
    case 'function':
      return effect.does.isUndone;
    default:
      return effect.kind !== 'alter-system';
  }
}

import type { Interpreter } from '../engine/interpreter.ts';
import { sqlFor } from '../engine/transaction/action-sql.ts';
import { isRetriable, type ReplayPlan, type ReplayStep } from '../engine/transaction/replay.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { type Choice, choiceQuestion, type PendingQuestion } from './question.ts';
import { activeTab } from './results.ts';
import { type RetryOffer, retryReason } from './retry.ts';
import type { Submission } from './submission.ts';

export interface ReplayParts {
  readonly interpreter: Interpreter;
  model(): Model;
  dispatch(message: Message): void;
  ask(question: PendingQuestion): Promise<string | undefined>;
  say(severity: Severity, text: string): void;
}

const longestShown = 8;

/** Runs a transaction again after a serialization failure or a deadlock: every statement is asked for, and it stops at an error. */
export class ReplayKeeper {
  readonly #parts: ReplayParts;
  #waiting: { readonly submission: Submission; readonly resolve: (isOk: boolean) => void } | undefined;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** A run is over: perhaps the one that is waited for. */
  ended(submission: Submission, isOk: boolean): void {
    if (this.#waiting?.submission !== submission) return;
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve(isOk);
  }

  async take(offer: RetryOffer): Promise<void> {
    if (this.#waiting !== undefined) return;
    if (offer.kind === 'statement') await this.#runAgain(offer.sql);
    else if (await this.#isWanted(offer.plan)) {
      let isAgain = true;
      while (isAgain) isAgain = await this.#replay(offer.plan);
    }
  }

  async #isWanted({ steps, unlisted, modes }: ReplayPlan): Promise<boolean> {
    if (unlisted > 0) {
      this.#parts.say('warning', `It cannot be replayed: ${unlisted} of its older statements are no longer held.`);
      return false;
    }
    const lines = [
      `It is rolled back and begun anew (${sqlFor({ kind: 'begin', modes })}); then each of its ${steps.length} statements is asked for.`,
      ...steps.slice(0, longestShown).map(({ sql }) => `  ${oneLine(sql)}`),
      ...(steps.length > longestShown ? [`  … ${steps.length - longestShown} more`] : []),
    ];
    return (await this.#ask('Replay the transaction?', lines, [begin, { id: 'leave', label: 'Leave it as it is' }], 'begin')) === 'begin';
  }

  /** True: it failed for the same reason, and is wanted once more. */
  async #replay({ steps, modes }: ReplayPlan): Promise<boolean> {
    const { interpreter, say } = this.#parts;
    if (interpreter.session?.status !== 'idle' && !(await this.#run('ROLLBACK'))) return false;
    if (!(await this.#run(sqlFor({ kind: 'begin', modes })))) return false;
    for (const [index, step] of steps.entries()) {
      const place = `Statement ${index + 1} of ${steps.length}`;
      const answer = await this.#ask(place, stepLines(step), [run, skip, stop], 'run');
      if (answer === 'skip') continue;
      if (answer !== 'run') {
        await this.#stop(place);
        return false;
      }
      if (!(await this.#runAgain(step.sql))) return await this.#failed(place);
    }
    const isOpen = interpreter.session?.status === 'transaction';
    say('info', isOpen ? 'Replayed. The transaction is open: commit it, or roll it back.' : 'Replayed.');
    return false;
  }

  async #stop(place: string): Promise<void> {
    const answer = await this.#ask(`Stopped before ${place.toLowerCase()}`, [], [keep, rollback], 'keep');
    if (answer === 'rollback') await this.#run('ROLLBACK');
  }

  /** The error stands on the screen. */
  async #failed(place: string): Promise<boolean> {
    const { model, say } = this.#parts;
    const content = activeTab(model().results)?.content;
    if (model().connection.phase !== 'open') return false;
    if (content?.type !== 'error' || !isRetriable(content.error.code)) {
      say('warning', `The replay stopped at ${place.toLowerCase()}, which failed.`);
      return false;
    }
    const answer = await this.#ask(`${place} failed`, [retryReason(content.error.code)], [again, keep, rollback], 'keep');
    if (answer === 'rollback') await this.#run('ROLLBACK');
    return answer === 'again';
  }

  async #runAgain(sql: string): Promise<boolean> {
    const isOk = await this.#run(sql);
    if (isOk) this.#parts.dispatch({ type: 'run-again', sql });
    return isOk;
  }

  /** As if typed; resolves with false where it failed. */
  #run(sql: string): Promise<boolean> {
    const submission: Submission = { bufferId: 'transaction', mode: 'statement', text: sql, base: 0, isWhole: true };
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting = { submission, resolve };
    this.#parts.dispatch({ type: 'submitted', submission, now: Date.now() });
    return promise;
  }

  #ask(title: string, lines: readonly string[], choices: readonly Choice[], chosen: string): Promise<string | undefined> {
    return this.#parts.ask({ ...choiceQuestion('replay', title, lines, choices, chosen), place: 'low' });
  }
}

const begin: Choice = { id: 'begin', label: 'Roll back and begin' };
const run: Choice = { id: 'run', label: 'Run it' };
const skip: Choice = { id: 'skip', label: 'Skip it', key: 's' };
const stop: Choice = { id: 'stop', label: 'Stop here' };
const keep: Choice = { id: 'keep', label: 'Keep the transaction open' };
const rollback: Choice = { id: 'rollback', label: 'Roll it back' };
const again: Choice = { id: 'again', label: 'Begin again with the first' };

const lackText = {
  'copy-data': 'Its data is not kept: it will be asked for.',
  parameters: 'The values of its parameters are not kept: skip it, and run it yourself afterwards.',
} as const;

function stepLines({ sql, lacks }: ReplayStep): readonly string[] {
  const lines = sql === '' ? ['(a prepared statement)'] : sql.split('\n');
  const shown = lines.length > longestShown ? [...lines.slice(0, longestShown), `… ${lines.length - longestShown} more lines`] : lines;
  return lacks === undefined ? shown : [...shown, '', lackText[lacks]];
}

function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ');
}

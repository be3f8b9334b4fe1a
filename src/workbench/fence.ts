import type { CommitVerdict } from '../engine/transaction/commit-outcome.ts';
import { type InDoubt, inDoubt, lastWord } from '../engine/transaction/loss.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import type { Severity } from './log.ts';
import { lossLines, outcomeLines } from './loss-lines.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { choiceQuestion, type PendingQuestion } from './question.ts';

export interface FenceHost {
  model(): Model;
  record(): TransactionRecord | undefined;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
  ask(question: PendingQuestion): Promise<string | undefined>;
  /** What became of a COMMIT that was on its way. */
  outcome(doubt: InDoubt): Promise<CommitVerdict>;
}

/** Stands before a lost session: what went with it is said once, and again when something is to run; nothing does before that was seen. */
export class Fence {
  readonly #host: FenceHost;
  #isSeen = false;
  #verdict: CommitVerdict | 'looking' | undefined;

  constructor(host: FenceHost) {
    this.#host = host;
  }

  /** There is another session. */
  reset(): void {
    this.#isSeen = false;
    this.#verdict = undefined;
  }

  /** Resolves with true where a new session is wanted. */
  async ask(isWanted: boolean): Promise<boolean> {
    const { connection, questions } = this.#host.model();
    if (connection.phase !== 'lost' || questions.some((question) => question.id === 'fence')) return false;
    if (this.#isSeen && !isWanted) return false;
    this.#isSeen = true;
    if (this.#verdict === undefined) void this.#lookUp();
    const { user, host, database, security } = connection.facts;
    const question = choiceQuestion(
      'fence',
      security === 'embedded' ? `The engine of ${database} has ended` : `The connection to ${user}@${host}/${database} is lost`,
      this.#lines(),
      [
        { id: 'stay', label: 'Stay disconnected' },
        { id: 'reconnect', label: 'Open a new session' },
      ],
      'stay',
    );
    return (await this.#host.ask(question)) === 'reconnect';
  }

  #lines(): readonly string[] {
    const { connection } = this.#host.model();
    if (connection.phase !== 'lost') return [];
    const record = this.#host.record();
    const losses = connection.losses.map((loss) => `· ${loss}`);
    const word = record && lastWord(record);
    const reason = word === undefined ? connection.reason : `The server says: ${word}`;
    return [reason, ...outcomeLines(record, this.#verdict), 'Lost with it:', ...losses, ...lossLines(record)];
  }

  /** The question stands meanwhile; the answer is said in the messages too, for it may have been closed. */
  async #lookUp(): Promise<void> {
    const record = this.#host.record();
    const doubt = record && inDoubt(record);
    if (doubt === undefined || doubt.what === 'statement') return;
    this.#verdict = 'looking';
    const verdict = await this.#host.outcome(doubt);
    const { connection } = this.#host.model();
    if (connection.phase !== 'lost' || this.#host.record()?.loss !== record?.loss) {
      this.#host.say('warning', outcomeLines(record, verdict).join('\n'));
      return;
    }
    this.#verdict = verdict;
    this.#host.dispatch({ type: 'question-changed', id: 'fence', lines: this.#lines() });
    this.#host.say('warning', outcomeLines(record, verdict).join('\n'));
  }
}

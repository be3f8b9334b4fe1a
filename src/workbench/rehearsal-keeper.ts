import type { CatalogKeeper } from '../engine/catalog-keeper.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import type { Rehearsed } from '../engine/rehearsal/rehearse.ts';
import type { RowStore } from '../result/row-store.ts';
import type { DdlKeeper } from './ddl-keeper.ts';
import { errorOffset } from './fix-finder.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { type PendingQuestion, rehearsalQuestion } from './question.ts';
import { openRehearsal } from './rehearsal.ts';
import { rehearsalQuestionId } from './rehearsal-update.ts';
import type { Submission } from './submission.ts';
import type { TransactionKeeper } from './transaction-keeper.ts';
import type { WorkbenchFace } from './workbench-face.ts';

export interface RehearsalKeeperParts {
  readonly interpreter: Interpreter;
  readonly face: WorkbenchFace;
  readonly catalog: CatalogKeeper;
  readonly ddl: DdlKeeper;
  readonly transaction: TransactionKeeper;
  model(): Model;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
  ask(question: PendingQuestion): Promise<string | undefined>;
  remember(text: string): void;
  openStore(columnCount: number): RowStore;
  /** Bytes the rows of a rehearsal may take on disk. */
  spoolLimit(): number;
}

/** Before the server's own idle timeout ends the session, in milliseconds. */
const beforeTimeout = 2000;

/** Runs a statement dry and tells what came of it. */
export class RehearsalKeeper {
  readonly #parts: RehearsalKeeperParts;

  constructor(parts: RehearsalKeeperParts) {
    this.#parts = parts;
  }

  /** `isReported`: what a command on tables takes has been looked at. */
  async run(submission: Submission, isReported: boolean): Promise<void> {
    const { catalog, transaction, dispatch } = this.#parts;
    await catalog.settled();
    await transaction.settled();
    const report = isReported ? undefined : await this.#parts.ddl.report(submission.text);
    if (report === undefined) return await this.#run(submission);
    dispatch({ type: 'ddl-reported', panel: { type: 'ddl-report', submission, ...report, top: 0 }, now: Date.now() });
    dispatch({ type: 'run-ended', outcome: { failed: false, errorAt: undefined, left: '' }, now: Date.now() });
  }

  async #run(submission: Submission): Promise<void> {
    const { interpreter, face, transaction, dispatch, say } = this.#parts;
    this.#parts.remember(submission.text);
    const outcome = await interpreter.rehearse(submission.text, {
      openStore: (columnCount) => this.#parts.openStore(columnCount),
      spoolLimit: this.#parts.spoolLimit(),
    });
    const failure = face.takeError();
    if (outcome.type === 'open') await this.#open(submission, outcome.rehearsed);
    else if (outcome.type === 'refused') say('warning', outcome.why);
    else if (outcome.isUndone) say('info', 'The rehearsal was rolled back.');
    await transaction.follow();
    const errorAt = failure && errorOffset(submission, failure);
    dispatch({ type: 'run-ended', outcome: { failed: outcome.type !== 'open', errorAt, left: '' }, now: Date.now() });
  }

  /** On production a commit is asked for once more; the clock runs on meanwhile. */
  async confirm(): Promise<void> {
    const { model, ask, dispatch } = this.#parts;
    const { rehearsal } = model();
    if (rehearsal === undefined) return;
    const question = rehearsalQuestion(rehearsalQuestionId, [rehearsal.submission.text.trim()], rehearsal.rehearsed.target);
    if ((await ask(question)) === 'commit') dispatch({ type: 'rehearsal-confirmed', now: Date.now() });
  }

  async #open(submission: Submission, rehearsed: Rehearsed): Promise<void> {
    const { interpreter, dispatch } = this.#parts;
    await interpreter.showTransaction();
    const timeout = interpreter.transaction?.idleTimeout?.value ?? 0;
    const longest = timeout > 0 ? Math.max(1, (timeout - beforeTimeout) / 1000) : Number.POSITIVE_INFINITY;
    const seconds = Math.min(interpreter.rehearsalSeconds, longest);
    dispatch({ type: 'rehearsed', rehearsal: openRehearsal(submission, rehearsed, Date.now(), seconds), now: Date.now() });
  }
}

import type { CatalogKeeper } from '../engine/catalog-keeper.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import type { ReviewedStatement } from '../engine/output-event.ts';
import type { Rehearsed } from '../engine/rehearsal/rehearsed.ts';
import type { RowStore } from '../result/row-store.ts';
import type { UndoLimit } from '../sql/guard/undo-limits.ts';
import type { DdlKeeper } from './ddl-keeper.ts';
import { errorOffset } from './fix-finder.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { lastingQuestion, type PendingQuestion, rehearsalQuestion } from './question.ts';
import { openRehearsal } from './rehearsal.ts';
import { rehearsalQuestionId } from './rehearsal-update.ts';
import { shownStatement } from './shown-statement.ts';
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
  /** False: a statement cannot work where it would run; why was said. */
  review(statement: ReviewedStatement): Promise<boolean>;
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
    if (!(await this.#passesReview(submission.text))) return this.#end(true);
    const report = isReported ? undefined : await this.#parts.ddl.report(submission.text);
    if (report === undefined) return await this.#run(submission);
    dispatch({ type: 'ddl-reported', panel: { type: 'ddl-report', submission, ...report, top: 0 }, now: Date.now() });
    this.#end(false);
  }

  /** Whether the server it would run on takes such a statement at all. */
  async #passesReview(text: string): Promise<boolean> {
    const sql = this.#parts.interpreter.statementText(text);
    return sql === undefined || (await this.#parts.review({ sql, hasParameters: false }));
  }

  /** What stays after a rollback is said before it happens, and asked about where it reaches others. */
  async #isWanted({ text }: Submission, limits: readonly UndoLimit[]): Promise<boolean> {
    for (const limit of limits) if (limit.told === 'warn') this.#parts.say('warning', limit.text);
    const asked = limits.filter(({ told }) => told === 'ask');
    if (asked.length === 0) return true;
    const lines = [...shownStatement(text), '', ...asked.map((limit) => limit.text)];
    return (await this.#parts.ask(lastingQuestion(lines))) === 'rehearse';
  }

  #end(failed: boolean, errorAt?: number): void {
    this.#parts.dispatch({ type: 'run-ended', outcome: { failed, errorAt, left: '' }, now: Date.now() });
  }

  async #run(submission: Submission): Promise<void> {
    const { interpreter, face, transaction, say } = this.#parts;
    this.#parts.remember(submission.text);
    const room = { openStore: (columnCount: number) => this.#parts.openStore(columnCount), spoolLimit: this.#parts.spoolLimit() };
    const outcome = await interpreter.rehearse(submission.text, room, (limits) => this.#isWanted(submission, limits));
    const failure = face.takeError();
    if (outcome.type === 'open') await this.#open(submission, outcome.rehearsed);
    else if (outcome.type === 'refused') say('warning', outcome.why);
    else if (outcome.isUndone) say('info', 'The rehearsal was rolled back.');
    await transaction.follow();
    this.#end(outcome.type !== 'open', failure && errorOffset(submission, failure));
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
    await interpreter.probe.show();
    const timeout = interpreter.transaction?.idleTimeout?.value ?? 0;
    const longest = timeout > 0 ? Math.max(1, (timeout - beforeTimeout) / 1000) : Number.POSITIVE_INFINITY;
    const seconds = Math.min(interpreter.rehearsalSeconds, longest);
    dispatch({ type: 'rehearsed', rehearsal: openRehearsal(submission, rehearsed, Date.now(), seconds), now: Date.now() });
  }
}

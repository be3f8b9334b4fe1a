import type { CatalogKeeper } from '../engine/catalog-keeper.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import { readStartupFiles } from '../engine/startup-files.ts';
import { maskSecrets } from '../sql/mask-secrets.ts';
import { errorOffset, type Failure, findFix } from './fix-finder.ts';
import type { Memory } from './memory.ts';
import type { Message } from './message.ts';
import { pipelineRemark } from './pipeline.ts';
import type { Submission } from './submission.ts';
import type { TransactionKeeper } from './transaction-keeper.ts';
import type { WorkbenchFace } from './workbench-face.ts';

export interface RunnerParts {
  readonly interpreter: Interpreter;
  readonly face: WorkbenchFace;
  readonly catalog: CatalogKeeper;
  readonly transaction: TransactionKeeper;
  readonly memory: Memory;
  dispatch(message: Message): void;
}

export interface RunEnd {
  /** \q was met. */
  readonly isQuit: boolean;
  readonly isOk: boolean;
}

/** Sends what was submitted to the engine and tells how it ended. */
export class Runner {
  readonly #parts: RunnerParts;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  async run(submission: Submission): Promise<RunEnd> {
    const { interpreter, face, catalog, transaction, dispatch } = this.#parts;
    if (submission.isWhole !== true && (submission.mode === 'input' || submission.text.trim() !== '')) this.remember(submission.text);
    await catalog.settled();
    await transaction.settled();
    const { text, mode, isWhole } = submission;
    const result = isWhole === true ? await interpreter.runWhole(text) : await interpreter.runText(text, { runRest: mode === 'statement' });
    this.#tellPipeline();
    const left = interpreter.queryBuffer.trimEnd();
    interpreter.clearBuffer();
    const failure = face.takeError();
    const errorAt = failure && errorOffset(submission, failure);
    await transaction.follow();
    dispatch({ type: 'run-ended', outcome: { failed: result.failed, errorAt, left }, now: Date.now() });
    if (failure !== undefined && errorAt !== undefined) void this.#offerFix(submission, failure, errorAt);
    return { isQuit: result.quit, isOk: !result.failed };
  }

  /** False: it failed, or the server rolled back: that must be seen before anything ends. */
  async commit(): Promise<boolean> {
    const { interpreter, face, catalog, transaction } = this.#parts;
    await catalog.settled();
    await transaction.settled();
    const result = await interpreter.runText('COMMIT;', { runRest: true });
    face.takeError();
    return !result.failed && interpreter.session?.status === 'idle';
  }

  /** .psqlrc and its kin, before anything typed runs. */
  async startUp(): Promise<void> {
    const { interpreter, face } = this.#parts;
    await readStartupFiles(interpreter);
    face.takeError();
    interpreter.clearBuffer();
  }

  /** The rest of the rows is not wanted. Inside a transaction a cancel would fail it: there they are read and dropped. */
  stopReading(): void {
    const { interpreter } = this.#parts;
    if (interpreter.session?.status === 'idle') void interpreter.cancel();
  }

  #tellPipeline(): void {
    const { interpreter, dispatch } = this.#parts;
    const { pipeline } = interpreter;
    dispatch({ type: 'pipeline', pipeline });
    if (pipeline !== undefined) dispatch({ type: 'said', severity: 'info', text: pipelineRemark(pipeline), now: Date.now() });
  }

  /** Looked for when the error is on the screen already. */
  async #offerFix(submission: Submission, failure: Failure, at: number): Promise<void> {
    const fix = await findFix(submission, failure, at, this.#parts.catalog);
    if (fix !== undefined) this.#parts.dispatch({ type: 'fix-found', error: failure.error, fix });
  }

  /** In the history, its secrets masked. */
  remember(text: string): void {
    const masked = maskSecrets(text.trim());
    this.#parts.dispatch({ type: 'remembered', text: masked });
    this.#parts.memory.remember(masked);
  }
}

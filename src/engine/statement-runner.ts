import type { CopyStream, SendMode, WatchRun } from '../commands/control-context.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { ServerError } from '../result/server-error.ts';
import type { ServerEvent } from '../result/server-event.ts';
import type { StatementRequest } from '../server/session.ts';
import { quoteSlashArgument } from '../sql/quote.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import type { Untrusted } from '../text/untrusted.ts';
import { visibleForTerminal } from '../text/visible.ts';
import { CopyTarget, feedCopy } from './copy-data.ts';
import type { EngineState } from './engine-state.ts';
import { GOutput } from './g-output.ts';
import { KeptRows } from './kept-rows.ts';
import { applyLastResult } from './last-result.ts';
import { needsMeasuring } from './print-result.ts';
import { ResultPrinter } from './result-printer.ts';
import { setErrorVariables, setSuccessVariables } from './result-variables.ts';
import { makeRowStore } from './row-store-factory.ts';
import { tellTiming } from './timing.ts';

export interface RunOptions {
  readonly watch?: WatchRun;
  /** \copy's end of the data. */
  readonly copy?: { readonly stream: CopyStream };
}

/** A result the server has finished and we have not shown: psql looks one result ahead, so that the last one is known as such. */
interface Finished {
  readonly rows: KeptRows | undefined;
  readonly tag: Untrusted | undefined;
  readonly isCopyShown: boolean;
  /** It had columns, be its rows printed already or not. */
  readonly isTable: boolean;
}

type Events = AsyncIterator<ServerEvent>;

/** Sends one statement string and deals with its results as psql's SendQuery does. */
export class StatementRunner {
  readonly #state: EngineState;
  readonly #mode: SendMode;
  readonly #options: RunOptions;
  readonly #print: PrintOptions;
  readonly #gOutput: GOutput;
  readonly #printer: ResultPrinter;
  #sql = '';
  #finished: Finished | undefined;
  #rows: KeptRows | undefined;
  #isCopyShown = false;
  #isTable = false;
  #isOk = true;
  #failure: ServerError | undefined;
  #lastTag: Untrusted | undefined;
  #lastRowCount = 0;
  #isSavepointGone = false;
  #copyTarget: CopyTarget | undefined;

  constructor(state: EngineState, mode: SendMode, options: RunOptions = {}) {
    this.#state = state;
    this.#mode = mode;
    this.#options = options;
    this.#print = { ...state.print, ...mode.print, ...(options.watch === undefined ? {} : { title: options.watch.title }) };
    this.#gOutput = new GOutput(mode.target, state);
    this.#printer = new ResultPrinter(state, this.#print, this.#gOutput);
  }

  /** False: the statement, or something about its results, failed. */
  async run(request: StatementRequest): Promise<boolean> {
    const { session } = this.#state;
    if (session === undefined) throw new Error('no session');
    this.#sql = request.sql;
    const toFace = this.#goesToFace;
    if (toFace) {
      const { watch } = this.#options;
      const about = { ...inputOf(request), ...(watch === undefined ? {} : { watch }) };
      await this.#state.emit({ type: 'statement', sql: request.sql, options: this.#print, ...about });
    }
    const started = performance.now();
    let elapsed = 0;
    const events = session.run(request)[Symbol.asyncIterator]();
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      const event = next.value;
      if (event.type === 'ready' || event.type === 'lost') elapsed = performance.now() - started;
      if (toFace) {
        const waiting = this.#state.emit({ type: 'server', event });
        if (waiting !== undefined) await waiting;
      }
      const waiting = this.#take(event, events);
      if (waiting !== undefined) await waiting;
    }
    if (elapsed === 0) elapsed = performance.now() - started;
    if (toFace) await this.#state.emit({ type: 'statement-end', milliseconds: elapsed });
    await this.#gOutput.close();
    // A program's end is waited for after the command tag, as psql does.
    if (this.#copyTarget !== undefined && !(await this.#copyTarget.close(this.#state))) this.#isOk = false;
    if (!this.#isOk && this.#state.settings.echo === 'errors') this.#state.inform(`STATEMENT:  ${request.sql}`);
    if (this.#state.isTiming) await tellTiming(this.#state, elapsed);
    return this.#isOk;
  }

  /** The statement itself ended or replaced ON_ERROR_ROLLBACK's savepoint. */
  get isSavepointGone(): boolean {
    return this.#isSavepointGone;
  }

  /** Shown by the face from the events, not printed by us. */
  get #goesToFace(): boolean {
    const { gset, gexec, crosstab, target } = this.#mode;
    return (
      this.#state.queryOutput === undefined &&
      target === undefined &&
      gset === undefined &&
      gexec !== true &&
      crosstab === undefined &&
      this.#options.copy === undefined
    );
  }

  #take(event: ServerEvent, events: Events): Promise<void> | undefined {
    switch (event.type) {
      case 'rows':
        return this.#takeRows(event.batch, events);
      case 'columns':
        this.#isTable = true;
        this.#rows = this.#goesToFace ? undefined : new KeptRows(event.columns, makeRowStore);
        return undefined;
      case 'notice':
        this.#state.serverMessage(event.notice, this.#sql);
        return undefined;
      case 'notification':
        this.#state.notifications.push(event);
        return undefined;
      case 'complete':
        return this.#complete(event.tag);
      case 'empty':
        return this.#complete(undefined);
      case 'error':
        return this.#fail(event.error);
      case 'copyIn':
        return this.#copyIn();
      case 'copyOut':
        return this.#copyOut(events);
      case 'ready':
        return this.#end();
      case 'lost':
        return this.#lost(event.reason, event.isReplication === true);
      case 'suspended':
      case 'copyData':
      case 'parameter':
        return undefined;
    }
  }

  #takeRows(batch: RowBatch, events: Events): Promise<void> | undefined {
    this.#lastRowCount += batch.rowCount;
    const rows = this.#rows;
    if (rows === undefined) return undefined;
    const waiting = rows.add(batch);
    if (!rows.isLarge) return waiting;
    const { gset, gexec, crosstab } = this.#mode;
    const canStream = gset === undefined && gexec !== true && crosstab === undefined && this.#state.settings.showAllResults;
    return canStream && !needsMeasuring(this.#print) ? this.#printArriving(rows, events) : rows.spill();
  }

  /** Prints a large result while it arrives. What interrupts it is handled as it comes. */
  async #printArriving(rows: KeptRows, events: Events): Promise<void> {
    await this.#showFinished(false);
    const output = await this.#gOutput.open();
    let last: ServerEvent | undefined;
    const take = (event: ServerEvent) => this.#take(event, events);
    async function* arriving(): AsyncGenerator<RowBatch, void, undefined> {
      yield* rows.batches();
      rows.close();
      for (let next = await events.next(); next.done !== true; next = await events.next()) {
        if (next.value.type === 'rows') yield next.value.batch;
        else if (next.value.type === 'notice' || next.value.type === 'notification' || next.value.type === 'parameter')
          await take(next.value);
        else {
          last = next.value;
          return;
        }
      }
    }
    const count = { rows: 0 };
    async function* counted(): AsyncGenerator<RowBatch, void, undefined> {
      for await (const batch of arriving()) {
        count.rows += batch.rowCount;
        yield batch;
      }
    }
    if (output !== undefined && !(await this.#printer.table(output, rows, counted))) this.#isOk = false;
    this.#lastRowCount = count.rows;
    this.#rows = undefined;
    if (last !== undefined) await this.#take(last, events);
  }

  async #complete(tag: Untrusted | undefined): Promise<void> {
    await this.#showFinished(false);
    this.#finished = { rows: this.#rows, tag, isCopyShown: this.#isCopyShown, isTable: this.#isTable };
    this.#isTable = false;
    this.#rows = undefined;
    this.#isCopyShown = false;
    this.#lastTag = tag;
    this.#state.lastRowCount = this.#lastRowCount;
    this.#lastRowCount = 0;
    if (tag !== undefined && /^(?:COMMIT|SAVEPOINT|RELEASE|ROLLBACK)$/.test(tag)) this.#isSavepointGone = true;
    this.#failure = undefined;
  }

  async #fail(error: ServerError): Promise<void> {
    await this.#showFinished(false);
    this.#rows?.close();
    this.#rows = undefined;
    this.#isTable = false;
    this.#isOk = false;
    this.#failure = error;
    this.#state.lastError = { error, sql: this.#sql };
    this.#state.serverMessage(error, this.#sql);
    if (this.#options.watch === undefined) setErrorVariables(this.#state.variables, error);
  }

  async #end(): Promise<void> {
    await this.#showFinished(true);
    // \watch leaves the variables alone.
    if (this.#failure === undefined && this.#options.watch === undefined)
      setSuccessVariables(this.#state.variables, this.#lastTag, this.#isOk);
  }

  async #lost(reason: Untrusted, isReplication: boolean): Promise<void> {
    await this.#showFinished(true);
    this.#isOk = false;
    this.#state.connectionLost(reason, isReplication);
  }

  async #showFinished(isLast: boolean): Promise<void> {
    const finished = this.#finished;
    this.#finished = undefined;
    if (finished === undefined) return;
    const { rows, tag } = finished;
    if (!isLast && !this.#state.settings.showAllResults) {
      rows?.close();
      return;
    }
    if (rows !== undefined) {
      let used = isLast ? await applyLastResult(this.#state, this.#mode, rows, this.#sql) : undefined;
      if (used === undefined) used = await this.#printer.rows(rows);
      if (!used) this.#isOk = false;
      rows.close();
    }
    if (tag !== undefined && !finished.isCopyShown && !this.#goesToFace) await this.#printer.status(tag, finished.isTable);
  }

  async #copyIn(): Promise<void> {
    await this.#showFinished(false);
    const { session } = this.#state;
    if (session === undefined) return;
    if (!(await feedCopy(this.#state, session, this.#options.copy?.stream ?? { type: 'inline' }))) this.#isOk = false;
  }

  async #copyOut(events: Events): Promise<void> {
    await this.#showFinished(false);
    await this.#copyTarget?.close(this.#state);
    const target = await CopyTarget.open(this.#state, this.#gOutput, this.#options.copy?.stream);
    this.#copyTarget = target;
    if (target === undefined && !this.#goesToFace) this.#isOk = false;
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      const event = next.value;
      if (this.#goesToFace) await this.#state.emit({ type: 'server', event });
      if (event.type === 'copyData') {
        const waiting = target?.sink.write(target.sink.isTerminal ? visibleBytes(event.bytes) : event.bytes);
        if (waiting !== undefined) await waiting;
        continue;
      }
      if (event.type !== 'notice' && event.type !== 'notification' && event.type !== 'parameter') {
        if (target !== undefined && !(await target.finish(this.#state))) this.#isOk = false;
        this.#isCopyShown = target?.isQueryOutput ?? false;
        await this.#take(event, events);
        return;
      }
      await this.#take(event, events);
    }
  }
}

/** What has the statement sent in the same way again. */
function inputOf({ sql, parameters, prepared }: StatementRequest): { readonly input?: string } {
  if (parameters === undefined) return {};
  const values = parameters.map((value) => ` ${quoteSlashArgument(value ?? '')}`).join('');
  if (prepared === undefined) return { input: `${sql} \\bind${values} \\g` };
  return { input: `\\bind_named ${quoteSlashArgument(prepared)}${values} \\g` };
}

/** A terminal must not obey data. */
function visibleBytes(bytes: Buffer): Buffer {
  return encodeLossless(visibleForTerminal(decodeLossless(bytes)));
}

import type { CopyStream, SendMode, WatchRun } from '../commands/control-context.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { ServerError } from '../result/server-error.ts';
import type { ServerEvent } from '../result/server-event.ts';
import type { StatementRequest } from '../server/session.ts';
import { type Untrusted, untrusted } from '../text/untrusted.ts';
import { usesChunks } from './cursor-fetch.ts';
import type { EngineState } from './engine-state.ts';
import { GOutput } from './g-output.ts';
import { KeptRows } from './kept-rows.ts';
import { applyLastResult, type SendGenerated } from './last-result.ts';
import { printArriving } from './print-arriving.ts';
import { needsMeasuring } from './print-result.ts';
import { inputOf, shownText } from './request-of.ts';
import { ResultPrinter } from './result-printer.ts';
import { setErrorVariables, setSuccessVariables } from './result-variables.ts';
import { makeRowStore } from './row-store-factory.ts';
import { StatementCopy } from './statement-copy.ts';
import { tellTiming } from './timing.ts';

export interface RunOptions {
  readonly watch?: WatchRun;
  /** \copy's end of the data. */
  readonly copy?: { readonly stream: CopyStream };
  readonly sendGenerated?: SendGenerated;
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
  readonly #copy: StatementCopy;
  #request: StatementRequest | undefined;
  #isPiped = false;
  #answersRead = 0;
  #finished: Finished | undefined;
  #rows: KeptRows | undefined;
  #isCopyShown = false;
  #isTable = false;
  #isOk = true;
  #lastTag: Untrusted | undefined;
  #lastRowCount = 0;
  #isSavepointGone = false;

  constructor(state: EngineState, mode: SendMode, options: RunOptions = {}) {
    this.#state = state;
    this.#mode = mode;
    this.#options = options;
    this.#print = { ...state.print, ...mode.print, ...(options.watch === undefined ? {} : { title: options.watch.title }) };
    this.#gOutput = new GOutput(mode.target, state);
    this.#printer = new ResultPrinter(state, this.#print, this.#gOutput);
    this.#copy = new StatementCopy(state, this.#gOutput, options.copy?.stream);
  }

  /** False: the statement, or something about its results, failed. */
  async run(request: StatementRequest): Promise<boolean> {
    const { session } = this.#state;
    if (session === undefined) throw new Error('no session');
    const started = performance.now();
    const readyAt = await this.#read(request, session.run(request));
    // The statements that \gexec sends need a session that has nothing left to read.
    if (this.#mode.gexec === true) await this.#end();
    return await this.conclude(request.sql, readyAt - started);
  }

  /** The same for one request of a pipeline after the other, `conclude` last. Undefined: the answer is that of a Sync. */
  async runPiped(request: StatementRequest | undefined, answer: AsyncIterable<ServerEvent>): Promise<void> {
    this.#isPiped = true;
    await this.#read(request, answer);
  }

  /** A request of a pipeline did not run. */
  async skip(): Promise<void> {
    await this.#showFinished(false);
    this.#isOk = false;
    this.#state.inform('Pipeline aborted, command did not run');
    setErrorVariables(this.#state.variables, { code: '', message: '' });
  }

  /** After the last result. `sql` is what a report of failure names. */
  async conclude(sql: string, elapsed: number): Promise<boolean> {
    if (this.#isPiped) await this.#end();
    await this.#gOutput.close();
    // A program's end is waited for after the command tag, as psql does.
    if (!(await this.#copy.close())) this.#isOk = false;
    if (!this.#isOk && this.#state.settings.echo === 'errors') this.#state.inform(`STATEMENT:  ${sql}`);
    if (this.#state.isTiming) await tellTiming(this.#state, elapsed);
    return this.#isOk;
  }

  /** Resolves with when it was over. */
  async #read(request: StatementRequest | undefined, answer: AsyncIterable<ServerEvent>): Promise<number> {
    this.#request = request;
    this.#answersRead++;
    const toFace = this.#goesToFace;
    if (toFace && request !== undefined) {
      const { watch } = this.#options;
      const about = { ...inputOf(request), ...(watch === undefined ? {} : { watch }) };
      await this.#state.emit({ type: 'statement', sql: shownText(request), options: this.#print, ...about });
    }
    const started = performance.now();
    let readyAt: number | undefined;
    const events = answer[Symbol.asyncIterator]();
    try {
      for (let next = await events.next(); next.done !== true; next = await events.next()) {
        const event = next.value;
        if (event.type === 'ready' || event.type === 'lost') readyAt = performance.now();
        if (toFace) {
          const waiting = this.#state.emit({ type: 'server', event });
          if (waiting !== undefined) await waiting;
        }
        const waiting = this.#take(event, events);
        if (waiting !== undefined) await waiting;
      }
    } finally {
      this.#copy.endMeter();
    }
    readyAt ??= performance.now();
    if (toFace && request !== undefined) await this.#state.emit({ type: 'statement-end', milliseconds: readyAt - started });
    return readyAt;
  }

  /** The statement itself ended or replaced ON_ERROR_ROLLBACK's savepoint. */
  get isSavepointGone(): boolean {
    return this.#isSavepointGone;
  }

  /** What the server's positions count in; of a prepared statement it is not known. */
  get #text(): string | undefined {
    return this.#request?.prepared === undefined ? this.#request?.sql : undefined;
  }

  /** Under FETCH_COUNT; in a pipeline libpq hands out only the answer that is read first in chunks. */
  get #isChunked(): boolean {
    return this.#answersRead === 1 && this.#options.watch === undefined && usesChunks(this.#state, this.#mode);
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
        this.#state.serverMessage(event.notice, this.#text);
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
        return this.#copyIn(event.isBinary);
      case 'copyOut':
        return this.#copyOut(events, event.isBinary);
      case 'parsed':
        return this.#request?.prepare === undefined ? undefined : this.#complete(untrusted(''));
      case 'closed':
        return this.#complete(untrusted(''));
      case 'ready':
        if (this.#mode.gexec === true) return undefined;
        return this.#isPiped ? this.#synced() : this.#end();
      case 'lost':
        return this.#lost(event);
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
    if (this.#isChunked) return this.#printArriving(rows, events);
    if (!rows.isLarge) return waiting;
    const { gset, gexec, crosstab } = this.#mode;
    const canStream = gset === undefined && gexec !== true && crosstab === undefined && this.#state.settings.showAllResults;
    return canStream && !needsMeasuring(this.#print) ? this.#printArriving(rows, events) : rows.spill();
  }

  async #printArriving(rows: KeptRows, events: Events): Promise<void> {
    await this.#showFinished(false);
    const output = await this.#gOutput.open();
    const { isPrinted, rowCount, last } = await printArriving(
      rows,
      events,
      (event) => this.#take(event, events),
      async (batches, isCutShort) => {
        if (output === undefined) return false;
        return await (this.#isChunked
          ? this.#printer.chunks(output, rows, batches(), isCutShort)
          : this.#printer.table(output, rows, batches));
      },
    );
    if (!isPrinted) this.#isOk = false;
    this.#lastRowCount = rowCount;
    this.#rows = undefined;
    if (last !== undefined) await this.#take(last, events);
  }

  async #complete(tag: Untrusted | undefined): Promise<void> {
    this.#copy.endMeter();
    await this.#showFinished(false);
    this.#finished = { rows: this.#rows, tag, isCopyShown: this.#isCopyShown, isTable: this.#isTable };
    this.#isTable = false;
    this.#rows = undefined;
    // A tag that is not shown counts no rows for ROW_COUNT either.
    this.#lastTag = this.#isCopyShown ? undefined : tag;
    this.#isCopyShown = false;
    this.#state.lastRowCount = this.#lastRowCount;
    this.#lastRowCount = 0;
    if (tag !== undefined && /^(?:COMMIT|SAVEPOINT|RELEASE|ROLLBACK)$/.test(tag)) this.#isSavepointGone = true;
  }

  async #fail(error: ServerError): Promise<void> {
    await this.#showFinished(false);
    this.#rows?.close();
    this.#rows = undefined;
    this.#isTable = false;
    this.#isOk = false;
    this.#state.lastError = { error, sql: this.#text };
    this.#state.serverMessage(error, this.#text);
    if (this.#state.interrupt.signal.aborted) this.#copy.tellCancelled();
    this.#copy.endMeter();
    if (this.#options.watch === undefined) setErrorVariables(this.#state.variables, error);
  }

  /** A Sync of a pipeline: whatever came before it, what follows counts anew. It is a result too, if one with nothing to show. */
  async #synced(): Promise<void> {
    await this.#showFinished(false);
    this.#isOk = true;
    this.#lastTag = undefined;
  }

  async #end(): Promise<void> {
    await this.#showFinished(true);
    // \watch leaves the variables alone, and so does a result that could not be used.
    if (this.#isOk && this.#options.watch === undefined) setSuccessVariables(this.#state.variables, this.#lastTag);
  }

  async #lost({ reason, givenUp }: Extract<ServerEvent, { type: 'lost' }>): Promise<void> {
    await this.#showFinished(this.#mode.gexec !== true);
    this.#isOk = false;
    this.#state.connectionLost(reason, givenUp);
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
      let used = isLast ? await this.#applyLast(rows) : undefined;
      if (used === undefined) used = await this.#printer.rows(rows);
      if (!used) this.#isOk = false;
      rows.close();
    }
    if (tag !== undefined && !finished.isCopyShown && !this.#goesToFace) await this.#printer.status(tag, finished.isTable);
  }

  #applyLast(rows: KeptRows): Promise<boolean | undefined> {
    return applyLastResult(this.#state, this.#mode, rows, this.#request?.sql ?? '', this.#options.sendGenerated);
  }

  async #copyIn(isBinary: boolean): Promise<void> {
    await this.#showFinished(false);
    const { session } = this.#state;
    if (session === undefined) return;
    if (!(await this.#copy.feed(session, isBinary))) this.#isOk = false;
  }

  async #copyOut(events: Events, isBinary: boolean): Promise<void> {
    await this.#showFinished(false);
    const emit = (event: ServerEvent) => this.#state.emit({ type: 'server', event });
    const take = (event: ServerEvent) => this.#take(event, events);
    const { isOk, isShown, last } = await this.#copy.receive({ events, take, emit: this.#goesToFace ? emit : undefined }, isBinary);
    if (!isOk) this.#isOk = false;
    if (last === undefined) return;
    this.#isCopyShown = isShown;
    await this.#take(last, events);
  }
}

import type { SendMode } from '../commands/control-context.ts';
import type { Portion } from '../print/print-format.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { Column } from '../result/column.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { Session } from '../server/session.ts';
import { isSelectCommand } from '../sql/classify.ts';
import type { EngineState } from './engine-state.ts';
import { GOutput } from './g-output.ts';
import { copyBatch, KeptRows } from './kept-rows.ts';
import { applyLastResult } from './last-result.ts';
import type { OutputSink } from './output-sink.ts';
import { inOnePager, needsMeasuring, printColumns, printTo } from './print-result.ts';
import { setErrorVariables } from './result-variables.ts';
import { makeRowStore } from './row-store-factory.ts';
import { tellTiming } from './timing.ts';

const firstVersionWithChunks = 170_000;

/**
 * Whether FETCH_COUNT has results printed in chunks while they arrive, as psql 17 does in place of the cursor; in a pipeline, which has no
 * cursors, on any server.
 */
export function usesChunks({ settings, session }: EngineState, { gset, gexec, crosstab }: SendMode): boolean {
  if (settings.fetchCount <= 0 || !settings.showAllResults) return false;
  if (gset !== undefined || gexec === true || crosstab !== undefined) return false;
  return session?.pipeline !== undefined || isWithChunks(session);
}

function isWithChunks(session: Session | undefined): boolean {
  return (session?.versionNumber ?? 0) >= firstVersionWithChunks;
}

/** Whether FETCH_COUNT has the statement read through a cursor. What a face shows from events is bounded as it is. */
export function usesCursor(state: EngineState, sql: string, mode: SendMode): boolean {
  if (isWithChunks(state.session)) return false;
  if (state.settings.fetchCount <= 0 || mode.gexec === true || mode.gdesc === true) return false;
  if (mode.crosstab !== undefined || mode.bind !== undefined) return false;
  const isPrinted = state.queryOutput !== undefined || mode.target !== undefined || mode.gset !== undefined;
  return isPrinted && isSelectCommand(sql);
}

interface Fetched {
  readonly columns: readonly Column[];
  readonly batches: readonly RowBatch[];
  readonly rowCount: number;
}

/** Reads a query's rows some at a time (psql's ExecQueryUsingCursor, with its cursor's name). */
export class CursorFetch {
  readonly #state: EngineState;
  readonly #mode: SendMode;
  readonly #print: PrintOptions;
  #sql = '';
  #elapsed = 0;
  #total = 0;
  #hasFailed = false;

  constructor(state: EngineState, mode: SendMode) {
    this.#state = state;
    this.#mode = mode;
    this.#print = { ...state.print, ...mode.print };
  }

  /** False: it failed, and that was said. */
  async run(sql: string): Promise<boolean> {
    const state = this.#state;
    this.#sql = sql;
    const isOwnTransaction = state.session?.status === 'idle';
    let isOk = !isOwnTransaction || (await this.#execute('BEGIN')) !== undefined;
    if (isOk) {
      const declared = await this.#execute(`DECLARE _psql_cursor NO SCROLL CURSOR FOR\n${sql}`);
      // Of several statements the last may have rows: psql then fails without a word.
      isOk = declared !== undefined && declared.columns.length === 0 && (await this.#fetchAll());
      if (!(await this.#close(isOk))) isOk = false;
      if (isOwnTransaction && (await this.#execute(isOk ? 'COMMIT' : 'ROLLBACK')) === undefined) isOk = false;
    }
    if (!isOk && state.settings.echo === 'errors') state.inform(`STATEMENT:  ${sql}`);
    if (state.isTiming) await tellTiming(state, this.#elapsed);
    return isOk;
  }

  /** After a failure only tried: the transaction may be aborted. */
  async #close(isOk: boolean): Promise<boolean> {
    if (isOk) return (await this.#execute('CLOSE _psql_cursor')) !== undefined;
    const { session } = this.#state;
    if (session === undefined) return false;
    for await (const event of session.run({ sql: 'CLOSE _psql_cursor' })) {
      if (event.type === 'lost') this.#state.connectionLost(event.reason);
    }
    return false;
  }

  async #fetchAll(): Promise<boolean> {
    const { variables } = this.#state;
    const { gset } = this.#mode;
    const isOk = gset === undefined ? await this.#printAll() : await this.#store();
    if (!isOk) return false;
    variables.set('ERROR', 'false');
    variables.set('SQLSTATE', '00000');
    variables.set('ROW_COUNT', String(this.#total));
    return true;
  }

  /** \gset: two rows are enough to see that there is more than one. */
  async #store(): Promise<boolean> {
    const fetched = await this.#fetch(2);
    if (fetched === undefined) return false;
    const rows = new KeptRows(fetched.columns, makeRowStore);
    for (const batch of fetched.batches) await rows.add(batch);
    return (await applyLastResult(this.#state, this.#mode, rows, this.#sql)) === true;
  }

  async #printAll(): Promise<boolean> {
    const first = await this.#fetch();
    if (first === undefined) return false;
    const gOutput = new GOutput(this.#mode.target, this.#state);
    const sink = await gOutput.open();
    if (sink === undefined) return false;
    const print = (to: OutputSink) => (needsMeasuring(this.#print) ? this.#printPortions(to, first) : this.#printStream(to, first));
    if (this.#isLast(first, sink)) await print(sink);
    else await inOnePager(sink, this.#print, print);
    await gOutput.close();
    return !this.#hasFailed;
  }

  /** Each portion with widths of its own. */
  async #printPortions(sink: OutputSink, first: Fetched): Promise<void> {
    let rowsBefore = 0;
    for (let fetched: Fetched | undefined = first; fetched !== undefined; ) {
      const { batches, rowCount } = fetched;
      const portion: Portion = { isFirst: rowsBefore === 0, isLast: this.#isLast(fetched, sink), rowsBefore };
      await this.#write(sink, fetched.columns, portion, async function* () {
        yield* batches;
      });
      rowsBefore += rowCount;
      fetched = portion.isLast ? undefined : await this.#fetch();
    }
  }

  /** One table, its rows fetched as it is written. */
  async #printStream(sink: OutputSink, first: Fetched): Promise<void> {
    const hasFailed = (): boolean => this.#hasFailed;
    const portion: Portion = {
      isFirst: true,
      rowsBefore: 0,
      get isLast() {
        return !hasFailed();
      },
    };
    const next = (fetched: Fetched): Promise<Fetched | undefined> | undefined => (this.#isLast(fetched, sink) ? undefined : this.#fetch());
    await this.#write(sink, first.columns, portion, async function* () {
      for (let fetched: Fetched | undefined = first; fetched !== undefined; fetched = await next(fetched)) yield* fetched.batches;
    });
  }

  #isLast({ rowCount }: Fetched, sink: OutputSink): boolean {
    return rowCount < this.#state.settings.fetchCount || this.#state.interrupt.signal.aborted || sink.failure !== undefined;
  }

  async #write(sink: OutputSink, columns: readonly Column[], portion: Portion, batches: () => AsyncIterable<RowBatch>): Promise<void> {
    const { title } = this.#print;
    const table = { columns: printColumns(columns), portion, ...(title === undefined ? {} : { title }) };
    await printTo(sink, table, batches, this.#print, this.#state.surroundings(sink));
    const { log } = this.#state;
    if (log !== undefined && log !== sink && needsMeasuring(this.#print)) {
      await printTo(log, table, batches, this.#print, this.#state.surroundings(log));
    }
  }

  async #fetch(count = this.#state.settings.fetchCount): Promise<Fetched | undefined> {
    const fetched = await this.#execute(`FETCH FORWARD ${count} FROM _psql_cursor`);
    this.#total += fetched?.rowCount ?? 0;
    return fetched;
  }

  /** One statement, its rows kept. undefined: it failed, and that was said. */
  async #execute(sql: string): Promise<Fetched | undefined> {
    const state = this.#state;
    if (state.session === undefined) return undefined;
    const started = performance.now();
    let columns: readonly Column[] = [];
    const batches: RowBatch[] = [];
    let rowCount = 0;
    let isOk = true;
    for await (const event of state.session.run({ sql })) {
      if (event.type === 'columns') columns = event.columns;
      else if (event.type === 'rows') {
        batches.push(copyBatch(event.batch));
        rowCount += event.batch.rowCount;
      } else if (event.type === 'notice') state.serverMessage(event.notice, sql);
      else if (event.type === 'notification') state.notifications.push(event);
      else if (event.type === 'error') {
        isOk = false;
        state.lastError = { error: event.error, sql };
        state.serverMessage(event.error, sql);
        setErrorVariables(state.variables, event.error);
      } else if (event.type === 'lost') {
        isOk = false;
        state.connectionLost(event.reason);
      }
    }
    this.#elapsed += performance.now() - started;
    if (!isOk) this.#hasFailed = true;
    return isOk ? { columns, batches, rowCount } : undefined;
  }
}

import type { Portion } from '../print/print-format.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { RowBatch } from '../result/row-batch.ts';
import { encodeLossless } from '../text/lossless.ts';
import type { Untrusted } from '../text/untrusted.ts';
import type { EngineState } from './engine-state.ts';
import type { GOutput } from './g-output.ts';
import type { KeptRows } from './kept-rows.ts';
import type { OutputSink } from './output-sink.ts';
import { type Chunking, printChunks } from './print-chunks.ts';
import { inOnePager, needsMeasuring, printColumns, printTo } from './print-result.ts';

/** Prints what one statement answers, on the query output and in the session log. */
export class ResultPrinter {
  readonly #state: EngineState;
  readonly #print: PrintOptions;
  readonly #gOutput: GOutput;

  constructor(state: EngineState, print: PrintOptions, gOutput: GOutput) {
    this.#state = state;
    this.#print = print;
    this.#gOutput = gOutput;
  }

  /** False: they could not be printed, and that was said. */
  async rows(rows: KeptRows): Promise<boolean> {
    // Part of a result would look like all of it.
    if (rows.failure !== undefined) {
      this.#state.complain(
        `result of ${rows.rowCount} rows not printed: ${rows.failure}; make room there, name another folder in XDG_CACHE_HOME, or use -A or --csv`,
      );
      return false;
    }
    const output = await this.#gOutput.open();
    return output !== undefined && (await this.table(output, rows, () => rows.batches()));
  }

  /** The same for rows that come from elsewhere, to a sink that is open. */
  async table(sink: OutputSink, rows: KeptRows, batches: () => AsyncIterable<RowBatch>, portion?: Portion): Promise<boolean> {
    if (this.#state.printsNothing) return true;
    const title = this.#print.title;
    const table = { columns: printColumns(rows.columns), ...(title === undefined ? {} : { title }), ...(portion && { portion }) };
    await printTo(sink, table, batches, this.#print, this.#state.surroundings(sink));
    const { log } = this.#state;
    if (log !== undefined && log !== sink) await printTo(log, table, batches, this.#print, this.#state.surroundings(log));
    if (sink.failure === undefined) return true;
    this.#state.complain(`could not print result table: ${sink.failure}`);
    sink.clearFailure();
    return false;
  }

  /** Such rows in chunks of FETCH_COUNT. */
  chunks(sink: OutputSink, rows: KeptRows, batches: AsyncIterable<RowBatch>, isCutShort: () => boolean): Promise<boolean> {
    const { fetchCount: size } = this.#state.settings;
    return inOnePager(sink, this.#print, (output) => {
      const print: Chunking['print'] = (chunk, portion) => this.table(output, rows, chunk, portion);
      return printChunks(batches, { size, isMeasured: needsMeasuring(this.#print), isCutShort, print });
    });
  }

  /** The command tag; of a statement with rows only where it changed some. */
  async status(tag: Untrusted, hasRows: boolean): Promise<void> {
    if (hasRows && !/^(?:INSERT|UPDATE|DELETE)/.test(tag)) return;
    if (this.#state.settings.quiet) return;
    const text = this.#print.format === 'html' ? `<p>${escapeHtml(tag)}</p>\n` : `${tag}\n`;
    await this.#state.sayToOutput(text);
    await this.#state.log?.write(encodeLossless(`${tag}\n`));
    await this.#state.queryOutput?.flush();
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

import type { RowBatch } from '../result/row-batch.ts';
import { nullWidthOf, widen } from './cell-text.ts';
import type { FaceHost } from './face-host.ts';
import { gutter, separator } from './grid-geometry.ts';
import type { ResultTab, RowsContent, RowsState } from './results.ts';

/** Milliseconds between counts on the screen while rows stream. */
const tellEvery = 50;
/** Rows whose widths are looked at as they come; the others are measured when they are shown. */
const measuredAtOnce = 200;
const measuredCells = 8000;

/** Puts the rows of one result into its store and tells the model how many there are, a few times a second. */
export class RowsReader {
  readonly #host: FaceHost;
  readonly #tab: ResultTab;
  readonly #content: RowsContent;
  readonly #since: number;
  readonly #chooses: boolean;
  #cap: number;
  #toldAt = 0;
  #widths: readonly number[];
  #isStopped = false;
  #last: RowsState | undefined;

  /** `chooses`: \x auto, expanded where the rows are wider than the terminal. */
  constructor(host: FaceHost, tab: ResultTab, content: RowsContent, chooses: boolean) {
    this.#host = host;
    this.#tab = tab;
    this.#content = content;
    this.#chooses = chooses;
    this.#cap = host.spoolLimit();
    this.#widths = content.widths;
    this.#since = host.now();
  }

  take(batch: RowBatch): Promise<void> | undefined {
    if (this.#isStopped) return undefined;
    const { store } = this.#content;
    const measured = store.rowCount;
    const wait = store.append(batch);
    if (store.failure !== undefined) {
      this.#isStopped = true;
      this.#last = { type: 'incomplete', reason: store.failure.isFull ? 'the disk is full' : store.failure.message };
    }
    const measurable = Math.min(measuredAtOnce, Math.ceil(measuredCells / Math.max(1, batch.columnCount)));
    if (measured < measurable) this.#measure(batch, measurable - measured);
    const now = this.#host.now();
    if (now - this.#toldAt >= tellEvery) this.#tell(this.#reading(now), now);
    return store.spooledBytes > this.#cap ? this.#pause(wait) : wait;
  }

  end(state: RowsState): void {
    this.#tell(this.#last ?? state, this.#host.now());
  }

  #measure(batch: RowBatch, rows: number): void {
    const widths = widen(this.#widths, batch, rows, 0, batch.columnCount, nullWidthOf(this.#content.nullText));
    if (widths === this.#widths) return;
    this.#widths = widths;
    this.#host.dispatch({ type: 'widths-seen', id: this.#tab.id, widths });
    const width = gutter + widths.reduce((sum, column) => sum + column + separator, 0);
    if (this.#chooses && width > this.#host.columns()) this.#host.dispatch({ type: 'expanded-chosen', id: this.#tab.id });
  }

  #reading(now: number): RowsState {
    const seconds = (now - this.#since) / 1000;
    return { type: 'reading', since: this.#since, rowsPerSecond: seconds > 0.2 ? this.#content.store.rowCount / seconds : 0 };
  }

  #tell(state: RowsState, now: number): void {
    this.#toldAt = now;
    this.#host.dispatch({ type: 'rows-arrived', id: this.#tab.id, rowCount: this.#content.store.rowCount, state });
  }

  /** At the cap reading stands still, and with it the server, until a person says what is to be done. */
  async #pause(wait: Promise<void> | undefined): Promise<void> {
    await wait;
    const { store } = this.#content;
    this.#tell({ type: 'paused' }, this.#host.now());
    if (await this.#host.askToReadOn(store.spooledBytes)) {
      this.#tell(this.#reading(this.#host.now()), this.#host.now());
      this.#cap = store.spooledBytes + this.#host.spoolLimit();
      return;
    }
    this.#isStopped = true;
    this.#last = { type: 'incomplete', reason: 'stopped at the size set for one result' };
    this.#host.stopReading();
  }
}

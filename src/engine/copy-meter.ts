import { amountText, type CopyProgress } from './copy-progress.ts';
import type { EngineState } from './engine-state.ts';

// What is over sooner needs no telling.
const patience = 1000;
const interval = 250;
const newline = 10;

/** Counts a COPY's data and tells the face, until `end`. Only where the face shows it: counting lines takes time. */
export class CopyMeter {
  readonly #state: EngineState;
  readonly #direction: CopyProgress['direction'];
  readonly #since = performance.now();
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;
  #lines: number | undefined;
  #isShown = false;
  totalBytes: number | undefined;

  private constructor(state: EngineState, direction: CopyProgress['direction'], isBinary: boolean) {
    this.#state = state;
    this.#direction = direction;
    this.#lines = isBinary ? undefined : 0;
    this.#timer = setInterval(() => this.#tell(), interval);
  }

  static start(state: EngineState, direction: CopyProgress['direction'], isBinary: boolean): CopyMeter | undefined {
    return state.face.showsProgress === true ? new CopyMeter(state, direction, isBinary) : undefined;
  }

  add(bytes: Buffer): void {
    this.#bytes += bytes.length;
    if (this.#lines === undefined) return;
    let count = 0;
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
    this.#lines += count;
  }

  /** Says how it ended after Ctrl-C: what there is of it, and where. */
  tellCancelled(): void {
    const amount = amountText(this.#progress);
    if (this.#direction === 'in') this.#state.inform(`COPY was cancelled: nothing was copied in (${amount} had been sent)`);
    else this.#state.inform(`COPY was cancelled after ${amount}: what was written is not all`);
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#isShown) void this.#state.emit({ type: 'copy-progress', progress: undefined });
    this.#isShown = false;
  }

  get #progress(): CopyProgress {
    const milliseconds = performance.now() - this.#since;
    return { direction: this.#direction, bytes: this.#bytes, lines: this.#lines, totalBytes: this.totalBytes, milliseconds };
  }

  #tell(): void {
    const progress = this.#progress;
    if (progress.milliseconds < patience) return;
    this.#isShown = true;
    void this.#state.emit({ type: 'copy-progress', progress });
  }
}

import type { EngineState } from './engine-state.ts';
import { openTarget } from './open-target.ts';
import type { OutputSink } from './output-sink.ts';
import { closeOutput } from './shell-variables.ts';

/** The query output of one statement: \g's file or command, opened when the first result needs it, else the common one. */
export class GOutput {
  readonly #target: string | undefined;
  readonly #state: EngineState;
  #sink: OutputSink | undefined;

  constructor(target: string | undefined, state: EngineState) {
    this.#target = target;
    this.#state = state;
  }

  /** undefined: it could not be opened (said why), or results go to the face. */
  async open(): Promise<OutputSink | undefined> {
    if (this.#target === undefined) return this.#state.queryOutput;
    this.#sink ??= await openTarget(this.#target, this.#state);
    return this.#sink;
  }

  get isRedirected(): boolean {
    return this.#target !== undefined;
  }

  async close(): Promise<void> {
    const sink = this.#sink;
    this.#sink = undefined;
    if (sink !== undefined) await closeOutput(this.#state, sink);
  }
}

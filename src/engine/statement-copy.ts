import type { CopyStream } from '../commands/control-context.ts';
import type { ServerEvent } from '../result/server-event.ts';
import type { Session } from '../server/session.ts';
import { feedCopy } from './copy-data.ts';
import { CopyMeter } from './copy-meter.ts';
import { CopyTarget } from './copy-target.ts';
import type { EngineState } from './engine-state.ts';
import type { GOutput } from './g-output.ts';
import { receiveCopy } from './receive-copy.ts';

/** What takes the events of COPY TO that are no data, and, where the face shows the data, those that are. */
export interface CopyReader {
  readonly events: AsyncIterator<ServerEvent>;
  take(event: ServerEvent): Promise<void> | undefined;
  readonly emit: ((event: ServerEvent) => Promise<void> | undefined) | undefined;
}

/** The COPY of a statement: where its data come from or go to, and how far they are. */
export class StatementCopy {
  readonly #state: EngineState;
  readonly #gOutput: GOutput;
  readonly #stream: CopyStream | undefined;
  #target: CopyTarget | undefined;
  #meter: CopyMeter | undefined;

  /** `stream`: \copy's end of the data. */
  constructor(state: EngineState, gOutput: GOutput, stream: CopyStream | undefined) {
    this.#state = state;
    this.#gOutput = gOutput;
    this.#stream = stream;
  }

  /** False: the data could not be read. */
  async feed(session: Session, isBinary: boolean): Promise<boolean> {
    this.#meter = CopyMeter.start(this.#state, 'in', isBinary);
    return await feedCopy({ state: this.#state, session, isBinary, meter: this.#meter }, this.#stream ?? { type: 'inline' });
  }

  /** `last`: the event that ended the data. `isShown`: the data went where results go. */
  async receive(
    reader: CopyReader,
    isBinary: boolean,
  ): Promise<{ readonly isOk: boolean; readonly isShown: boolean; readonly last: ServerEvent | undefined }> {
    await this.#target?.close(this.#state);
    const target = await CopyTarget.open(this.#state, this.#gOutput, this.#stream);
    this.#target = target;
    // Data on a terminal show by themselves how far they are.
    this.#meter = target?.sink.isTerminal === false ? CopyMeter.start(this.#state, 'out', isBinary) : undefined;
    const last = await receiveCopy(target, reader.events, reader.take, this.#meter, reader.emit);
    const isWritten = target === undefined ? reader.emit !== undefined : last === undefined || (await target.finish(this.#state));
    return { isOk: isWritten, isShown: target?.isQueryOutput ?? false, last };
  }

  tellCancelled(): void {
    this.#meter?.tellCancelled();
  }

  endMeter(): void {
    this.#meter?.end();
    this.#meter = undefined;
  }

  /** False: the program that the data went to failed. */
  async close(): Promise<boolean> {
    return this.#target === undefined || (await this.#target.close(this.#state));
  }
}

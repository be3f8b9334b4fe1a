import type { CopyStream } from '../commands/control-context.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { visibleForTerminal } from '../text/visible.ts';
import { reportProgram } from './copy-data.ts';
import type { EngineState } from './engine-state.ts';
import type { GOutput } from './g-output.ts';
import { openCommand } from './open-target.ts';
import { type OutputSink, openFileSink } from './output-sink.ts';

/** Where COPY TO STDOUT's data go. */
export class CopyTarget {
  readonly sink: OutputSink;
  /** The data went where the command tag would: then that is not printed. */
  readonly isQueryOutput: boolean;
  readonly #owns: boolean;
  readonly #command: string | undefined;

  private constructor(sink: OutputSink, isQueryOutput: boolean, owns: boolean, command: string | undefined) {
    this.sink = sink;
    this.isQueryOutput = isQueryOutput;
    this.#owns = owns;
    this.#command = command;
  }

  static async open(state: EngineState, gOutput: GOutput, stream: CopyStream | undefined): Promise<CopyTarget | undefined> {
    switch (stream?.type) {
      case 'file': {
        const sink = openFileSink(stream.path);
        if (typeof sink !== 'string') return new CopyTarget(sink, false, true, undefined);
        state.complain(`${stream.path}: ${sink}`);
        return undefined;
      }
      case 'program':
        await state.queryOutput?.flush();
        return new CopyTarget(await openCommand(stream.command, state), false, true, stream.command);
      case 'standard': {
        const sink = state.face.standardOutput;
        return sink === undefined ? undefined : new CopyTarget(sink, sink === state.queryOutput, false, undefined);
      }
      default: {
        const sink = await gOutput.open();
        return sink === undefined ? undefined : new CopyTarget(sink, !gOutput.isRedirected, false, undefined);
      }
    }
  }

  write(bytes: Buffer): Promise<void> | undefined {
    return this.sink.write(this.sink.isTerminal ? visibleBytes(bytes) : bytes);
  }

  /** All data are written. False: they did not arrive whole, and that was said. */
  async finish(state: EngineState): Promise<boolean> {
    await this.sink.flush();
    const { failure } = this.sink;
    if (failure === undefined) return true;
    state.complain(`could not write COPY data: ${failure}`);
    this.sink.clearFailure();
    return false;
  }

  /** False: the program failed, and that was said. */
  async close(state: EngineState): Promise<boolean> {
    const status = this.#owns ? await this.sink.close() : 0;
    return this.#command === undefined || reportProgram(state, this.#command, status);
  }
}

/** A terminal must not obey data. */
function visibleBytes(bytes: Buffer): Buffer {
  return encodeLossless(visibleForTerminal(decodeLossless(bytes)));
}

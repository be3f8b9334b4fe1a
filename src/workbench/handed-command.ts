import type { CommandSink } from '../engine/command-sink.ts';
import type { OutputSink } from '../engine/output-sink.ts';

/** A command that reads output and has the whole terminal meanwhile: a pager. */
export class HandedCommand implements OutputSink {
  readonly isTerminal = false;
  readonly isCommand = true;
  readonly failure = undefined;
  readonly #command: Promise<CommandSink>;
  readonly #over: Promise<number>;

  /** `start` is called when the terminal is the command's. */
  constructor(handOver: (work: () => Promise<number>) => Promise<number>, start: () => CommandSink) {
    let begun: (command: CommandSink) => void = () => undefined;
    this.#command = new Promise((resolve) => {
      begun = resolve;
    });
    this.#over = handOver(() => {
      const command = start();
      begun(command);
      return command.ended;
    });
  }

  async write(bytes: Buffer): Promise<void> {
    // The bytes are lent; the command may not have begun.
    const copy = Buffer.from(bytes);
    await (await this.#command).write(copy);
  }

  flush(): undefined {
    return undefined;
  }

  clearFailure(): void {
    // A command that reads no further is no failure.
  }

  /** Resolves when the command is over and the screen is the workbench's again. */
  async close(): Promise<number> {
    await (await this.#command).close();
    return await this.#over;
  }
}

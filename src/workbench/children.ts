import { CommandSink } from '../engine/command-sink.ts';
import type { ChildRequest } from '../engine/output-event.ts';
import type { OutputSink } from '../engine/output-sink.ts';
import { childEnvironment, runCaptured, runOnTerminal } from '../system/children.ts';
import { decodeLossless } from '../text/lossless.ts';
import { HandedCommand } from './handed-command.ts';
import { isInteractive } from './interactive-programs.ts';
import type { Severity } from './log.ts';
import type { TerminalPort } from './terminal-port.ts';

/** Other programs: on the whole terminal, or with what they write in the messages. */
export class Children {
  readonly #terminal: TerminalPort;
  readonly #say: (severity: Severity, text: string) => void;

  constructor(terminal: TerminalPort, say: (severity: Severity, text: string) => void) {
    this.#terminal = terminal;
    this.#say = say;
  }

  async run({ command, needsTerminal }: ChildRequest): Promise<number> {
    if (needsTerminal || isInteractive(command)) return await this.#terminal.handOver(() => runOnTerminal(command));
    const { status, stdout, stderr } = await runCaptured(command);
    this.#say('info', decodeLossless(stdout));
    this.#say('warning', decodeLossless(stderr));
    return status;
  }

  /** A command that reads output. */
  openCommand(command: string): OutputSink {
    const environment = childEnvironment();
    if (!isInteractive(command)) return new CommandSink(command, environment, (text) => this.#say('info', decodeLossless(text)));
    return new HandedCommand(
      (work) => this.#terminal.handOver(work),
      () => new CommandSink(command, environment),
    );
  }
}

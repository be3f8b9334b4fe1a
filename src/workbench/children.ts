import { CommandSink } from '../engine/command-sink.ts';
import type { ChildRequest } from '../engine/output-event.ts';
import type { OutputSink } from '../engine/output-sink.ts';
import { childEnvironment, runCaptured, runOnTerminal } from '../system/children.ts';
import { decodeLossless } from '../text/lossless.ts';
import { HandedCommand } from './handed-command.ts';
import { isInteractive } from './interactive-programs.ts';
import type { Severity } from './log.ts';
import type { TerminalPort } from './terminal-port.ts';

/** What a program that was killed may have left on: its scroll region, its screen, the mouse, keys of its own, colours. */
const leftByKilled = '\x1b[r\x1b[?1049l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1l\x1b>\x1b[0m';

/** Other programs: on the whole terminal, or with what they write in the messages. */
export class Children {
  readonly #terminal: TerminalPort;
  readonly #say: (severity: Severity, text: string) => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(terminal: TerminalPort, say: (severity: Severity, text: string) => void) {
    this.#terminal = terminal;
    this.#say = say;
  }

  async run({ command, needsTerminal }: ChildRequest): Promise<number> {
    if (needsTerminal || isInteractive(command)) return await this.#handOver(() => this.#runHere(command));
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
      (work) => this.#handOver(work),
      () => new CommandSink(command, environment),
    );
  }

  async #runHere(command: string): Promise<number> {
    const status = await runOnTerminal(command);
    if (status > 128) this.#terminal.write(leftByKilled);
    return status;
  }

  /** The terminal is one program's at a time: a statement's may come while the editor has it. */
  #handOver(work: () => Promise<number>): Promise<number> {
    const turn = this.#last.then(() => this.#terminal.handOver(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { ChildRequest, Face, OutputEvent, Question } from '../engine/output-event.ts';
import { DescriptorSink, type OutputSink } from '../engine/output-sink.ts';
import { shellCommand } from '../sql/quote.ts';
import { encodeLossless } from '../text/lossless.ts';
import { visibleForTerminal } from '../text/visible.ts';
import { ProgressLine } from './progress-line.ts';
import { readAnswer, readScriptedAnswer } from './read-answer.ts';

const standardError = 2;

/** psql's output: text and results on standard output, messages on standard error, in the order they happen. */
export class BatchFace implements Face {
  readonly isInteractive = false;
  readonly standardOutput: OutputSink;
  readonly #columns: number;
  readonly #progress = new ProgressLine();

  /** `output`: what stands for standard output where that is more than a descriptor. */
  constructor(columns: string | undefined, output?: OutputSink) {
    this.standardOutput = output ?? new DescriptorSink(1, { isTerminal: isatty(1), onBroken: endByBrokenPipe });
    this.#columns = Number.parseInt(columns ?? '', 10) || (isatty(1) ? (process.stdout.columns ?? 0) : 0);
  }

  get showsProgress(): boolean {
    return this.#progress.isWanted;
  }

  emit(event: OutputEvent): undefined {
    // Everything else is printed by the engine: this face has a standard output.
    if (event.type === 'copy-progress') this.#progress.show(event.progress);
    if (event.type !== 'message') return;
    this.#progress.erase();
    writeError(event.text);
  }

  async ask(question: Question): Promise<string | undefined> {
    if (question.type === 'copy-data') return undefined;
    void this.standardOutput.flush();
    if (question.type === 'secret' || question.isScripted !== true) return await readAnswer(question.prompt, question.type === 'secret');
    await this.standardOutput.write(Buffer.from(question.prompt));
    void this.standardOutput.flush();
    return readScriptedAnswer();
  }

  async child({ command }: ChildRequest): Promise<number> {
    void this.standardOutput.flush();
    const { runOnTerminal } = await import('../system/children.ts');
    return await runOnTerminal(command === '' ? (process.env.SHELL ?? '/bin/sh') : shellCommand(command));
  }

  terminalColumns(): number {
    return this.#columns;
  }
}

/** Writes to standard error at once; what cannot be written there is lost. */
export function writeError(text: string): void {
  const bytes = encodeLossless(isatty(standardError) ? visibleForTerminal(text) : text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(standardError, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}

/** Nobody reads any more: the end that the signal has for psql, status 141 to a shell. */
function endByBrokenPipe(): never {
  process.removeAllListeners('SIGPIPE');
  process.kill(process.pid, 'SIGPIPE');
  process.exit(141);
}

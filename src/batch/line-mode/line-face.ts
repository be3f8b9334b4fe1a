import type { ChildRequest, Face, OutputEvent, Question } from '../../engine/output-event.ts';
import type { OutputSink } from '../../engine/output-sink.ts';
import { runOnTerminal } from '../../system/children.ts';
import { visible, visibleForTerminal } from '../../text/visible.ts';
import { writeError } from '../batch-face.ts';
import { ProgressLine } from '../progress-line.ts';
import { readAnswer } from '../read-answer.ts';
import type { LineReader } from './line-reader.ts';
import { TerminalSink } from './terminal-sink.ts';

export interface LineFaceOptions {
  readonly reader: () => LineReader;
  /** PROMPT3 expanded. */
  readonly copyPrompt: () => string;
  readonly isQuiet: () => boolean;
  readonly past: () => readonly string[];
  readonly sessionChanged: (event: Extract<OutputEvent, { type: 'session' }>) => void;
}

/** The line mode's output: as the batch face's, with a person who can be asked. */
export class LineFace implements Face {
  readonly isInteractive = true;
  readonly standardOutput: OutputSink;
  readonly #options: LineFaceOptions;
  readonly #progress = new ProgressLine();

  constructor(options: LineFaceOptions) {
    this.#options = options;
    this.standardOutput = new TerminalSink(() => ({ rows: process.stdout.rows || 24, columns: this.terminalColumns() }));
  }

  get showsProgress(): boolean {
    return this.#progress.isWanted;
  }

  emit(event: OutputEvent): undefined {
    if (event.type === 'copy-progress') this.#progress.show(event.progress);
    if (event.type === 'message') {
      this.#progress.erase();
      writeError(event.text);
    }
    if (event.type === 'session') this.#options.sessionChanged(event);
  }

  async ask(question: Question): Promise<string | undefined> {
    void this.standardOutput.flush();
    if (question.type === 'copy-data') return await this.#copyData();
    if (question.type === 'secret') return await readAnswer(visible(question.prompt), true);
    const typed = await this.#options.reader().read(visibleForTerminal(question.prompt), true);
    return typed.type === 'line' ? typed.text : undefined;
  }

  async child({ command }: ChildRequest): Promise<number> {
    void this.standardOutput.flush();
    return await runOnTerminal(command === '' ? (process.env.SHELL ?? '/bin/sh') : command);
  }

  async history(): Promise<readonly string[]> {
    return this.#options.past();
  }

  terminalColumns(): number {
    return Number.parseInt(process.env.COLUMNS ?? '', 10) || process.stdout.columns || 0;
  }

  /** Lines up to `\.` or Ctrl-D; undefined after Ctrl-C. */
  async #copyData(): Promise<string | undefined> {
    const { reader, copyPrompt, isQuiet } = this.#options;
    if (!isQuiet()) {
      void this.standardOutput.write(
        Buffer.from(
          'Enter data to be copied followed by a newline.\nEnd with a backslash and a period on a line by itself, or an EOF signal.\n',
        ),
      );
    }
    void this.standardOutput.flush();
    const lines: string[] = [];
    for (;;) {
      const typed = await reader().read(copyPrompt(), true);
      if (typed.type === 'interrupt') return undefined;
      if (typed.type === 'end' || typed.text === '\\.') return lines.map((line) => `${line}\n`).join('');
      lines.push(typed.text);
    }
  }
}

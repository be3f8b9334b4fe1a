import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { suspend } from '../../system/suspend.ts';
import { KeyPieces } from './key-pieces.ts';
import type { LineCompleter, LineReader, PastLines, TypedLine } from './line-reader.ts';

export interface EditingReaderOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly past: PastLines;
  readonly complete: LineCompleter;
}

/** Lines edited with node:readline: history, completion, Emacs keys. */
export class EditingReader implements LineReader {
  readonly #options: EditingReaderOptions;
  readonly #keys: KeyPieces;

  constructor(options: EditingReaderOptions) {
    this.#options = options;
    this.#keys = new KeyPieces(options.input);
    // Some terminals do not tell their size; readline would list one candidate a line.
    if (!options.output.columns) options.output.columns = 80;
  }

  read(prompt: string, isData = false): Promise<TypedLine> {
    const { output, past, complete } = this.#options;
    // Only the last line of a prompt belongs to the line that is edited.
    const cut = prompt.lastIndexOf('\n') + 1;
    output.write(prompt.slice(0, cut));
    const input = this.#keys.open();
    const reader = createInterface({
      input,
      output,
      terminal: true,
      prompt: prompt.slice(cut),
      historySize: isData ? 0 : Number.MAX_SAFE_INTEGER,
      history: isData ? [] : [...past()].reverse(),
      ...(isData ? {} : { completer: completer(complete) }),
    });
    return new Promise((resolve) => {
      let isSettled = false;
      const settle = (typed: TypedLine): void => {
        if (isSettled) return;
        isSettled = true;
        this.#keys.close();
        reader.close();
        resolve(typed);
      };
      // A recalled entry of several lines has carriage returns between them.
      reader.on('line', (text) => settle({ type: 'line', text: text.replaceAll('\r', '\n') }));
      reader.on('SIGINT', () => {
        output.write('^C\n');
        settle({ type: 'interrupt' });
      });
      reader.on('SIGTSTP', () => void this.#suspend(() => reader.prompt(true)));
      reader.on('close', () => settle({ type: 'end' }));
      reader.prompt();
    });
  }

  close(): void {
    this.#keys.close();
  }

  /** Ctrl-Z: the shell gets its terminal back, and afterwards the line is drawn again. */
  async #suspend(draw: () => void): Promise<void> {
    const { input } = this.#options;
    input.setRawMode(false);
    await suspend();
    input.setRawMode(true);
    draw();
  }
}

type Answer = (error: null, result: [string[], string]) => void;

function completer(complete: LineCompleter) {
  return (line: string, answer: Answer): void => {
    complete(line).then(
      ([candidates, replaced]) => answer(null, [candidates, replaced]),
      // A completion that fails offers nothing.
      () => answer(null, [[], line]),
    );
  };
}

import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { PrintOptions } from '../print/print-options.ts';
import { systemErrorText } from './system-error.ts';

/** When a pager shows what does not fit the screen: \pset pager and pager_min_lines. */
export interface Paging {
  readonly pager: PrintOptions['pager'];
  readonly pagerMinLines: number;
  /** Tables are paged where they are too wide, too. */
  readonly isTable: boolean;
  /** Another pager than the usual one. */
  readonly command?: string;
}

/** Where query output goes: standard output, a file, a command's standard input. Buffered as stdio does; order with other outputs is the caller's, by `flush`. */
export interface OutputSink {
  /** A terminal gets visible text, everything else the exact bytes. */
  readonly isTerminal: boolean;
  /** A command reads it, and `close` resolves with the command's exit status. */
  readonly isCommand?: true;
  /** Why writing failed, in the system's words (`No space left on device`); the first failure stays. */
  readonly failure: string | undefined;
  /** Of a command: resolves when it has ended, and nothing that is written is seen any more. */
  readonly ended?: Promise<unknown>;
  write(bytes: Buffer): Promise<void> | undefined;
  flush(): Promise<void> | undefined;
  /** Forgets the failure, as clearerr does. */
  clearFailure(): void;
  /** A terminal's: a sink for one table or text, closed when that is written; undefined: without a pager. */
  paged?(paging: Paging): OutputSink | undefined;
  /** Resolves with the exit status of a command, else 0. */
  close(): Promise<number>;
}

// Bytes collected before the system is asked to write: few calls, little memory.
const blockSize = 256 * 1024;

/** A file descriptor, written synchronously: what two descriptors of one pipe get keeps its order. */
export class DescriptorSink implements OutputSink {
  readonly isTerminal: boolean;
  failure: string | undefined;
  readonly #descriptor: number;
  readonly #ownsDescriptor: boolean;
  readonly #onBroken: (() => void) | undefined;
  #block = Buffer.allocUnsafe(blockSize);
  #used = 0;

  /** `onBroken`: called when the reader of the pipe is gone (EPIPE); without it that is a failure as any other. */
  constructor(
    descriptor: number,
    options: { readonly isTerminal?: boolean; readonly owns?: boolean; readonly onBroken?: () => void } = {},
  ) {
    this.#descriptor = descriptor;
    this.isTerminal = options.isTerminal ?? false;
    this.#ownsDescriptor = options.owns ?? false;
    this.#onBroken = options.onBroken;
  }

  write(bytes: Buffer): undefined {
    if (bytes.length > blockSize - this.#used) {
      this.flush();
      if (bytes.length >= blockSize) {
        this.#writeOut(bytes, bytes.length);
        return;
      }
    }
    bytes.copy(this.#block, this.#used);
    this.#used += bytes.length;
    if (this.isTerminal && bytes.includes(10)) this.flush();
  }

  flush(): undefined {
    const length = this.#used;
    this.#used = 0;
    if (length > 0) this.#writeOut(this.#block, length);
  }

  clearFailure(): void {
    this.failure = undefined;
  }

  async close(): Promise<number> {
    this.flush();
    if (this.#ownsDescriptor) closeSync(this.#descriptor);
    return 0;
  }

  #writeOut(bytes: Buffer, length: number): void {
    let written = 0;
    while (written < length) {
      try {
        written += writeSync(this.#descriptor, bytes, written, length - written);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // A pipe that somebody else made non-blocking: wait a little for its reader.
        if (code === 'EAGAIN') Atomics.wait(pause, 0, 0, 2);
        else {
          if (code === 'EPIPE') this.#onBroken?.();
          this.failure ??= systemErrorText(error);
          return;
        }
      }
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Opens a file for output, as fopen(…, "w") does. A text: why not, in the system's words. */
export function openFileSink(path: string): OutputSink | string {
  try {
    const descriptor = openSync(path, 'w', 0o666);
    return new DescriptorSink(descriptor, { owns: true, isTerminal: fstatSync(descriptor).isCharacterDevice() && path !== '/dev/null' });
  } catch (error) {
    return systemErrorText(error);
  }
}

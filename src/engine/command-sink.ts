import { spawn } from 'node:child_process';
import { shellCommand } from '../sql/quote.ts';
import { statusOf } from '../system/children.ts';
import type { OutputSink } from './output-sink.ts';
import { systemErrorText } from './system-error.ts';

const brokenPipe = systemErrorText({ code: 'EPIPE' });

/** A shell command that reads what is written: popen(…, "w"). */
export class CommandSink implements OutputSink {
  readonly isTerminal = false;
  readonly isCommand = true;
  failure: string | undefined;
  /** With the exit status. */
  readonly ended: Promise<number>;
  readonly #child;

  /** `told`: gets what the command itself writes; without it that goes where our own output goes. */
  constructor(command: string, environment: Readonly<Record<string, string | undefined>>, told?: (text: Buffer) => void) {
    const own = told === undefined ? 'inherit' : 'pipe';
    this.#child = spawn('/bin/sh', ['-c', shellCommand(command)], { argv0: 'sh', stdio: ['pipe', own, own], env: { ...environment } });
    if (told !== undefined) for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', told);
    this.ended = statusOf(this.#child);
    // Told of by the writes.
    this.#child.stdin?.on('error', () => undefined);
  }

  write(bytes: Buffer): Promise<void> | undefined {
    const { stdin } = this.#child;
    if (stdin?.writable !== true) {
      this.failure ??= brokenPipe;
      return undefined;
    }
    if (stdin.write(Buffer.from(bytes), this.#written)) return undefined;
    return new Promise((resolve) => {
      const settle = (): void => {
        stdin.off('drain', settle);
        stdin.off('close', settle);
        resolve();
      };
      stdin.once('drain', settle);
      stdin.once('close', settle);
    });
  }

  /** Resolves when the command's pipe has taken everything, or does no more. */
  flush(): Promise<void> | undefined {
    const { stdin } = this.#child;
    if (stdin?.writable !== true || stdin.writableLength === 0) return undefined;
    return new Promise((resolve) => stdin.write('', () => resolve()));
  }

  clearFailure(): void {
    this.failure = undefined;
  }

  readonly #written = (error: Error | null | undefined): void => {
    if (error) this.failure ??= brokenPipe;
  };

  close(): Promise<number> {
    this.#child.stdin?.end();
    return this.ended;
  }
}

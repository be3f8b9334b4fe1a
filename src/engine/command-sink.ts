import { spawn } from 'node:child_process';
import { shellCommand } from '../sql/quote.ts';
import { statusOf } from '../system/children.ts';
import type { OutputSink } from './output-sink.ts';

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
    // A command that reads no further is no error of ours: psql ignores the signal too.
    this.#child.stdin?.on('error', () => undefined);
  }

  write(bytes: Buffer): Promise<void> | undefined {
    const { stdin } = this.#child;
    if (stdin?.writable !== true || stdin.write(Buffer.from(bytes))) return undefined;
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

  flush(): undefined {
    return undefined;
  }

  clearFailure(): void {
    this.failure = undefined;
  }

  close(): Promise<number> {
    this.#child.stdin?.end();
    return this.ended;
  }
}

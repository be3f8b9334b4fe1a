import { read } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { LineReader, TypedLine } from './line-reader.ts';

const newline = 10;
/** Milliseconds. */
const pause = 20;

/**
 * Lines as the terminal itself edits them, for dumb terminals and -n: nothing is written but the prompt. Read from the descriptor, since a
 * stream would not go on after Ctrl-D.
 */
export class PlainReader implements LineReader {
  readonly #descriptor: number;
  readonly #write: (text: string) => void;
  #bytes = Buffer.alloc(0);
  #reading: Promise<number> | undefined;
  readonly #block = Buffer.alloc(4096);

  constructor(descriptor: number, write: (text: string) => void) {
    this.#descriptor = descriptor;
    this.#write = write;
  }

  async read(prompt: string): Promise<TypedLine> {
    this.#write(prompt);
    const stop = Promise.withResolvers<'interrupt'>();
    const interrupt = (): void => stop.resolve('interrupt');
    process.on('SIGINT', interrupt);
    try {
      for (;;) {
        const end = this.#bytes.indexOf(newline);
        if (end >= 0) return { type: 'line', text: this.#take(end + 1).slice(0, -1) };
        const count = await Promise.race([this.#more(), stop.promise]);
        if (count === 'interrupt') {
          this.#write('\n');
          return { type: 'interrupt' };
        }
        if (count === 0) return this.#bytes.length > 0 ? { type: 'line', text: this.#take(this.#bytes.length) } : { type: 'end' };
      }
    } finally {
      process.off('SIGINT', interrupt);
    }
  }

  close(): void {}

  /** One read at a time: one that an interrupt has overtaken serves the next line. */
  #more(): Promise<number> {
    this.#reading ??= this.#readBlock().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** What imports node:process opens standard input, which then no longer waits: nothing typed yet is no end. */
  async #readBlock(): Promise<number> {
    for (;;) {
      const count = await this.#readOnce();
      if (count !== undefined) return count;
      await setTimeout(pause);
    }
  }

  /** Bytes read, none at the end; undefined: nothing is there yet. */
  #readOnce(): Promise<number | undefined> {
    return new Promise((resolve) => {
      read(this.#descriptor, this.#block, 0, this.#block.length, null, (error, count) => {
        if (error === null) this.#bytes = Buffer.concat([this.#bytes, this.#block.subarray(0, count)]);
        resolve(error === null ? count : error.code === 'EAGAIN' ? undefined : 0);
      });
    });
  }

  #take(length: number): string {
    const text = this.#bytes.toString('utf8', 0, length);
    this.#bytes = this.#bytes.subarray(length);
    return text;
  }
}

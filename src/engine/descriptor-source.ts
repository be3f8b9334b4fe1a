import { closeSync, readSync } from 'node:fs';
import { decodeLossless } from '../text/lossless.ts';
import type { InputSource } from './input-source.ts';

// Reads are synchronous: all sources share the space.
const space = Buffer.allocUnsafe(64 * 1024);
const newline = 10;
const piece = 1023;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Lines of a file descriptor, read synchronously block by block: nothing but what is needed is taken ahead, and a script on
 * standard input runs as far as it has arrived.
 */
export class DescriptorSource implements InputSource {
  readonly name: string | undefined;
  readonly #descriptor: number;
  readonly #owns: boolean;
  readonly #isExact: boolean;
  #block: Buffer = Buffer.alloc(0);
  #at = 0;
  #ended = false;
  #isClosed = false;

  /** `isExact`: zero bytes are data as others; without it they do to a line what they do to psql's. */
  constructor(descriptor: number, name: string | undefined, owns: boolean, isExact = false) {
    this.#descriptor = descriptor;
    this.name = name;
    this.#owns = owns;
    this.#isExact = isExact;
  }

  async readLine(): Promise<string | undefined> {
    const bytes = this.readRawLine();
    if (bytes === undefined) return undefined;
    return decodeLossless(bytes, 0, bytes.at(-1) === newline ? bytes.length - 1 : bytes.length);
  }

  /** With a zero byte in it, psql loses the rest of the piece that it has read, the newline too, and goes on with the next line. */
  readRawLine(): Buffer | undefined {
    let line = this.#nextLine();
    if (this.#isExact || line?.includes(0) !== true) return line;
    const parts: Buffer[] = [];
    for (; line !== undefined; line = this.#nextLine()) {
      parts.push(...untilZeros(line));
      if (parts.at(-1)?.at(-1) === newline) break;
    }
    return parts.length === 0 ? undefined : Buffer.concat(parts);
  }

  #nextLine(): Buffer | undefined {
    const parts: Buffer[] = [];
    for (;;) {
      if (this.#at >= this.#block.length && !this.#fill()) return parts.length === 0 ? undefined : Buffer.concat(parts);
      const found = this.#block.indexOf(newline, this.#at);
      const end = found < 0 ? this.#block.length : found + 1;
      const part = this.#block.subarray(this.#at, end);
      this.#at = end;
      if (found >= 0) return parts.length === 0 ? part : Buffer.concat([...parts, part]);
      parts.push(part);
    }
  }

  /** What is at hand, or comes next. */
  readBlock(): Buffer | undefined {
    if (!this.hasMore()) return undefined;
    const block = this.#block.subarray(this.#at);
    this.#at = this.#block.length;
    return block;
  }

  /** At most so many bytes, none beyond a newline: fgets. */
  readUpTo(limit: number): Buffer | undefined {
    if (this.#at >= this.#block.length && !this.#fill()) return undefined;
    const start = this.#at;
    const found = this.#block.indexOf(newline, start);
    this.#at = Math.min(start + limit, found < 0 ? this.#block.length : found + 1);
    return this.#block.subarray(start, this.#at);
  }

  /** Whether there is anything left; waits until there is or the end has come. */
  hasMore(): boolean {
    return this.#at < this.#block.length || this.#fill();
  }

  close(): void {
    if (!this.#owns) return;
    if (!this.#isClosed) closeSync(this.#descriptor);
    this.#isClosed = true;
    this.#ended = true;
  }

  #fill(): boolean {
    if (this.#ended) return false;
    const length = readBlocking(this.#descriptor);
    if (length === 0) {
      this.#ended = true;
      return false;
    }
    this.#block = Buffer.from(space.subarray(0, length));
    this.#at = 0;
    return true;
  }
}

/** What all that read standard input share: what one of them took ahead is the next one's. */
export const standardInput = new DescriptorSource(0, undefined, false);

/** Standard input as a script: named for messages where -f asks for it. */
export function standardInputScript(name?: string): InputSource {
  return {
    name,
    readLine: () => standardInput.readLine(),
    readRawLine: () => standardInput.readRawLine(),
    readBlock: () => standardInput.readBlock(),
    close: () => undefined,
  };
}

/** What strings in C keep of a line that fgets reads in pieces of 1023 bytes. */
function untilZeros(line: Buffer): Buffer[] {
  const kept: Buffer[] = [];
  for (let at = 0; at < line.length; at += piece) {
    const part = line.subarray(at, at + piece);
    const zero = part.indexOf(0);
    kept.push(zero < 0 ? part : part.subarray(0, zero));
  }
  return kept.filter((part) => part.length > 0);
}

/** One read into the space that waits; 0 at the end. */
function readBlocking(descriptor: number): number {
  for (;;) {
    try {
      return readSync(descriptor, space, 0, space.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

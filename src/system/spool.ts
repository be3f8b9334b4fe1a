import { randomBytes } from 'node:crypto';
import { close, closeSync, openSync, readSync, unlinkSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

const bufferSize = 256 * 1024;
// In flight at most; one more is being filled. Together the memory a spool needs.
const maximumInFlight = 5;

interface Block {
  readonly bytes: Buffer;
  readonly position: number;
  length: number;
}

/** A spool in the folder, or among the temporary files where that cannot be written: a read-only home. */
export function openSpool(folder: string): FileSpool {
  try {
    return new FileSpool(folder);
  } catch {
    return new FileSpool(tmpdir());
  }
}

/**
 * Bytes appended to a file that nobody else can open: mode 0600, in the folder given, without a name as soon as it is open, so
 * that nothing stays behind even after a crash. Throws where the file cannot be made.
 */
export class FileSpool {
  readonly #fd: number;
  readonly #leftover: string | undefined;
  readonly #inFlight = new Set<Block>();
  readonly #free: Buffer[] = [];
  #current: Block = { bytes: Buffer.allocUnsafeSlow(bufferSize), position: 0, length: 0 };
  #failure: { readonly isFull: boolean; readonly message: string } | undefined;
  #waiting: (() => void)[] = [];
  #isClosed = false;

  constructor(folder: string) {
    makeFolder(folder);
    const path = join(folder, `spool-${randomBytes(12).toString('hex')}`);
    this.#fd = openSync(path, 'wx+', 0o600);
    this.#leftover = unlink(path) ? undefined : path;
  }

  get length(): number {
    return this.#current.position + this.#current.length;
  }

  get failure(): { readonly isFull: boolean; readonly message: string } | undefined {
    return this.#failure;
  }

  /** Copies the bytes; a promise where the caller should wait before the next. After a failure they are not taken. */
  append(bytes: Buffer): Promise<void> | undefined {
    let at = 0;
    while (at < bytes.length && this.#failure === undefined) {
      const block = this.#current;
      const taken = Math.min(bufferSize - block.length, bytes.length - at);
      bytes.copy(block.bytes, block.length, at, at + taken);
      block.length += taken;
      at += taken;
      if (block.length === bufferSize) this.#flush(block);
    }
    if (this.#inFlight.size < maximumInFlight || this.#failure !== undefined) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  read(position: number, length: number): Buffer {
    const end = Math.min(position + length, this.length);
    const result = Buffer.allocUnsafe(Math.max(end - position, 0));
    let at = position;
    while (at < end) {
      const into = at - position;
      const block = this.#blockAt(at);
      if (block !== undefined) {
        at += block.bytes.copy(result, into, at - block.position, Math.min(block.length, end - block.position));
      } else {
        const fromFile = Math.min(end, this.#nextBlock(at)) - at;
        const count = readSync(this.#fd, result, into, fromFile, at);
        if (count === 0) throw new Error('the spool file is shorter than what was written to it');
        at += count;
      }
    }
    return result;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#inFlight.size === 0 || this.#failure !== undefined) this.#closeFile();
  }

  #flush(block: Block): void {
    this.#inFlight.add(block);
    this.#current = { bytes: this.#free.pop() ?? Buffer.allocUnsafeSlow(bufferSize), position: this.length, length: 0 };
    this.#write(block, 0);
  }

  #write(block: Block, from: number): void {
    write(this.#fd, block.bytes, from, block.length - from, block.position + from, (error, count) => {
      if (error !== null) this.#failed(error);
      else if (from + count < block.length) this.#write(block, from + count);
      else this.#written(block);
    });
  }

  #written(block: Block): void {
    this.#inFlight.delete(block);
    if (this.#free.length < maximumInFlight) this.#free.push(block.bytes);
    if (this.#isClosed && this.#inFlight.size === 0) this.#closeFile();
    this.#wake();
  }

  /** What could not be written stays in memory, a few blocks, so that all that was taken stays readable. */
  #failed(error: NodeJS.ErrnoException): void {
    this.#failure ??= { isFull: error.code === 'ENOSPC' || error.code === 'EDQUOT', message: error.message };
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #blockAt(position: number): Block | undefined {
    if (position >= this.#current.position) return this.#current;
    for (const block of this.#inFlight) {
      if (position >= block.position && position < block.position + block.length) return block;
    }
    return undefined;
  }

  #nextBlock(position: number): number {
    let next = this.#current.position;
    for (const block of this.#inFlight) if (block.position > position && block.position < next) next = block.position;
    return next;
  }

  #closeFile(): void {
    if (this.#leftover === undefined) close(this.#fd);
    else {
      closeSync(this.#fd);
      unlink(this.#leftover);
    }
  }
}

/** Windows does not take the name of an open file away. */
function unlink(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

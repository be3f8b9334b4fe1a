import { type RowBatch, rowEnd } from './row-batch.ts';
import { RowIndex } from './row-index.ts';
import type { RowStore, Spool, SpoolFailure } from './row-store.ts';

/** How much of a result stays in memory, in bytes. */
export interface StoreLimits {
  /** The beginning, about a thousand rows: a result this small never makes a file. */
  readonly headBytes: number;
  /** The end, which goes to the spool in pieces of this size. */
  readonly tailBytes: number;
}

const defaultLimits: StoreLimits = { headBytes: 256 * 1024, tailBytes: 64 * 1024 };
const scanBytes = 128 * 1024;

/** A store for the rows of one result. The spool is made when the first bytes do not fit the memory any more. */
export function createRowStore(columnCount: number, openSpool: () => Spool, limits: StoreLimits = defaultLimits): RowStore {
  return new SpooledRows(columnCount, openSpool, limits);
}

/** Rows one after the other without gaps: the head, then what is spooled, then the tail. */
class SpooledRows implements RowStore {
  readonly columnCount: number;
  readonly #openSpool: () => Spool;
  readonly #limits: StoreLimits;
  readonly #index = new RowIndex();
  #head: Buffer = Buffer.alloc(0);
  #headLength = 0;
  #spool: Spool | undefined;
  #openFailure: SpoolFailure | undefined;
  #tail: Buffer = Buffer.alloc(0);
  #tailLength = 0;
  #rowCount = 0;

  constructor(columnCount: number, openSpool: () => Spool, limits: StoreLimits) {
    this.columnCount = columnCount;
    this.#openSpool = openSpool;
    this.#limits = limits;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  get spooledBytes(): number {
    return this.#spool?.length ?? 0;
  }

  get failure(): SpoolFailure | undefined {
    return this.#spool?.failure ?? this.#openFailure;
  }

  append(batch: RowBatch): Promise<void> | undefined {
    let wait: Promise<void> | undefined;
    for (let row = 0; row < batch.rowCount; row++) {
      const start = batch.offsets[row] ?? 0;
      const end = rowEnd(batch.bytes, start, this.columnCount);
      if (!this.#hasRoom(end - start)) return undefined;
      this.#index.add(this.#rowCount, this.#length);
      wait = this.#add(batch.bytes, start, end) ?? wait;
      this.#rowCount++;
    }
    return wait;
  }

  slice(first: number, last: number): RowBatch {
    const from = Math.max(0, Math.min(first, this.#rowCount));
    const to = Math.max(from, Math.min(last, this.#rowCount));
    if (from === to) return { columnCount: this.columnCount, rowCount: 0, bytes: Buffer.alloc(0), offsets: new Uint32Array(0) };
    const mark = this.#index.markBefore(from);
    const endMark = this.#index.markBefore(to - 1) + 1;
    const bytes = this.#read(this.#index.position(mark), this.#index.position(endMark, this.#length));
    return this.#batch(bytes, this.#index.row(mark, 0), from, to);
  }

  async *scan(): AsyncIterable<RowBatch> {
    for (let mark = 0; mark < this.#index.count; ) {
      const position = this.#index.position(mark);
      let next = mark + 1;
      while (next < this.#index.count && this.#index.position(next) - position < scanBytes) next++;
      const bytes = this.#read(position, this.#index.position(next, this.#length));
      const first = this.#index.row(mark, 0);
      yield this.#batch(bytes, first, first, this.#index.row(next, this.#rowCount));
      mark = next;
    }
  }

  close(): void {
    this.#spool?.close();
  }

  get #length(): number {
    return this.#headLength + this.spooledBytes + this.#tailLength;
  }

  #add(bytes: Buffer, start: number, end: number): Promise<void> | undefined {
    const size = end - start;
    if (this.#spool === undefined && this.#headLength + size <= this.#limits.headBytes) {
      if (this.#headLength + size > this.#head.length) this.#head = grown(this.#head, this.#headLength + size, this.#limits.headBytes);
      bytes.copy(this.#head, this.#headLength, start, end);
      this.#headLength += size;
      return undefined;
    }
    const spool = this.#spool;
    if (spool === undefined) return undefined;
    let wait: Promise<void> | undefined;
    if (this.#tailLength + size > this.#limits.tailBytes) {
      wait = spool.append(this.#tail.subarray(0, this.#tailLength));
      this.#tailLength = 0;
    }
    if (size > this.#limits.tailBytes) return spool.append(bytes.subarray(start, end)) ?? wait;
    bytes.copy(this.#tail, this.#tailLength, start, end);
    this.#tailLength += size;
    return wait;
  }

  /** Whether a row of this size can be kept; opens the spool where memory is not enough. */
  #hasRoom(size: number): boolean {
    if (this.failure !== undefined) return false;
    if (this.#spool !== undefined || this.#headLength + size <= this.#limits.headBytes) return true;
    try {
      this.#spool = this.#openSpool();
    } catch (error) {
      this.#openFailure = { isFull: (error as NodeJS.ErrnoException).code === 'ENOSPC', message: String((error as Error).message) };
      return false;
    }
    this.#tail = Buffer.allocUnsafeSlow(this.#limits.tailBytes);
    return true;
  }

  /** The bytes from one position to another; a copy, but for those that are all in memory. */
  #read(start: number, end: number): Buffer {
    if (end <= this.#headLength) return this.#head.subarray(start, end);
    const spoolEnd = this.#headLength + this.spooledBytes;
    if (start >= spoolEnd) return Buffer.from(this.#tail.subarray(start - spoolEnd, end - spoolEnd));
    const parts: Buffer[] = [];
    if (start < this.#headLength) parts.push(this.#head.subarray(start, this.#headLength));
    const from = Math.max(start, this.#headLength);
    const spooled = this.#spool?.read(from - this.#headLength, Math.min(end, spoolEnd) - from);
    if (spooled !== undefined) parts.push(spooled);
    if (end > spoolEnd) parts.push(this.#tail.subarray(0, end - spoolEnd));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  /** Rows from..to out of bytes that begin with row `begin`. */
  #batch(bytes: Buffer, begin: number, from: number, to: number): RowBatch {
    let at = 0;
    for (let row = begin; row < from; row++) at = rowEnd(bytes, at, this.columnCount);
    const offsets = new Uint32Array(to - from);
    for (let row = 0; row < offsets.length; row++) {
      offsets[row] = at;
      at = rowEnd(bytes, at, this.columnCount);
    }
    return { columnCount: this.columnCount, rowCount: offsets.length, bytes, offsets };
  }
}

function grown(buffer: Buffer, needed: number, maximum: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.min(maximum, Math.max(needed, buffer.length * 2, 4096)));
  buffer.copy(larger);
  return larger;
}

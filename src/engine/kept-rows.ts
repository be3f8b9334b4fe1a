import type { Column } from '../result/column.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { RowStore } from '../result/row-store.ts';

// psql holds a result whole before it prints a row of it, so that an error in its middle prints none. So do we up to here; a larger
// result is printed while it arrives (formats that need one pass) or goes through a spool (the others).
const heldLimit = 16 * 1024 * 1024;

/** The rows of a result that has not been printed yet. */
export class KeptRows {
  readonly columns: readonly Column[];
  rowCount = 0;
  readonly #makeStore: (columnCount: number) => Promise<RowStore>;
  #held: RowBatch[] = [];
  #heldBytes = 0;
  #store: RowStore | undefined;

  constructor(columns: readonly Column[], makeStore: (columnCount: number) => Promise<RowStore>) {
    this.columns = columns;
    this.#makeStore = makeStore;
  }

  /** More is held than should be: print what there is and go on, or `spill`. */
  get isLarge(): boolean {
    return this.#heldBytes > heldLimit;
  }

  /** Why rows are missing, in the system's words: they could not be kept. */
  get failure(): string | undefined {
    return this.#store?.failure?.message;
  }

  /** Takes a lent batch in. */
  add(batch: RowBatch): Promise<void> | undefined {
    this.rowCount += batch.rowCount;
    if (this.#store !== undefined) return this.#store.append(batch);
    const copy = copyBatch(batch);
    this.#held.push(copy);
    this.#heldBytes += copy.bytes.length + copy.offsets.byteLength;
    return undefined;
  }

  /** Moves the rows, and those to come, to a store with a spool. */
  async spill(): Promise<void> {
    const store = await this.#makeStore(this.columns.length);
    for (const batch of this.#held) await store.append(batch);
    this.#held = [];
    this.#heldBytes = 0;
    this.#store = store;
  }

  /** All rows, as often as wanted. */
  async *batches(): AsyncGenerator<RowBatch, void, undefined> {
    if (this.#store !== undefined) yield* this.#store.scan();
    else yield* this.#held;
  }

  close(): void {
    this.#store?.close();
    this.#held = [];
  }
}

/** A copy of the batch's rows alone, whatever buffer they lie in. */
export function copyBatch(batch: RowBatch): RowBatch {
  if (batch.rowCount === 0) return { columnCount: batch.columnCount, rowCount: 0, bytes: Buffer.alloc(0), offsets: new Uint32Array(0) };
  const start = batch.offsets[0] ?? 0;
  const bytes = Buffer.from(batch.bytes.subarray(start, rowEnd(batch, batch.rowCount - 1)));
  const offsets = batch.offsets.slice(0, batch.rowCount);
  if (start !== 0) for (let row = 0; row < offsets.length; row++) offsets[row] = (offsets[row] ?? 0) - start;
  return { columnCount: batch.columnCount, rowCount: batch.rowCount, bytes, offsets };
}

function rowEnd(batch: RowBatch, row: number): number {
  let at = batch.offsets[row] ?? 0;
  for (let column = 0; column < batch.columnCount; column++) at += 4 + Math.max(batch.bytes.readInt32BE(at), 0);
  return at;
}

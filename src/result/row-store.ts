import type { RowBatch } from './row-batch.ts';

/** Where a store puts what does not stay in memory. `system/spool.ts` has the real one: an unlinked file. */
export interface Spool {
  /** Appends bytes (copied before it returns); resolves when more may be written without growing memory. */
  append(bytes: Buffer): Promise<void> | undefined;
  /** Bytes appended so far. */
  readonly length: number;
  /** Reads what was appended, also what is still on its way to the file. Synchronous: a screen is a few pages. */
  read(position: number, length: number): Buffer;
  /** Set once it can take no more; what was appended before stays readable. */
  readonly failure: SpoolFailure | undefined;
  close(): void;
}

/** Why a spool takes no more: the disk is full, or writing failed otherwise (`message` is the system's). */
export interface SpoolFailure {
  readonly isFull: boolean;
  readonly message: string;
}

/**
 * A result of any length in bounded memory: the head and the tail in memory, the rest in a spool with a sparse index.
 * Rows are counted from 0.
 */
export interface RowStore {
  readonly columnCount: number;
  readonly rowCount: number;
  /** Bytes spooled, for the cap. */
  readonly spooledBytes: number;
  /** Set when rows could not be kept: `rowCount` stands still from then on, and the result is incomplete. */
  readonly failure: SpoolFailure | undefined;
  /** Takes a lent batch in (copies it). A promise where the caller should wait before the next one. */
  append(batch: RowBatch): Promise<void> | undefined;
  /** Rows first..last (exclusive) as one batch, fewer at the end. Well under a millisecond for a screen. */
  slice(first: number, last: number): RowBatch;
  /** All rows in order, in batches that are lent. May be called again for a second pass. */
  scan(): AsyncIterable<RowBatch>;
  close(): void;
}

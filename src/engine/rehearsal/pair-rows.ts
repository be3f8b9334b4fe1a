import { ChangeTally, pairWidth, type RowPairs } from '../../result/changed-cells.ts';
import { cellBytes, type RowBatch, rowEnd } from '../../result/row-batch.ts';
import type { RowStore } from '../../result/row-store.ts';
import type { ReturnedRows } from '../../sql/rehearsal/returning-rows.ts';

/** Where the rows of a rehearsal go, and how much of them is kept. */
export interface RowsRoom {
  openStore(columnCount: number): RowStore;
  /** Bytes on disk beyond which rows are counted, not kept. */
  readonly spoolLimit: number;
}

/** Takes rows in as they come, in bounded memory. */
export interface RowsTaker {
  /** A promise where the next batch should wait. */
  take(batch: RowBatch): Promise<void> | undefined;
}

/** Keeps rows while there is room for them. */
export class KeptStore implements RowsTaker {
  readonly store: RowStore;
  readonly #limit: number;

  constructor(room: RowsRoom, columnCount: number) {
    this.store = room.openStore(columnCount);
    this.#limit = room.spoolLimit;
  }

  take(batch: RowBatch): Promise<void> | undefined {
    if (this.store.failure !== undefined || this.store.spooledBytes > this.#limit) return undefined;
    return this.store.append(batch);
  }
}

/** Rows that come with what they were, or that are wholly new or gone. */
export class ReturnedPairs implements RowsTaker {
  readonly pairs: RowPairs;
  readonly tally: ChangeTally;
  readonly #kept: KeptStore;

  constructor(room: RowsRoom, rows: ReturnedRows) {
    this.pairs = { columnCount: rows.columns.length, hasBefore: rows.hasBefore, hasAfter: rows.hasAfter };
    this.tally = new ChangeTally(this.pairs);
    this.#kept = new KeptStore(room, pairWidth(this.pairs));
  }

  get store(): RowStore {
    return this.#kept.store;
  }

  take(batch: RowBatch): Promise<void> | undefined {
    this.tally.add(batch);
    return this.#kept.take(batch);
  }
}

/** Rows as they were before a statement, found again by their key. */
export class Snapshot implements RowsTaker {
  readonly #kept: KeptStore;
  readonly #key: readonly number[];
  readonly #rows = new Map<string, number>();

  /** `key`: its columns among those of the rows. */
  constructor(room: RowsRoom, columnCount: number, key: readonly number[]) {
    this.#kept = new KeptStore(room, columnCount);
    this.#key = key;
  }

  /** Rows not asked for yet. */
  get left(): number {
    return this.#rows.size;
  }

  take(batch: RowBatch): Promise<void> | undefined {
    const first = this.#kept.store.rowCount;
    const wait = this.#kept.take(batch);
    for (let row = 0; row < this.#kept.store.rowCount - first; row++) this.#rows.set(this.#keyOf(batch, row, 0), first + row);
    return wait;
  }

  /** The row with the key that stands in a row of this batch, `from` cells behind its begin; once. */
  find(batch: RowBatch, row: number, from: number): RowBatch | undefined {
    const key = this.#keyOf(batch, row, from);
    const at = this.#rows.get(key);
    if (at === undefined) return undefined;
    this.#rows.delete(key);
    return this.#kept.store.slice(at, at + 1);
  }

  close(): void {
    this.#kept.store.close();
  }

  #keyOf(batch: RowBatch, row: number, from: number): string {
    return this.#key
      .map((column) => {
        const bytes = cellBytes(batch, row, from + column);
        return bytes === null ? '-' : `${bytes.length}:${bytes.toString('latin1')}`;
      })
      .join(',');
  }
}

/** Rows after a statement, each joined to what the snapshot knows of it; the others are counted by the statement's tag alone. */
export class SnapshotPairs implements RowsTaker {
  readonly #pairs: ReturnedPairs;
  readonly #snapshot: Snapshot;

  constructor(pairs: ReturnedPairs, snapshot: Snapshot) {
    this.#pairs = pairs;
    this.#snapshot = snapshot;
  }

  take(batch: RowBatch): Promise<void> | undefined {
    if (this.#snapshot.left === 0) return undefined;
    const { columnCount } = this.#pairs.pairs;
    const parts: Buffer[] = [];
    const offsets: number[] = [];
    let length = 0;
    for (let row = 0; row < batch.rowCount; row++) {
      const before = this.#snapshot.find(batch, row, 1);
      if (before === undefined) continue;
      const start = batch.offsets[row] ?? 0;
      const actionEnd = rowEnd(batch.bytes, start, 1);
      const begin = before.offsets[0] ?? 0;
      const joined = [
        batch.bytes.subarray(start, actionEnd),
        before.bytes.subarray(begin, rowEnd(before.bytes, begin, columnCount)),
        batch.bytes.subarray(actionEnd, rowEnd(batch.bytes, actionEnd, columnCount)),
      ];
      offsets.push(length);
      parts.push(...joined);
      for (const part of joined) length += part.length;
    }
    if (offsets.length === 0) return undefined;
    return this.#pairs.take({
      columnCount: pairWidth(this.#pairs.pairs),
      rowCount: offsets.length,
      bytes: Buffer.concat(parts),
      offsets: Uint32Array.from(offsets),
    });
  }
}

import { cellBytes, type RowBatch } from './row-batch.ts';

/** What became of a row. `written`: inserted or changed, what it was before is not known. */
export type RowFate = 'inserted' | 'changed' | 'deleted' | 'written';

/** Rows that hold a row twice: first the action, then the cells before, then the cells after, each part only where it is there. */
export interface RowPairs {
  readonly columnCount: number;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

/** Cells of a row of pairs. */
export function pairWidth({ columnCount, hasBefore, hasAfter }: RowPairs): number {
  return 1 + columnCount * (Number(hasBefore) + Number(hasAfter));
}

/** Where a column stands before and after; -1 where it does not. */
export function pairColumns({ columnCount, hasBefore }: RowPairs, fate: RowFate, column: number): readonly [before: number, after: number] {
  const second = hasBefore ? 1 + columnCount + column : 1 + column;
  switch (fate) {
    case 'inserted':
    case 'written':
      return [-1, second];
    case 'deleted':
      return [1 + column, -1];
    case 'changed':
      return [1 + column, second];
  }
}

export function rowFate(batch: RowBatch, row: number, { hasBefore }: RowPairs): RowFate {
  // The action is the first cell; its first letter tells it.
  switch (batch.bytes[(batch.offsets[row] ?? 0) + 4]) {
    case 0x49:
      return 'inserted';
    case 0x44:
      return 'deleted';
    case 0x55:
      return hasBefore ? 'changed' : 'written';
    default:
      return 'written';
  }
}

/** Whether two cells of a row are the same bytes, or both NULL. */
export function isSameCell(batch: RowBatch, row: number, one: number, other: number): boolean {
  const [left, right] = [cellBytes(batch, row, one), cellBytes(batch, row, other)];
  return left === null || right === null ? left === right : left.equals(right);
}

/** Adds up what became of rows, and which columns changed in any of them. */
export class ChangeTally {
  readonly #pairs: RowPairs;
  readonly #isChanged: boolean[];
  readonly #starts: Int32Array;
  readonly counts: Record<RowFate, number> = { inserted: 0, changed: 0, deleted: 0, written: 0 };

  constructor(pairs: RowPairs) {
    this.#pairs = pairs;
    this.#isChanged = Array.from({ length: pairs.columnCount }, () => false);
    this.#starts = new Int32Array(pairWidth(pairs));
  }

  /** By the place of the column. */
  get isChanged(): readonly boolean[] {
    return this.#isChanged;
  }

  add(batch: RowBatch): void {
    for (let row = 0; row < batch.rowCount; row++) {
      const fate = rowFate(batch, row, this.#pairs);
      this.counts[fate]++;
      if (fate === 'changed') this.#compare(batch.bytes, batch.offsets[row] ?? 0);
    }
  }

  #compare(bytes: Buffer, start: number): void {
    const { columnCount } = this.#pairs;
    const starts = this.#starts;
    let at = start;
    for (let cell = 0; cell < starts.length; cell++) {
      starts[cell] = at;
      at += 4 + Math.max(0, bytes.readInt32BE(at));
    }
    for (let column = 0; column < columnCount; column++) {
      if (this.#isChanged[column] === true) continue;
      const [before, after] = [starts[1 + column] ?? 0, starts[1 + columnCount + column] ?? 0];
      const length = 4 + Math.max(0, bytes.readInt32BE(before));
      // The length is compared with the value: NULL is a length of -1.
      const isSame = bytes.compare(bytes, before, before + length, after, after + 4 + Math.max(0, bytes.readInt32BE(after))) === 0;
      if (!isSame) this.#isChanged[column] = true;
    }
  }
}

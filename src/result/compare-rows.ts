import type { RowBatch } from './row-batch.ts';
import type { RowStore } from './row-store.ts';

/** Cells that are looked at: a screen is refreshed by it, which must not wait. */
const mostCells = 100_000;
const rowsAtOnce = 1000;

/** What one result has that another of the same columns had not, row by row as they come: rows have no other identity. */
export interface RowChanges {
  readonly changedCells: number;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** Rows that were compared, from the first on: in a large result not all are. */
  readonly comparedRows: number;
  has(row: number, column: number): boolean;
}

/** Compares the cells that stand at the same place, byte by byte. */
export function compareRows(before: RowStore, after: RowStore): RowChanges {
  const { columnCount } = after;
  const comparable = Math.min(before.rowCount, after.rowCount);
  const comparedRows = Math.min(comparable, Math.floor(mostCells / Math.max(1, columnCount)));
  const marks = new Uint8Array(comparedRows * columnCount);
  let changedCells = 0;
  for (let first = 0; first < comparedRows; first += rowsAtOnce) {
    const last = Math.min(comparedRows, first + rowsAtOnce);
    const from = first * columnCount;
    changedCells += markChanges(before.slice(first, last), after.slice(first, last), marks.subarray(from, last * columnCount));
  }
  return {
    changedCells,
    rowsBefore: before.rowCount,
    rowsAfter: after.rowCount,
    comparedRows,
    has: (row, column) => marks[row * columnCount + column] === 1,
  };
}

/** Sets a 1 for each cell that differs; how many those are. */
function markChanges(before: RowBatch, after: RowBatch, marks: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < after.rowCount; row++) {
    let old = before.offsets[row] ?? 0;
    let at = after.offsets[row] ?? 0;
    for (let column = 0; column < after.columnCount; column++) {
      const oldLength = before.bytes.readInt32BE(old);
      const length = after.bytes.readInt32BE(at);
      const oldEnd = old + 4 + Math.max(0, oldLength);
      const end = at + 4 + Math.max(0, length);
      if (oldLength !== length || after.bytes.compare(before.bytes, old + 4, oldEnd, at + 4, end) !== 0) {
        marks[row * after.columnCount + column] = 1;
        count++;
      }
      old = oldEnd;
      at = end;
    }
  }
  return count;
}

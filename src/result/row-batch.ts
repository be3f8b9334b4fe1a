/**
 * Some rows of a result as the server sent them, packed. Row i's first field begins at `offsets[i]` of `bytes`; each field
 * is an Int32 length (big endian, -1 for NULL) and that many bytes: the payload of a DataRow after its field count.
 *
 * A batch that comes out of a session is lent: its bytes are good until the next event is asked for. Who keeps it copies it.
 */
export interface RowBatch {
  readonly columnCount: number;
  readonly rowCount: number;
  readonly bytes: Buffer;
  readonly offsets: Uint32Array;
}

/** The bytes of one cell (a view, not a copy); null for NULL. Walks the row: for a loop over all cells walk it yourself. */
export function cellBytes(batch: RowBatch, row: number, column: number): Buffer | null {
  const { bytes } = batch;
  let at = batch.offsets[row] ?? 0;
  for (let skipped = 0; skipped < column; skipped++) {
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(length, 0);
  }
  const length = bytes.readInt32BE(at);
  return length < 0 ? null : bytes.subarray(at + 4, at + 4 + length);
}

/** Where the row that begins at `start` ends. */
export function rowEnd(bytes: Buffer, start: number, columnCount: number): number {
  let at = start;
  for (let column = 0; column < columnCount; column++) {
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(length, 0);
  }
  return at;
}

/** Packs texts into one batch, so that a table the program made itself goes through the same printers as a result. */
export function packRows(columnCount: number, rows: readonly (readonly (Buffer | null)[])[]): RowBatch {
  const offsets = new Uint32Array(rows.length);
  const parts: Buffer[] = [];
  let at = 0;
  rows.forEach((row, index) => {
    offsets[index] = at;
    for (const cell of row) {
      const head = Buffer.alloc(4);
      head.writeInt32BE(cell === null ? -1 : cell.length);
      parts.push(head);
      if (cell !== null) parts.push(cell);
      at += 4 + (cell?.length ?? 0);
    }
  });
  return { columnCount, rowCount: rows.length, bytes: Buffer.concat(parts), offsets };
}

/** Bytes of the stream as they came, and where rows begin in them. Rows are lent out of it, so it is reused only when none are. */
export interface RowChunk {
  readonly bytes: Buffer;
  /** Bytes received, and how far whole messages have been read. */
  fill: number;
  parsed: number;
  offsets: Uint32Array;
  rowCount: number;
  /** Queued or lent events that point into it. */
  references: number;
}

/** Two reads of 64 KB, so that a chunk seldom ends within a read. */
export const chunkSize = 128 * 1024;
const maximumPooled = 6;

/** Chunks of the usual size are kept for the next read; one made for a big message is dropped after use. */
export class ChunkPool {
  readonly #free: RowChunk[] = [];

  take(minimumSize: number): RowChunk {
    if (minimumSize <= chunkSize) {
      const chunk = this.#free.pop();
      if (chunk !== undefined) return reset(chunk);
    }
    return {
      bytes: Buffer.allocUnsafeSlow(Math.max(chunkSize, minimumSize)),
      fill: 0,
      parsed: 0,
      offsets: new Uint32Array(1024),
      rowCount: 0,
      references: 0,
    };
  }

  give(chunk: RowChunk): void {
    if (chunk.bytes.length === chunkSize && this.#free.length < maximumPooled) this.#free.push(chunk);
  }
}

export function reset(chunk: RowChunk): RowChunk {
  chunk.fill = 0;
  chunk.parsed = 0;
  chunk.rowCount = 0;
  return chunk;
}

export function addRow(chunk: RowChunk, offset: number): void {
  if (chunk.rowCount === chunk.offsets.length) {
    const longer = new Uint32Array(chunk.offsets.length * 2);
    longer.set(chunk.offsets);
    chunk.offsets = longer;
  }
  chunk.offsets[chunk.rowCount] = offset;
  chunk.rowCount++;
}

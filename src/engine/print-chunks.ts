import type { Portion } from '../print/print-format.ts';
import type { RowBatch } from '../result/row-batch.ts';
import { copyBatch } from './kept-rows.ts';

type Rows = () => AsyncIterable<RowBatch>;

export interface Chunking {
  /** FETCH_COUNT. */
  readonly size: number;
  /** The format measures what it prints: each chunk then has widths of its own. */
  readonly isMeasured: boolean;
  /** Asked when the rows are over. */
  readonly isCutShort: () => boolean;
  /** False: it could not be printed, and that was said. */
  readonly print: (rows: Rows, portion: Portion) => Promise<boolean>;
}

/** A result as psql 17 prints it under FETCH_COUNT: chunk by chunk, and last an empty one, whose footer counts the rows. */
export async function printChunks(rows: AsyncIterable<RowBatch>, { size, isMeasured, isCutShort, print }: Chunking): Promise<boolean> {
  const chunks = chunksOf(rows, size, isCutShort);
  if (!isMeasured) {
    const portion: Portion = {
      isFirst: true,
      rowsBefore: 0,
      get isLast() {
        return !isCutShort();
      },
    };
    return await print(async function* () {
      for await (const chunk of chunks) yield* chunk;
    }, portion);
  }
  let rowsBefore = 0;
  for await (const chunk of chunks) {
    const isPrinted = await print(
      async function* () {
        yield* chunk;
      },
      { isFirst: rowsBefore === 0, isLast: false, rowsBefore },
    );
    if (!isPrinted) return false;
    rowsBefore += rowCountOf(chunk);
  }
  return isCutShort() || (await print(async function* () {}, { isFirst: false, isLast: true, rowsBefore }));
}

/** Of rows that were cut short the last chunk is not given out: libpq drops what it has of one when an error comes. */
async function* chunksOf(rows: AsyncIterable<RowBatch>, size: number, isCutShort: () => boolean): AsyncGenerator<readonly RowBatch[]> {
  let chunk: RowBatch[] = [];
  for await (const batch of rows) {
    for (let from = 0; from < batch.rowCount; ) {
      const taken = Math.min(size - rowCountOf(chunk), batch.rowCount - from);
      chunk.push(copyBatch({ ...batch, rowCount: taken, offsets: batch.offsets.subarray(from, from + taken) }));
      from += taken;
      if (rowCountOf(chunk) < size) continue;
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0 && !isCutShort()) yield chunk;
}

function rowCountOf(chunk: readonly RowBatch[]): number {
  return chunk.reduce((count, batch) => count + batch.rowCount, 0);
}

import type { RowBatch } from '../result/row-batch.ts';
import type { ServerEvent } from '../result/server-event.ts';
import type { KeptRows } from './kept-rows.ts';

export interface Arrived {
  readonly isPrinted: boolean;
  readonly rowCount: number;
  /** The event that ended the rows; undefined where printing stopped before it. */
  readonly last: ServerEvent | undefined;
}

/** Prints the rows that are kept and those still to come, as they come; what comes between them is handed on at once. */
export async function printArriving(
  rows: KeptRows,
  events: AsyncIterator<ServerEvent>,
  between: (event: ServerEvent) => Promise<void> | undefined,
  /** `isCutShort`: asked when the rows are over. */
  print: (batches: () => AsyncIterable<RowBatch>, isCutShort: () => boolean) => Promise<boolean>,
): Promise<Arrived> {
  let last: ServerEvent | undefined;
  let rowCount = 0;
  async function* arriving(): AsyncGenerator<RowBatch, void, undefined> {
    yield* rows.batches();
    rows.close();
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      const { value } = next;
      if (value.type === 'rows') yield value.batch;
      else if (value.type === 'notice' || value.type === 'notification' || value.type === 'parameter') await between(value);
      else {
        last = value;
        return;
      }
    }
  }
  async function* counted(): AsyncGenerator<RowBatch, void, undefined> {
    for await (const batch of arriving()) {
      rowCount += batch.rowCount;
      yield batch;
    }
  }
  const isPrinted = await print(counted, () => last?.type !== 'complete');
  return { isPrinted, rowCount, last };
}

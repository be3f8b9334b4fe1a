import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRowStore } from '../../../src/result/create-row-store.ts';
import { cellBytes, packRows, type RowBatch } from '../../../src/result/row-batch.ts';
import type { Spool, SpoolFailure } from '../../../src/result/row-store.ts';

/** A spool in memory, whose disk has the given size. */
class MemorySpool implements Spool {
  bytes = Buffer.alloc(0);
  failure: SpoolFailure | undefined;
  isClosed = false;
  readonly #capacity: number;

  constructor(capacity = Number.POSITIVE_INFINITY) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.bytes.length;
  }

  append(bytes: Buffer): undefined {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    if (this.bytes.length > this.#capacity) this.failure = { isFull: true, message: 'no space left on device' };
  }

  read(position: number, length: number): Buffer {
    return this.bytes.subarray(position, position + length);
  }

  close(): void {
    this.isClosed = true;
  }
}

type Cell = string | null;
const small = { headBytes: 100, tailBytes: 50 };

function pack(columnCount: number, rows: readonly (readonly Cell[])[]): RowBatch {
  return packRows(
    columnCount,
    rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell)))),
  );
}

function unpack(batch: RowBatch): Cell[][] {
  return Array.from({ length: batch.rowCount }, (_, row) =>
    Array.from({ length: batch.columnCount }, (_, column) => cellBytes(batch, row, column)?.toString() ?? null),
  );
}

async function scanned(batches: AsyncIterable<RowBatch>): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for await (const batch of batches) rows.push(...unpack(batch));
  return rows;
}

const cell = fc.option(fc.string({ maxLength: 80 }), { nil: null });

describe('a row store', () => {
  test('gives back any rows it was given, whatever the sizes, sliced or scanned', async () => {
    const table = fc
      .integer({ min: 0, max: 4 })
      .chain((columns) =>
        fc.tuple(fc.constant(columns), fc.array(fc.array(fc.array(cell, { minLength: columns, maxLength: columns })), { maxLength: 30 })),
      );
    await fc.assert(
      fc.asyncProperty(table, fc.nat(200), fc.nat(200), async ([columns, batches], first, length) => {
        const store = createRowStore(columns, () => new MemorySpool(), small);
        for (const rows of batches) void store.append(pack(columns, rows));
        const all = batches.flat();
        expect(store.rowCount).toBe(all.length);
        expect(unpack(store.slice(first, first + length))).toEqual(all.slice(first, first + length));
        expect(await scanned(store.scan())).toEqual(all);
        expect(await scanned(store.scan())).toEqual(all);
      }),
    );
  });

  test('rows with gaps between them, as the wire has them, are packed', () => {
    const { bytes, offsets } = pack(1, [['a'], ['b']]);
    const gap = Buffer.from('#######');
    const apart = Buffer.concat([gap, bytes.subarray(0, 5), gap, bytes.subarray(5)]);
    const store = createRowStore(1, () => new MemorySpool());
    void store.append({
      columnCount: 1,
      rowCount: 2,
      bytes: apart,
      offsets: Uint32Array.from(offsets, (offset, row) => offset + 7 * (row + 1)),
    });
    apart.fill(0);
    expect(unpack(store.slice(0, 2))).toEqual([['a'], ['b']]);
  });

  test('a small result makes no file', () => {
    const store = createRowStore(1, () => {
      throw new Error('not wanted');
    });
    void store.append(
      pack(
        1,
        Array.from({ length: 1000 }, (_, row) => [String(row)]),
      ),
    );
    expect(store.rowCount).toBe(1000);
    expect(store.spooledBytes).toBe(0);
    expect(store.failure).toBeUndefined();
  });

  test('slices outside of what is there are empty or cut', () => {
    const store = createRowStore(1, () => new MemorySpool());
    expect(store.slice(0, 10).rowCount).toBe(0);
    void store.append(pack(1, [['a'], ['b']]));
    expect(unpack(store.slice(1, 10))).toEqual([['b']]);
    expect(store.slice(5, 10).rowCount).toBe(0);
    expect(store.slice(-3, 1).rowCount).toBe(1);
  });

  test('a row longer than every buffer', () => {
    const long = 'x'.repeat(10_000);
    const store = createRowStore(2, () => new MemorySpool(), small);
    void store.append(
      pack(2, [
        ['before', null],
        [long, 'y'],
        ['after', ''],
      ]),
    );
    expect(unpack(store.slice(0, 3))).toEqual([
      ['before', null],
      [long, 'y'],
      ['after', ''],
    ]);
    expect(unpack(store.slice(2, 3))).toEqual([['after', '']]);
  });

  test('a full disk: what was taken stays, nothing more is taken, and the store says why', () => {
    const store = createRowStore(1, () => new MemorySpool(500), small);
    const rows = Array.from({ length: 200 }, (_, row) => [`row ${row}`]);
    for (const row of rows) void store.append(pack(1, [row]));
    expect(store.failure).toEqual({ isFull: true, message: 'no space left on device' });
    expect(store.rowCount).toBeGreaterThan(40);
    expect(store.rowCount).toBeLessThan(200);
    expect(unpack(store.slice(0, 200))).toEqual(rows.slice(0, store.rowCount));
  });

  test('a cache folder that cannot be written to: the head is kept', () => {
    const store = createRowStore(
      1,
      () => {
        throw new Error('permission denied');
      },
      small,
    );
    void store.append(
      pack(
        1,
        Array.from({ length: 50 }, () => ['0123456789']),
      ),
    );
    expect(store.failure).toEqual({ isFull: false, message: 'permission denied' });
    expect(store.rowCount).toBe(7);
    expect(unpack(store.slice(6, 9))).toEqual([['0123456789']]);
  });

  test('closing closes the spool', () => {
    const spool = new MemorySpool();
    const store = createRowStore(1, () => spool, small);
    void store.append(pack(1, [['x'.repeat(200)]]));
    store.close();
    expect(spool.isClosed).toBe(true);
  });
});

import { decodeLossless } from '../text/lossless.ts';
import type { Untrusted } from '../text/untrusted.ts';
import { cellBytes, type RowBatch } from './row-batch.ts';

/** Every cell of a batch as text, row by row, null for NULL: for the small answers that the program itself asks for. */
export function rowTexts(batch: RowBatch): (Untrusted | null)[][] {
  return Array.from({ length: batch.rowCount }, (_, row) =>
    Array.from({ length: batch.columnCount }, (_, column) => textOf(cellBytes(batch, row, column))),
  );
}

function textOf(bytes: Buffer | null): Untrusted | null {
  return bytes === null ? null : decodeLossless(bytes);
}

import { cellBytes, type RowBatch } from '../result/row-batch.ts';
import { decodeLossless } from '../text/lossless.ts';
import type { Visible } from '../text/untrusted.ts';
import { visible } from '../text/visible.ts';
import { displayWidth } from '../text/width.ts';

/** No grid column is wider; a value's first bytes are enough to fill it. */
const widestCell = 500;
const shownBytes = widestCell * 4;
/** What the cell viewer shows of a value, in bytes. */
export const viewedBytes = 1024 * 1024;

/** A value as the grid shows it, on one line; null for NULL. Only its first bytes are looked at: a value may be 1 GB. */
export function cellText(batch: RowBatch, row: number, column: number): Visible | null {
  const bytes = cellBytes(batch, row, column);
  return bytes === null ? null : markTrailingBlanks(visible(decodeStart(bytes, shownBytes)));
}

/** The first bytes of a value as text, cut between characters. */
export function decodeStart(bytes: Buffer, limit: number): string {
  if (bytes.length <= limit) return decodeLossless(bytes);
  let end = limit;
  while (end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return `${decodeLossless(bytes, 0, end)}…`;
}

/** Blanks at the end of a value are part of it and must be seen. */
function markTrailingBlanks(text: Visible): Visible {
  if (!text.endsWith(' ')) return text;
  const kept = text.trimEnd();
  return (kept + '·'.repeat(text.length - kept.length)) as Visible;
}

/** What NULL takes where \pset null says what it looks like. */
export function nullWidthOf(nullText: string | undefined): number {
  return nullText === undefined ? 1 : displayWidth(visible(nullText));
}

/** The widths seen so far, widened by these rows and columns of a batch. The same array where nothing is wider. */
export function widen(
  widths: readonly number[],
  batch: RowBatch,
  rows = batch.rowCount,
  from = 0,
  to = batch.columnCount,
  nullWidth = 1,
): readonly number[] {
  let widened: number[] | undefined;
  for (let row = 0; row < Math.min(rows, batch.rowCount); row++) {
    for (let column = from; column < Math.min(to, batch.columnCount); column++) {
      const seen = (widened ?? widths)[column] ?? 1;
      if (seen >= widestCell) continue;
      const text = cellText(batch, row, column);
      const width = text === null ? nullWidth : Math.min(widestCell, displayWidth(text));
      if (width <= seen) continue;
      widened ??= [...widths];
      widened[column] = width;
    }
  }
  return widened ?? widths;
}

import { cellBytes } from '../result/row-batch.ts';
import { decodeLossless } from '../text/lossless.ts';
import { decodeStart, viewedBytes } from './cell-text.ts';
import { groupDigits } from './result-rule.ts';
import type { ResultTab } from './results.ts';

/** The cell under the cursor, or its row with tabs between: as the server sent it, NULL as nothing. And what to call it. */
export function copiedCells(tab: ResultTab, whole: boolean): [text: string, what: string] {
  if (tab.content.type !== 'rows') return ['', 'nothing'];
  const { store, cursor, columns } = tab.content;
  const batch = store.slice(cursor.row, cursor.row + 1);
  const text = (column: number) => {
    const bytes = batch.rowCount === 0 ? null : cellBytes(batch, 0, column);
    return bytes === null ? '' : decodeLossless(bytes);
  };
  if (whole) return [columns.map((_, column) => text(column)).join('\t'), 'the row'];
  return [text(cursor.column), 'the cell'];
}

/** The whole cell under the cursor, as far as a screen can hold it. */
export function viewedCell(tab: ResultTab): { readonly title: string; readonly text: string } | undefined {
  if (tab.content.type !== 'rows') return undefined;
  const { store, cursor, columns } = tab.content;
  const batch = store.slice(cursor.row, cursor.row + 1);
  if (batch.rowCount === 0) return undefined;
  const bytes = cellBytes(batch, 0, cursor.column);
  const name = columns[cursor.column]?.name ?? '';
  const where = `${name} · row ${groupDigits(cursor.row + 1)}`;
  if (bytes === null) return { title: `${where} · NULL`, text: 'NULL: no value' };
  const size = `${groupDigits(bytes.length)} ${bytes.length === 1 ? 'byte' : 'bytes'}`;
  const cut = bytes.length > viewedBytes ? `the first ${groupDigits(viewedBytes)} of ` : '';
  return { title: `${where} · ${cut}${size}`, text: decodeStart(bytes, viewedBytes) };
}

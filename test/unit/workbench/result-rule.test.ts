import { expect, test } from 'vitest';
import { clockText, durationText, rowsText } from '../../../src/workbench/result-rule.ts';
import type { RowsState } from '../../../src/workbench/results.ts';
import { numberedRows } from './model-builder.ts';

test.each<[RowsState, number, string]>([
  [{ type: 'reading', since: 0, rowsPerSecond: 0 }, 12_300, '1–14 of 12,300 so far · reading'],
  [{ type: 'reading', since: 0, rowsPerSecond: 410_200 }, 12_300, '1–14 of 12,300 so far · reading 410k rows/s'],
  [{ type: 'complete', milliseconds: 3100 }, 5_000_000, '1–14 of 5,000,000 complete · 3.1 s'],
  [{ type: 'complete', milliseconds: undefined }, 1, '1 row, complete'],
  [{ type: 'complete', milliseconds: 12.44 }, 0, '0 rows, complete · 12.4 ms'],
  [{ type: 'paused' }, 12_300, '1–14 of 12,300 so far · PAUSED at the size limit, r goes on or stops'],
  [{ type: 'cancelled' }, 12_300, '1–14 of 12,300 rows, CANCELLED'],
  [{ type: 'cancelled' }, 3, '3 rows, CANCELLED'],
  [{ type: 'incomplete', reason: 'connection lost' }, 12_300, '1–14 of 12,300 rows, INCOMPLETE: connection lost'],
])('%j with %d rows', (state, rowCount, text) => {
  expect(rowsText({ ...numberedRows(1), state, rowCount }, 0, Math.min(14, rowCount))).toBe(text);
});

test.each([
  [42_000, '00:42'],
  [3_603_000, '1:00:03'],
])('%d ms on the clock is %s', (milliseconds, text) => {
  expect(clockText(milliseconds)).toBe(text);
});

test.each([
  [12.44, '12.4 ms'],
  [250.4, '250 ms'],
  [3100, '3.1 s'],
  [125_000, '02:05'],
])('%d ms took %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

import { roughly } from '../text/figures.ts';
import type { RowsContent, RowsState } from './results.ts';

const grouped = new Intl.NumberFormat('en-US');

export function groupDigits(count: number): string {
  return grouped.format(count);
}

/** `3.1 s`, `12.4 ms`, `02:05` as the figure asks. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return clockText(milliseconds);
}

/** `00:42`, `1:00:03`. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** What the rows are: never a bare count that is not final. `first` and `last` are the rows shown, from 0, the last exclusive. */
export function rowsText(content: RowsContent, first: number, last: number): string {
  const count = groupDigits(content.rowCount);
  const shown = last - first >= content.rowCount ? '' : `${groupDigits(first + 1)}–${groupDigits(last)} of `;
  const noun = content.rowCount === 1 ? 'row' : 'rows';
  switch (content.state.type) {
    case 'reading':
      return `${shown}${count} so far · reading${rateText(content.state)}`;
    case 'paused':
      return `${shown}${count} so far · PAUSED at the size limit, r goes on or stops`;
    case 'complete': {
      const took = content.state.milliseconds === undefined ? '' : ` · ${durationText(content.state.milliseconds)}`;
      return shown === '' ? `${count} ${noun}, complete${took}` : `${shown}${count} complete${took}`;
    }
    case 'cancelled':
      return `${shown}${count} ${noun}, CANCELLED`;
    case 'incomplete':
      return `${shown}${count} ${noun}, INCOMPLETE: ${content.state.reason}`;
  }
}

function rateText(state: RowsState & { readonly type: 'reading' }): string {
  return state.rowsPerSecond > 0 ? ` ${roughly(state.rowsPerSecond)} rows/s` : '';
}

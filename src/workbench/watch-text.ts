import type { RowChanges } from '../result/compare-rows.ts';
import { groupDigits } from './result-rule.ts';
import type { WatchedRun } from './results.ts';

/** `\watch every 2 s · run 14 · 09:14:26`. */
export function watchText({ seconds, run, at, isOver }: WatchedRun): string {
  const time = new Date(at).toTimeString().slice(0, 8);
  return `\\watch every ${Number(seconds.toPrecision(6))} s${isOver ? ', ended' : ''} · run ${groupDigits(run)} · ${time}`;
}

/** What differs from the run before, rows compared by their place. */
export function changesText(changes: RowChanges): string {
  const { changedCells, rowsBefore, rowsAfter, comparedRows } = changes;
  const more = rowsAfter - rowsBefore;
  const cells = changedCells === 0 ? '' : `${counted(changedCells, 'cell')} changed`;
  const rows = more === 0 ? '' : `${counted(Math.abs(more), 'row')} ${more > 0 ? 'more' : 'fewer'}`;
  const said = [cells, rows].filter((text) => text !== '').join(', ') || 'no change';
  const isPart = comparedRows < Math.min(rowsBefore, rowsAfter);
  return isPart ? `${said} in the first ${groupDigits(comparedRows)} rows` : said;
}

function counted(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}

import type { RowChanges } from '../result/compare-rows.ts';
import { groupDigits } from './result-rule.ts';
import type { WatchedRun } from './results.ts';

/** `\watch every 2 s · run 14 · 09:14:26`, and the same without what matters less and less. */
export function watchTexts({ seconds, run, at, isOver }: WatchedRun): readonly string[] {
  const every = `every ${Number(seconds.toPrecision(6))} s`;
  const time = new Date(at).toTimeString().slice(0, 8);
  const number = `run ${groupDigits(run)}`;
  const [ended, bareEnded] = isOver ? [', ended', ' ended'] : ['', ''];
  return [
    `\\watch ${every}${ended} · ${number} · ${time}`,
    `\\watch ${every}${ended} · ${number}`,
    `\\watch${bareEnded} · ${number}`,
    `\\watch${bareEnded}`,
  ];
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

import { compareRows } from '../result/compare-rows.ts';
import { linesOfRow } from './grid-geometry.ts';
import { gridLines, layoutOf } from './layout.ts';
import { clearStrip } from './log.ts';
import type { Model } from './model.ts';
import { changeContent, type ResultTab, type RowsContent } from './results.ts';
import { type Step, step } from './step.ts';

/** The next run of \watch is whole: its rows take the place of those before, whose store is done with. */
export function refreshRows(model: Model, id: number, content: RowsContent): Step {
  const tab = model.results.tabs.find((one) => one.id === id);
  const fresh: ResultTab = { id, title: '', content };
  if (tab?.content.type !== 'rows') return step(model, { type: 'close-stores', tabs: [fresh] });
  const next = inPlace(tab.content, content, gridLines(layoutOf(model), tab.content.isExpanded));
  return step({ ...model, results: changeContent(model.results, id, () => next) }, { type: 'close-stores', tabs: [tab] });
}

/** What the run before said makes room for what this one says. */
export function beginRun(model: Model): Model {
  return { ...model, log: clearStrip(model.log) };
}

/** No further run comes: what is shown is the last one's. */
export function endWatch(model: Model): Model {
  if (!isWatching(model)) return model;
  const tabs = model.results.tabs.map((tab) =>
    isWatched(tab) && tab.content.type === 'rows' && tab.content.watch !== undefined
      ? { ...tab, content: { ...tab.content, watch: { ...tab.content.watch, isOver: true } } }
      : tab,
  );
  return { ...model, results: { ...model.results, tabs } };
}

/** Whether \watch will run again for it. */
export function isWatched({ content }: ResultTab): boolean {
  return content.type === 'rows' && content.watch?.isOver === false;
}

export function isWatching({ results }: Model): boolean {
  return results.tabs.some(isWatched);
}

/** The new rows, seen as the old ones were: nothing moves but what has changed. */
function inPlace(before: RowsContent, after: RowsContent, lines: number): RowsContent {
  const isSame =
    before.columns.length === after.columns.length && before.columns.every(({ name }, index) => name === after.columns[index]?.name);
  const { isExpanded } = before;
  const total = after.rowCount * (isExpanded ? linesOfRow(after) : 1);
  const cursor = {
    row: Math.max(0, Math.min(before.cursor.row, after.rowCount - 1)),
    column: Math.max(0, Math.min(before.cursor.column, after.columns.length - 1)),
  };
  return {
    ...after,
    cursor,
    isExpanded,
    top: Math.max(0, Math.min(before.top, total - lines)),
    left: isSame ? before.left : 0,
    widths: isSame ? after.widths.map((width, column) => Math.max(width, before.widths[column] ?? 0)) : after.widths,
    ...(after.watch === undefined
      ? {}
      : { watch: { ...after.watch, changes: isSame ? compareRows(before.store, after.store) : undefined } }),
  };
}

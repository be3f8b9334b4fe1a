import { movePage, placeCursor, withCursorInView } from './grid-geometry.ts';
import type { Command } from './keymap.ts';
import { gridLines, layoutOf } from './layout.ts';
import type { Model } from './model.ts';
import { activeTab, type Cell, type Content, changeContent, closeTab, type ResultTab, type RowsContent } from './results.ts';
import { type Step, step } from './step.ts';
import { isWatched } from './watch-update.ts';

/** Commands of the result pane: the grid, a document, the error screen. */
export function updateResult(model: Model, command: Command): Step {
  const tab = activeTab(model.results);
  if (command === 'focus-editor') return step({ ...model, focus: 'editor' });
  if (tab === undefined) return step(model);
  if (command === 'close-result') return close(model, tab);
  const { content } = tab;
  if (content.type === 'rows') {
    if (command === 'copy-cell' || command === 'copy-row') return step(model, { type: 'copy-cells', tab, whole: command === 'copy-row' });
    if (command === 'ask-read-on') return content.state.type === 'paused' ? step(model, { type: 'ask-read-on' }) : step(model);
    if (command === 'view-cell') return step(model, { type: 'view-cell', tab });
    return step(withContent(model, tab, moveInGrid(model, content, command)));
  }
  return step(withContent(model, tab, scroll(model, content, command)));
}

/** After a change of size or of the layout: the cursor of the shown grid stays in view. */
export function keepCellInView(model: Model): Model {
  const tab = activeTab(model.results);
  if (tab?.content.type !== 'rows') return model;
  return withContent(model, tab, withCursorInView(tab.content, roomOf(model, tab.content)));
}

function roomOf(model: Model, content: RowsContent): { readonly columns: number; readonly lines: number } {
  return { columns: model.size.columns, lines: gridLines(layoutOf(model), content.isExpanded) };
}

function withContent(model: Model, tab: ResultTab, content: Content): Model {
  return content === tab.content ? model : { ...model, results: changeContent(model.results, tab.id, () => content) };
}

function close(model: Model, tab: ResultTab): Step {
  // What is still read goes on: only a finished result may be closed.
  if ((tab.content.type === 'rows' && tab.content.state.type === 'reading') || isWatched(tab)) return step(model);
  return step({ ...model, results: closeTab(model.results, tab.id) }, { type: 'close-stores', tabs: [tab] });
}

function moveInGrid(model: Model, content: RowsContent, command: Command): RowsContent {
  const room = roomOf(model, content);
  const { row, column } = content.cursor;
  const to = (cell: Cell) => placeCursor(content, cell, room);
  const lastColumn = content.columns.length - 1;
  switch (command) {
    case 'cell-up':
      if (content.isExpanded)
        return to(column > 0 ? { row, column: column - 1 } : row > 0 ? { row: row - 1, column: lastColumn } : content.cursor);
      return to({ row: row - 1, column });
    case 'cell-down':
      if (content.isExpanded)
        return to(column < lastColumn || row + 1 >= content.rowCount ? { row, column: column + 1 } : { row: row + 1, column: 0 });
      return to({ row: row + 1, column });
    case 'cell-left':
      return to(content.isExpanded ? { row: row - 1, column } : { row, column: column - 1 });
    case 'cell-right':
      return to(content.isExpanded ? { row: row + 1, column } : { row, column: column + 1 });
    case 'page-rows-up':
      return movePage(content, -1, room);
    case 'page-rows-down':
      return movePage(content, 1, room);
    case 'first-row':
      return to({ row: 0, column });
    case 'last-row':
      return to({ row: content.rowCount - 1, column });
    case 'first-column':
      return to({ row, column: 0 });
    case 'last-column':
      return to({ row, column: lastColumn });
    case 'toggle-expanded': {
      const changed = { ...content, isExpanded: !content.isExpanded, top: 0, left: 0 };
      return withCursorInView(changed, roomOf(model, changed));
    }
    default:
      return content;
  }
}

function scroll(model: Model, content: Exclude<Content, RowsContent>, command: Command): Content {
  const page = Math.max(1, layoutOf(model).result - 1);
  const last = content.type === 'document' ? Math.max(0, content.lines.length - layoutOf(model).result) : 0;
  const top = scrolledTop(content.top, command, page, last);
  if (content.type === 'error') return top === content.top ? content : { ...content, top };
  const left = Math.max(0, content.left + (command === 'scroll-right' ? 8 : command === 'scroll-left' ? -8 : 0));
  return top === content.top && left === content.left ? content : { ...content, top, left };
}

/** The first line shown after a scroll command, from 0 to `last`. */
export function scrolledTop(top: number, command: Command, page: number, last: number): number {
  const clamp = (line: number) => Math.max(0, Math.min(last, line));
  switch (command) {
    case 'scroll-up':
      return clamp(top - 1);
    case 'scroll-down':
      return clamp(top + 1);
    case 'scroll-page-up':
      return clamp(top - page);
    case 'scroll-page-down':
      return clamp(top + page);
    case 'scroll-start':
      return 0;
    case 'scroll-end':
      return last;
    default:
      return top;
  }
}

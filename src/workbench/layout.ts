import { activeBuffer } from './buffers.ts';
import { stripLines, stripOf } from './log.ts';
import type { Model, Size } from './model.ts';
import { focusedPanel } from './panel.ts';

/** Lines of each part, from the top; 0: not shown. They add up to the terminal's height. */
export interface Layout {
  readonly status: number;
  readonly rule: number;
  readonly tabs: number;
  readonly editor: number;
  readonly resultRule: number;
  readonly result: number;
  readonly strip: number;
  readonly footer: number;
}

export const smallest: Size = { columns: 40, rows: 10 };

export function isTooSmall(size: Size): boolean {
  return size.columns < smallest.columns || size.rows < smallest.rows;
}

/** The editor takes 3 lines to 40 % of the height, the messages up to 3, the result the rest. */
export function layoutOf(model: Model): Layout {
  const { rows } = model.size;
  const buffer = activeBuffer(model.buffers);
  const tabs = model.buffers.list.length > 1 || rows >= 16 ? 1 : 0;
  const wanted = buffer.value.lines.length + (buffer.errorMark === undefined ? 0 : 1);
  const editor = Math.max(rows >= 14 ? 3 : 2, Math.min(wanted, Math.floor(rows * 0.4)));
  const fixed = 2 + tabs + editor + 1 + 1;
  const strip = Math.min(stripOf(model.log).length, stripLines, Math.max(0, rows - fixed - 3));
  return { status: 1, rule: 1, tabs, editor, resultRule: 1, result: Math.max(1, rows - fixed - strip), strip, footer: 1 };
}

/** From this width on drawers stand beside the result. */
const besideFrom = 120;

/** Columns of the panel that is open: all of them, or those of a drawer beside the result. */
export function panelColumns({ size, screen, panel }: Model): number {
  const isDrawer = panel?.type === 'snippets' || panel?.type === 'help' || panel?.type === 'log' || panel?.type === 'transaction';
  const isBeside = isDrawer && screen === 'work' && size.columns >= besideFrom;
  if (!isBeside) return size.columns;
  return panel.type === 'transaction' ? Math.min(58, Math.floor(size.columns / 2)) : Math.floor(size.columns / 2);
}

/** A drawer without the keys is seen only where it stands beside the result. */
export function shownPanel(model: Model): Model['panel'] {
  const isHidden = focusedPanel(model.panel) === undefined && panelColumns(model) === model.size.columns;
  return isHidden ? undefined : model.panel;
}

/** Lines for the cells under the grid's heading of two, or for the lines of an expanded result. */
export function gridLines(layout: Layout, isExpanded: boolean): number {
  return Math.max(1, layout.result - (isExpanded ? 0 : 2));
}

import { nullWidthOf, widen } from './cell-text.ts';
import { shownRows } from './grid-geometry.ts';
import { gridLines, layoutOf } from './layout.ts';
import type { Memory } from './memory.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { activeTab } from './results.ts';

/** Columns get as wide as what is on the screen needs, before it is drawn. undefined: they are. */
export function measureShown(model: Model, memory: Memory): Message | undefined {
  const tab = activeTab(model.results);
  if (tab?.content.type !== 'rows') return undefined;
  const { content } = tab;
  const { first, last } = shownRows(content, gridLines(layoutOf(model), content.isExpanded));
  // Each column takes more than one place of the screen; an expanded row shows them all, one a line.
  const from = content.isExpanded ? 0 : content.left;
  if (memory.measured(content.store, first, last, from)) return undefined;
  const rows = content.store.slice(first, last);
  const widths = widen(content.widths, rows, last - first, from, from + model.size.columns, nullWidthOf(content.nullText));
  return widths === content.widths ? undefined : { type: 'widths-seen', id: tab.id, widths };
}

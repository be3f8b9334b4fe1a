import { visible } from '../text/visible.ts';
import { displayWidth, pad, truncate } from '../text/width.ts';
import type { Completion } from '../workbench/completion.ts';
import type { Size } from '../workbench/model.ts';
import type { Part } from './paint.ts';
import { part } from './paint.ts';

export interface CompletionView {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly rows: readonly (readonly Part[])[];
}

const mostRows = 8;

/** The list of candidates under the cursor, above it where there is no room. */
export function completionView(completion: Completion, cursor: { readonly x: number; readonly y: number }, size: Size): CompletionView {
  const { candidates, chosen, start, end } = completion;
  const top = Math.max(0, Math.min(chosen - mostRows + 1, candidates.length - mostRows));
  const shown = candidates.slice(top, top + mostRows);
  const most = size.columns - 2;
  const names = Math.min(most, Math.max(...shown.map(({ text }) => displayWidth(visible(text)))));
  const details = Math.min(24, most - names - 2, Math.max(0, ...shown.map(({ detail = '' }) => displayWidth(visible(detail)))));
  const rows = shown.map(({ text, detail = '' }, index): readonly Part[] => {
    const style = top + index === chosen ? 'chosen' : 'plain';
    const name = { text: pad(truncate(visible(text), names), names), style } as const;
    const about = details > 0 ? [part(' '), { text: pad(truncate(visible(detail), details), details), style: 'dim' } as const] : [];
    return [part('│', 'rule'), name, ...about, part('│', 'rule')];
  });
  const width = names + (details > 0 ? details + 1 : 0) + 2;
  const x = Math.max(0, Math.min(cursor.x - (end - start) - 1, size.columns - width));
  const isBelow = cursor.y + 1 + rows.length < size.rows;
  return { x, y: isBelow ? cursor.y + 1 : Math.max(0, cursor.y - rows.length), width, rows };
}

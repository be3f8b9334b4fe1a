import type { Visible } from '../text/untrusted.ts';
import { visible } from '../text/visible.ts';
import { displayWidth, truncate } from '../text/width.ts';
import type { Style, Theme } from './theme.ts';

/** A run of safe text in one style. */
export interface Part {
  readonly text: Visible;
  readonly style: Style;
}

export function part(text: string, style: Style = 'plain'): Part {
  return { text: visible(text), style };
}

export function widthOf(parts: readonly Part[]): number {
  return parts.reduce((width, { text }) => width + displayWidth(text), 0);
}

/**
 * One row of the screen as the terminal gets it, cut to `width` columns. Neighbours of one style are one run: Ink reads every row
 * again in every frame, and each change of style costs.
 */
export function paint(parts: readonly Part[], width: number, theme: Theme, isFilled = false): string {
  const kept = cut(parts, width);
  let row = '';
  let run = '';
  let runSgr = '';
  const flush = () => {
    row += runSgr === '' || run === '' ? run : `\x1b[${runSgr}m${run}\x1b[0m`;
    run = '';
  };
  for (const { text, style } of kept) {
    const sgr = theme.sgr(style);
    if (sgr !== runSgr) flush();
    runSgr = sgr;
    run += text;
  }
  flush();
  if (isFilled) return row + ' '.repeat(Math.max(0, width - widthOf(kept)));
  // A Text without a character has no height.
  return row === '' ? ' ' : row;
}

/** Left and right on one row; the right side stays, the left is cut. */
export function spread(left: readonly Part[], right: readonly Part[], width: number, between: Part = part(' ')): readonly Part[] {
  const rightWidth = Math.min(width, widthOf(right));
  const room = Math.max(0, width - rightWidth);
  const kept = cut(left, room);
  const gap = room - widthOf(kept);
  return [...kept, { ...between, text: visible(between.text.repeat(Math.max(0, gap))) }, ...right];
}

/** The parts up to so many columns. */
export function cut(parts: readonly Part[], width: number): readonly Part[] {
  const kept: Part[] = [];
  let rest = width;
  for (const { text, style } of parts) {
    if (rest <= 0) break;
    const columns = displayWidth(text);
    const shown = columns <= rest ? text : truncate(text, rest);
    kept.push({ text: shown, style });
    rest -= columns;
  }
  return kept;
}

/** Two columns of rows with a line between, the left one so many columns wide. */
export function sideBySide(
  left: readonly (readonly Part[])[],
  right: readonly (readonly Part[])[],
  width: number,
  lines: number,
  between: string,
): readonly (readonly Part[])[] {
  return Array.from({ length: lines }, (_, row) => {
    const start = cut(left[row] ?? [], width);
    return [...start, part(' '.repeat(Math.max(0, width - widthOf(start)))), part(between, 'rule'), ...(right[row] ?? [])];
  });
}

/** A rule with words in it: `── result 3 · … ─── 1 \dt ─`. */
export function titledRule(title: readonly Part[], right: readonly Part[], width: number, style: Style = 'rule'): readonly Part[] {
  const left = title.length === 0 ? [] : [part('── ', style), ...title, part(' ', style)];
  const end = right.length === 0 ? [] : [part(' ', style), ...right, part(' ─', style)];
  const fitsBoth = widthOf(left) + widthOf(end) <= width;
  return spread(left, fitsBoth ? end : [], width, part('─', style));
}

import type { Visible } from '../text/untrusted.ts';
import { displayWidth, truncate } from '../text/width.ts';
import type { Style, Theme } from './theme.ts';

/** A run of safe text in one style. */
export interface Part {
  readonly text: Visible;
  readonly style: Style;
}

/** Words of the program's own: they hold nothing that could drive a terminal. */
export function words(text: string): Visible {
  return text as Visible;
}

export function part(text: string, style: Style = 'plain'): Part {
  return { text: words(text), style };
}

export function widthOf(parts: readonly Part[]): number {
  return parts.reduce((width, { text }) => width + displayWidth(text), 0);
}

/** One row of the screen as the terminal gets it: cut and filled to exactly `width` columns. `fill` styles what is behind the last part. */
export function paint(parts: readonly Part[], width: number, theme: Theme, fill: Style = 'plain'): string {
  let row = '';
  let rest = width;
  for (const { text, style } of parts) {
    if (rest <= 0) break;
    const shown = truncate(text, rest);
    rest -= displayWidth(shown);
    row += styled(shown, theme.sgr(style));
  }
  return rest > 0 ? row + styled(' '.repeat(rest), theme.sgr(fill)) : row;
}

function styled(text: string, sgr: string): string {
  return sgr === '' || text === '' ? text : `\x1b[${sgr}m${text}\x1b[0m`;
}

/** Left and right on one row; the right side stays, the left is cut. */
export function spread(left: readonly Part[], right: readonly Part[], width: number, between: Part = part(' ')): readonly Part[] {
  const rightWidth = Math.min(width, widthOf(right));
  const room = Math.max(0, width - rightWidth);
  const kept = cut(left, room);
  const gap = room - widthOf(kept);
  return [...kept, { ...between, text: words(between.text.repeat(Math.max(0, gap))) }, ...right];
}

/** The parts up to so many columns. */
export function cut(parts: readonly Part[], width: number): readonly Part[] {
  const kept: Part[] = [];
  let rest = width;
  for (const { text, style } of parts) {
    if (rest <= 0) break;
    const shown = truncate(text, rest);
    kept.push({ text: shown, style });
    rest -= displayWidth(shown);
  }
  return kept;
}

/** A rule with words in it: `── result 3 · … ─── 1 \dt ─`. */
export function titledRule(title: readonly Part[], right: readonly Part[], width: number, style: Style = 'rule'): readonly Part[] {
  const left = title.length === 0 ? [] : [part('── ', style), ...title, part(' ', style)];
  const end = right.length === 0 ? [] : [part(' ', style), ...right, part(' ─', style)];
  const fitsBoth = widthOf(left) + widthOf(end) <= width;
  return spread(left, fitsBoth ? end : [], width, part('─', style));
}

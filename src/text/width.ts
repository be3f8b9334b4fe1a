import { eastAsianWidth } from 'get-east-asian-width';
import { graphemes, nextGrapheme } from './grapheme.ts';
import { isSimple } from './simple.ts';

interface Patterns {
  // A negated class without a quantifier: on a grapheme of millions of marks a quantifier would overflow the matcher's stack.
  readonly printing: RegExp;
  // What joins a grapheme, yet takes columns of its own: Indic spacing marks, leading jamo, the voiced marks of halfwidth kana.
  readonly joiningSpacing: RegExp;
  readonly emoji: RegExp;
}

// Made when first needed: the sets of characters take milliseconds that a run on plain text need not spend.
let patterns: Patterns | undefined;

function makePatterns(): Patterns {
  return {
    printing: /[^\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}\p{Default_Ignorable_Code_Point}]/u,
    joiningSpacing: /[\p{Mc}\u1100-\u115e\ua960-\ua97c\uff00-\uffef]/u,
    emoji: /^\p{RGI_Emoji}$/v,
  };
}

const longestEmoji = 40;

/** The columns a terminal gives a text that `visible` made, or any text without controls: by grapheme, wide ones as two. */
export function displayWidth(text: string): number {
  if (isSimple(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += graphemeWidth(grapheme);
  return width;
}

/** The columns of one grapheme: 0, 1 or 2 (more only where several spacing characters join). */
export function graphemeWidth(grapheme: string): number {
  if (grapheme.length === 1 && grapheme >= ' ' && grapheme <= '~') return 1;
  patterns ??= makePatterns();
  const { printing, joiningSpacing, emoji } = patterns;
  const first = grapheme.search(printing);
  if (first < 0) return 0;
  if (grapheme.length <= longestEmoji && emoji.test(grapheme)) return 2;
  const base = grapheme.slice(first);
  let width = eastAsianWidth(base.codePointAt(0) ?? 0);
  for (const character of base.slice(1)) {
    if (joiningSpacing.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

/** The text cut to at most `width` columns; where something is cut off the last column holds `…`. */
export function truncate<Text extends string>(text: Text, width: number): Text {
  if (text.length <= width && isSimple(text)) return text;
  if (width <= 0) return '' as Text;
  if (text.length <= width * 32 && displayWidth(text) <= width) return text;
  return `${text.slice(0, fittingLength(text, width - 1))}…` as Text;
}

/** How many UTF-16 units of the text fit in `width` columns, whole graphemes only. */
export function fittingLength(text: string, width: number): number {
  let used = 0;
  let length = 0;
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme);
    if (used > width) break;
    length += grapheme.length;
  }
  return length;
}

/** The text with spaces up to `width` columns; longer text as it is. */
export function pad<Text extends string>(text: Text, width: number, align: 'left' | 'right' | 'center' = 'left'): Text {
  const gap = width - displayWidth(text);
  if (gap <= 0) return text;
  if (align === 'left') return (text + ' '.repeat(gap)) as Text;
  if (align === 'right') return (' '.repeat(gap) + text) as Text;
  const before = Math.floor(gap / 2);
  return (' '.repeat(before) + text + ' '.repeat(gap - before)) as Text;
}

/** The text as lines of at most `width` columns, broken at blanks where there are any, else between graphemes. */
export function wrap<Text extends string>(text: Text, width: number): readonly Text[] {
  const limit = Math.max(2, width);
  return text.split('\n').flatMap((line) => wrapLine(line, limit)) as unknown as readonly Text[];
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  for (;;) {
    const length = Math.max(nextGrapheme(rest, 0), fittingLength(rest, width));
    if (length >= rest.length) break;
    const blank = rest[length] === ' ' ? length : rest.lastIndexOf(' ', length - 1);
    const end = blank > 0 ? blank : length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = blank > 0 ? rest.slice(end).trimStart() : rest.slice(end);
  }
  lines.push(rest);
  return lines;
}

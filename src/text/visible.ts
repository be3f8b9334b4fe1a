import { isSimple } from './simple.ts';
import type { Visible } from './untrusted.ts';
import { displayWidth } from './width.ts';

/*
 * The one place where untrusted text becomes fit for a terminal. What a terminal obeys, reorders or does not show becomes a
 * visible mark: controls, line separators, lone surrogates (bytes that are no UTF-8, see lossless.ts) and every
 * Default_Ignorable character: bidi controls, zero-width characters, tags, fillers, variation selectors.
 * One selector of emoji or text style directly behind its character is ordinary text and stays, and so does the joiner that makes one
 * picture of two (a family), the first perhaps with a skin tone.
 */
const pictureJoiner = '(?<=\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d(?=\\p{Extended_Pictographic})';
const hiddenSource = [
  '[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\ufff9-\\ufffb]',
  '(?<![\\p{Extended_Pictographic}0-9#*])[\\ufe0e\\ufe0f]',
  `(?![\\ufe0e\\ufe0f]|${pictureJoiner})\\p{Default_Ignorable_Code_Point}`,
].join('|');

// Made when first needed: the sets of characters take milliseconds that a run on plain text need not spend.
let patterns: { readonly hidden: RegExp; readonly hiddenButLayout: RegExp } | undefined;

function hiddenPatterns() {
  patterns ??= { hidden: new RegExp(hiddenSource, 'gu'), hiddenButLayout: new RegExp(`(?![\\n\\t])(?:${hiddenSource})`, 'gu') };
  return patterns;
}

/** One line of untrusted text as a terminal may show it; a newline in it becomes `↵`, a tab `→`. */
export function visible(text: string): Visible {
  if (isSimple(text)) return text as Visible;
  return text.replace(hiddenPatterns().hidden, markOf) as Visible;
}

/** Untrusted text of several lines for a terminal: newlines and tabs stay, everything else is made visible. */
export function visibleForTerminal(text: string): Visible {
  if (isSimple(text)) return text as Visible;
  return text.replace(hiddenPatterns().hiddenButLayout, markOf) as Visible;
}

/** Untrusted text split at its newlines, tabs expanded, each line fit for a terminal. */
export function visibleLines(text: string, tabWidth = 8): readonly Visible[] {
  return text.split('\n').map((line) => expandTabs(line.endsWith('\r') ? line.slice(0, -1) : line, tabWidth));
}

/** One line made visible, with spaces up to the next tab stop in place of each tab. */
export function expandTabs(line: string, tabWidth = 8): Visible {
  if (!line.includes('\t')) return visible(line);
  const [first = '', ...others] = line.split('\t');
  let expanded: string = visible(first);
  let width = displayWidth(expanded);
  for (const part of others) {
    const gap = tabWidth - (width % tabWidth);
    const shown = visible(part);
    expanded += ' '.repeat(gap) + shown;
    width += gap + displayWidth(shown);
  }
  return expanded as Visible;
}

function markOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a) return '↵';
  if (code === 0x09) return '→';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  if (code < 0xa0) return `\\x${hex(code, 2)}`;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`;
  return `<${hex(code, 4).toUpperCase()}>`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

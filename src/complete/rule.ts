import type { Word } from './words.ts';

/**
 * A rule: which words stand before the cursor, and what may follow them. Written `ALTER TABLE * RENAME : @columns*1 COLUMN TO`.
 * Words: a key word, several with `|`, `*` for any word, `!` before those that must not stand there, `()` for a group in parentheses,
 * `...` for any number of words. What may follow: key words (`+` for the blank within one), `?` before those that are offered only once
 * something is typed, `@source`, with the number of the `*` it is about.
 */
export interface Rule {
  readonly pattern: readonly Element[];
  readonly offers: readonly Offer[];
}

export type Offer =
  | { readonly type: 'keyword'; readonly text: string; readonly isShy: boolean }
  | { readonly type: 'source'; readonly name: string; readonly about: number };

type Element =
  | { readonly type: 'any' | 'rest' | 'group' }
  | { readonly type: 'words'; readonly words: ReadonlySet<string>; readonly isNegative: boolean };

/** Reads a table of rules, one a line. */
export function parseRules(table: string): readonly Rule[] {
  return table
    .split('\n')
    .filter((line) => line.includes(' : '))
    .map((line) => {
      const [pattern = '', offers = ''] = line.split(' : ');
      return { pattern: split(pattern).map(parseElement), offers: split(offers).map(parseOffer) };
    });
}

function split(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function parseElement(text: string): Element {
  if (text === '...') return { type: 'rest' };
  if (text === '*') return { type: 'any' };
  if (text === '()') return { type: 'group' };
  const isNegative = text.startsWith('!') && text.length > 1;
  const words = text === '|' ? [text] : text.slice(isNegative ? 1 : 0).split('|');
  return { type: 'words', words: new Set(words), isNegative };
}

function parseOffer(text: string): Offer {
  if (text.startsWith('@')) {
    const [name = '', about = '0'] = text.slice(1).split('*');
    return { type: 'source', name, about: Number(about) };
  }
  const isShy = text.startsWith('?');
  return { type: 'keyword', text: text.slice(isShy ? 1 : 0).replaceAll('+', ' '), isShy };
}

/** The words that stand where the pattern has `*`; undefined: the words do not match. */
export function matchRule(pattern: readonly Element[], words: readonly Word[]): readonly string[] | undefined {
  return matchFrom(pattern, 0, words, 0, []);
}

function matchFrom(
  pattern: readonly Element[],
  element: number,
  words: readonly Word[],
  at: number,
  found: readonly string[],
): readonly string[] | undefined {
  const wanted = pattern[element];
  if (wanted === undefined) return at === words.length ? found : undefined;
  if (wanted.type === 'rest') {
    for (let next = at; next <= words.length; next++) {
      const matched = matchFrom(pattern, element + 1, words, next, found);
      if (matched !== undefined) return matched;
    }
    return undefined;
  }
  const word = words[at];
  if (word === undefined) return undefined;
  switch (wanted.type) {
    case 'any':
      return word.kind === 'name' || word.kind === 'string' || word.kind === 'number'
        ? matchFrom(pattern, element + 1, words, at + 1, [...found, word.text])
        : undefined;
    case 'group': {
      const end = groupEnd(words, at);
      return end === undefined ? undefined : matchFrom(pattern, element + 1, words, end, found);
    }
    case 'words':
      return wanted.words.has(word.upper) !== wanted.isNegative ? matchFrom(pattern, element + 1, words, at + 1, found) : undefined;
  }
}

/** Behind the parenthesis that closes the one at `at`. */
function groupEnd(words: readonly Word[], at: number): number | undefined {
  let depth = 0;
  for (let next = at; next < words.length; next++) {
    const kind = words[next]?.kind;
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
    if (depth === 0) return next === at ? undefined : next + 1;
  }
  return undefined;
}

import type { SqlToken } from './tokens.ts';

/** Parts between a word outside parentheses and CASE; the AND of a BETWEEN is its own. */
export function splitAt(tokens: readonly SqlToken[], separator: 'or' | 'and'): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  let betweens = 0;
  for (const token of tokens) {
    if (token.kind === 'open' || isWord(token, 'case')) depth++;
    else if (token.kind === 'close' || isWord(token, 'end')) depth--;
    else if (depth === 0 && isWord(token, 'between')) betweens++;
    const isRangesAnd = depth === 0 && betweens > 0 && isWord(token, 'and');
    if (isRangesAnd) betweens--;
    if (depth === 0 && isWord(token, separator) && !isRangesAnd) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Parts between commas outside parentheses. */
export function commaParts(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    if (depth === 0 && token.kind === 'comma') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Index of the first such token outside parentheses and CASE; -1 for none. */
export function topLevel(tokens: readonly SqlToken[], found: (token: SqlToken) => boolean): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.kind === 'open' || isWord(token, 'case')) depth++;
    if (token.kind === 'close' || isWord(token, 'end')) depth--;
    return depth === 0 && found(token);
  });
}

/** What is inside the parentheses that are around all of it; undefined where none are. */
export function unwrapped(tokens: readonly SqlToken[]): readonly SqlToken[] | undefined {
  if (tokens[0]?.kind !== 'open') return undefined;
  let depth = 0;
  const close = tokens.findIndex((token) => {
    if (token.kind === 'open') depth++;
    return token.kind === 'close' && --depth === 0;
  });
  return close === tokens.length - 1 ? tokens.slice(1, -1) : undefined;
}

/** The same, as often as it goes. */
export function unwrappedFully(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const inner = unwrapped(tokens);
  return inner === undefined ? tokens : unwrappedFully(inner);
}

/** Whether a token is this key word. */
export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value === word;
}

/** A text that is the same for the same expression, however it is typed. */
export function textOf(tokens: readonly SqlToken[]): string {
  return tokens.map((token) => (token.kind === 'string' ? `'${token.value}'` : token.value)).join(' ');
}

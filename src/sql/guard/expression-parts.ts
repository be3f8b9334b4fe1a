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

/** Parts between commas outside parentheses and brackets. */
export function commaParts(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open' || token.text === '[') depth++;
    if (token.kind === 'close' || token.text === ']') depth--;
    if (depth === 0 && token.kind === 'comma') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** How deep parentheses and CASE may stand in each other in a body; nobody writes more, and reading it would take for ever. */
const deepestInBodies = 200;
/** And in what is sent, which programs may have made. */
export const deepestSent = 1000;

/** Whether they stand deeper in each other than is read. */
export function isTooDeep(tokens: readonly SqlToken[], deepest = deepestInBodies): boolean {
  let [parentheses, cases] = [0, 0];
  return tokens.some((token) => {
    if (token.kind === 'open') parentheses++;
    else if (token.kind === 'close') parentheses = Math.max(0, parentheses - 1);
    else if (isWord(token, 'case')) cases++;
    else if (isWord(token, 'end')) cases = Math.max(0, cases - 1);
    return parentheses + cases > deepest;
  });
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

export interface CaseParts {
  /** Of CASE x WHEN …; none: each WHEN is a condition. */
  readonly subject: readonly SqlToken[];
  readonly branches: readonly { readonly when: readonly SqlToken[]; readonly result: readonly SqlToken[] }[];
  readonly otherwise: readonly SqlToken[];
}

/** What stands between CASE and END. */
export function caseParts(tokens: readonly SqlToken[]): CaseParts {
  const subject: SqlToken[] = [];
  const branches: { when: SqlToken[]; result: SqlToken[] }[] = [];
  const otherwise: SqlToken[] = [];
  let depth = 0;
  let part = subject;
  for (const token of tokens) {
    if (token.kind === 'close' || isWord(token, 'end')) depth--;
    const last = branches.at(-1);
    if (depth === 0 && isWord(token, 'when')) {
      const branch = { when: [], result: [] };
      branches.push(branch);
      part = branch.when;
    } else if (depth === 0 && isWord(token, 'then') && last !== undefined) part = last.result;
    else if (depth === 0 && isWord(token, 'else')) part = otherwise;
    else part.push(token);
    if (token.kind === 'open' || isWord(token, 'case')) depth++;
  }
  return { subject, branches, otherwise };
}

/** OPERATOR(pg_catalog.=) is =. */
export function withoutOperatorCalls(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const kept: SqlToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const close =
      isWord(token, 'operator') && tokens[at + 1]?.kind === 'open' ? tokens.findIndex((one, i) => i > at && one.kind === 'close') : -1;
    const operator = tokens[close - 1];
    if (operator?.kind === 'operator') {
      kept.push(operator);
      at = close;
    } else kept.push(token);
  }
  return kept;
}

/** The word NULL alone. */
export function isNull(tokens: readonly SqlToken[]): boolean {
  return tokens.length === 1 && isWord(tokens[0], 'null');
}

/** (SELECT x), which reads no table, is x. */
export function scalar(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const isBare = isWord(tokens[0], 'select') && topLevel(tokens, (token) => ['from', 'where', 'limit', 'union'].includes(token.value)) < 0;
  return isBare ? unwrappedFully(tokens.slice(1)) : tokens;
}

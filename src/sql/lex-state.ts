/**
 * What the text between two tokens is inside of. A string that is "ending" has met its closing quote and waits to see whether
 * another one follows across a newline (SQL's continued strings).
 */
export type LexState = { readonly inside: 'sql' } | QuotedState;

/** Inside of a literal, a quoted name or a comment. */
export type QuotedState =
  | { readonly inside: 'string' | 'escape-string' | 'bit-string' }
  | { readonly inside: 'string-end'; readonly of: LexState }
  | { readonly inside: 'identifier' }
  | { readonly inside: 'dollar-quote'; readonly tag: string }
  | { readonly inside: 'comment'; readonly depth: number };

export const inSql: LexState = { inside: 'sql' };
export const inString: LexState = { inside: 'string' };
export const inEscapeString: LexState = { inside: 'escape-string' };
export const inBitString: LexState = { inside: 'bit-string' };
export const inIdentifier: LexState = { inside: 'identifier' };

/** Whether a line break here belongs to a literal, a quoted name or a comment (psql_scan_in_quote). */
export function isInQuote(state: LexState): boolean {
  return state.inside !== 'sql' && state.inside !== 'string-end';
}

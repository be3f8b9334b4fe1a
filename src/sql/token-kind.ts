import type { LexState } from './lex-state.ts';

export type TokenKind =
  | 'space'
  | 'line-comment'
  | 'comment'
  | 'string'
  | 'quoted-identifier'
  | 'number'
  | 'word'
  /** The letter before the quote of N'…', or a u that only looked like U&'…': no word of the statement. */
  | 'prefix'
  | 'operator'
  | 'open'
  | 'close'
  | 'semicolon'
  /** \; or \:, which put the mark itself into the statement. */
  | 'escaped-mark'
  | 'backslash'
  | 'variable'
  | 'literal-variable'
  | 'identifier-variable'
  | 'variable-test'
  | 'other';

/** One token: text[at, end), and what follows is read in state `next`. It may be empty where only the state changes. */
export interface Token {
  readonly kind: TokenKind;
  readonly end: number;
  readonly next: LexState;
}

/** Where a sticky rule's match at `at` ends, -1 for none. */
export function matchEnd(rule: RegExp, text: string, at: number): number {
  rule.lastIndex = at;
  return rule.test(text) ? rule.lastIndex : -1;
}

export type CandidateKind =
  | 'keyword'
  | 'relation'
  | 'column'
  | 'function'
  | 'type'
  | 'schema'
  | 'name'
  | 'setting'
  | 'value'
  | 'condition'
  | 'command'
  | 'variable'
  | 'file';

/** One thing the text between a completion's start and end may become. */
export interface Candidate {
  readonly text: string;
  readonly kind: CandidateKind;
  /** A column's or function's type, a relation's kind: for lists that show it. */
  readonly detail?: string;
  /** The name goes on behind it (`public.`): no blank follows. */
  readonly continues?: true;
}

/** COMP_KEYWORD_CASE. */
export type KeywordCase = 'lower' | 'upper' | 'preserve-lower' | 'preserve-upper';

/** A key word as COMP_KEYWORD_CASE wants it, where `typed` was typed of it (psql's pg_strdup_keyword_case). */
export function keywordText(keyword: string, typed: string, keywordCase: KeywordCase): string {
  const first = typed.charAt(0);
  const isLetter = /[a-z]/i.test(first);
  const isLower =
    keywordCase === 'lower' ||
    (keywordCase.startsWith('preserve') && /[a-z]/.test(first)) ||
    (keywordCase === 'preserve-lower' && !isLetter);
  return isLower ? keyword.toLowerCase() : keyword.toUpperCase();
}

/** Whether `name` begins with what was typed, without regard to case. */
export function startsLike(name: string, typed: string): boolean {
  return name.length >= typed.length && name.slice(0, typed.length).toLowerCase() === typed.toLowerCase();
}

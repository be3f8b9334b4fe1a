import { inSql, type LexState, type QuotedState } from './lex-state.ts';
import { matchEnd, type Token } from './token-kind.ts';

const stringText = /[^']+/y;
const escapeStringText = /[^\\']+/y;
const identifierText = /[^"]+/y;
const stringContinued = /(?:[ \t\f]|--[^\n\r]*)*[\n\r](?:[ \t\n\r\f]|--[^\n\r]*[\n\r])*'/y;
const dollarText = /[^$]+/y;
/** $tag$, which starts and ends a dollar-quoted literal. */
export const dollarQuote = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff]*)?\$/y;
const dollarWord = /\$[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff]*/y;
const commentText = /[^*/]+/y;
const commentEnd = /\*+\//y;
const stars = /\*+/y;

/** The next piece of a literal, a quoted name or a comment: a run of its text, a doubled quote, or its end. */
export function quotedToken(text: string, at: number, state: QuotedState): Token {
  switch (state.inside) {
    case 'string':
      return stringToken(text, at, state, stringText, true);
    case 'escape-string':
      return stringToken(text, at, state, escapeStringText, true);
    case 'bit-string':
      return stringToken(text, at, state, stringText, false);
    case 'string-end': {
      const end = matchEnd(stringContinued, text, at);
      return end < 0 ? { kind: 'string', end: at, next: inSql } : { kind: 'string', end, next: state.of };
    }
    case 'identifier':
      return identifierToken(text, at, state);
    case 'dollar-quote':
      return dollarQuotedToken(text, at, state, state.tag);
    case 'comment':
      return commentToken(text, at, state, state.depth);
  }
}

function stringToken(text: string, at: number, state: LexState, inside: RegExp, canDouble: boolean): Token {
  const end = matchEnd(inside, text, at);
  if (end >= 0) return { kind: 'string', end, next: state };
  // At the end of the text a backslash stands alone: the newline it escapes is no part of what is scanned.
  if (text[at] === '\\') return { kind: 'string', end: Math.min(at + 2, text.length), next: state };
  if (canDouble && text[at + 1] === "'") return { kind: 'string', end: at + 2, next: state };
  return { kind: 'string', end: at + 1, next: { inside: 'string-end', of: state } };
}

function identifierToken(text: string, at: number, state: LexState): Token {
  const end = matchEnd(identifierText, text, at);
  if (end >= 0) return { kind: 'quoted-identifier', end, next: state };
  if (text[at + 1] === '"') return { kind: 'quoted-identifier', end: at + 2, next: state };
  return { kind: 'quoted-identifier', end: at + 1, next: inSql };
}

function dollarQuotedToken(text: string, at: number, state: LexState, tag: string): Token {
  const textEnd = matchEnd(dollarText, text, at);
  if (textEnd >= 0) return { kind: 'string', end: textEnd, next: state };
  const end = matchEnd(dollarQuote, text, at);
  // The last $ of another tag may be the first of ours: $a$ … $b$a$.
  if (end >= 0) return text.slice(at, end) === tag ? { kind: 'string', end, next: inSql } : { kind: 'string', end: end - 1, next: state };
  const wordEnd = matchEnd(dollarWord, text, at);
  return { kind: 'string', end: wordEnd < 0 ? at + 1 : wordEnd, next: state };
}

function commentToken(text: string, at: number, state: LexState, depth: number): Token {
  const textEnd = matchEnd(commentText, text, at);
  if (textEnd >= 0) return { kind: 'comment', end: textEnd, next: state };
  if (text.startsWith('/*', at)) return { kind: 'comment', end: at + 2, next: { inside: 'comment', depth: depth + 1 } };
  const close = matchEnd(commentEnd, text, at);
  if (close >= 0) return { kind: 'comment', end: close, next: depth === 0 ? inSql : { inside: 'comment', depth: depth - 1 } };
  const starsEnd = matchEnd(stars, text, at);
  return { kind: 'comment', end: starsEnd < 0 ? at + 1 : starsEnd, next: state };
}

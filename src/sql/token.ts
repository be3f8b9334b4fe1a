import { inBitString, inEscapeString, inIdentifier, inSql, inString, type LexState } from './lex-state.ts';

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

// A byte >= 0x80 is a letter to psql; in decoded text that is every character beyond ASCII.
const space = /[ \t\n\r\f]+/y;
const lineComment = /--[^\n\r]*/y;
const word = /[A-Za-z_\u0080-\uffff][A-Za-z_0-9$\u0080-\uffff]*/y;
// PostgreSQL 15: no underscores or hexadecimal. A word right behind is part of the (faulty) number.
const number =
  /\d+(?=\.\.)|(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d+(?:[A-Za-z_\u0080-\uffff][A-Za-z_0-9$\u0080-\uffff]*)?|[Ee][-+]|[A-Za-z_\u0080-\uffff][A-Za-z_0-9$\u0080-\uffff]*)?/y;
const parameter = /\$\d+(?:[A-Za-z_\u0080-\uffff][A-Za-z_0-9$\u0080-\uffff]*)?/y;
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff]*)?\$/y;
const dollarWord = /\$[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff]*/y;
// psql also trims trailing + and -; no later token starts differently for it, so it is left out.
const operator = /[~!@#^&|`?+\-*/%<>=]+/y;
const variable = /:[A-Za-z_0-9\u0080-\uffff]+/y;
const literalVariable = /:'[A-Za-z_0-9\u0080-\uffff]+'/y;
const identifierVariable = /:"[A-Za-z_0-9\u0080-\uffff]+"/y;
const variableTest = /:\{\?[A-Za-z_0-9\u0080-\uffff]+\}/y;
const commentText = /[^*/]+/y;
const commentEnd = /\*+\//y;
const stars = /\*+/y;
const stringText = /[^']+/y;
const escapeStringText = /[^\\']+/y;
const identifierText = /[^"]+/y;
const dollarText = /[^$]+/y;
const stringContinued = /(?:[ \t\f]|--[^\n\r]*)*[\n\r](?:[ \t\n\r\f]+|--[^\n\r]*[\n\r])*'/y;

/** The token of `text` at `at` (which must lie inside it), read in `state` by the rules of psqlscan.l. */
export function nextToken(text: string, at: number, state: LexState, standardStrings: boolean): Token {
  switch (state.inside) {
    case 'sql':
      return sqlToken(text, at, standardStrings);
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

function sqlToken(text: string, at: number, standardStrings: boolean): Token {
  switch (text[at]) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '\f':
      return plain('space', text, at, space);
    case "'":
      return { kind: 'string', end: at + 1, next: standardStrings ? inString : inEscapeString };
    case '"':
      return { kind: 'quoted-identifier', end: at + 1, next: inIdentifier };
    case '(':
      return { kind: 'open', end: at + 1, next: inSql };
    case ')':
      return { kind: 'close', end: at + 1, next: inSql };
    case ';':
      return { kind: 'semicolon', end: at + 1, next: inSql };
    case '\\': {
      const isMark = text[at + 1] === ';' || text[at + 1] === ':';
      return isMark ? { kind: 'escaped-mark', end: at + 2, next: inSql } : { kind: 'backslash', end: at + 1, next: inSql };
    }
    case ':':
      return colonToken(text, at);
    case '$':
      return dollarToken(text, at);
    case '.':
      return firstOf(text, at, [['number', number]]);
    case '-':
      if (text[at + 1] === '-') return plain('line-comment', text, at, lineComment);
      return operatorToken(text, at);
    case '/':
      if (text[at + 1] === '*') return { kind: 'comment', end: at + 2, next: { inside: 'comment', depth: 0 } };
      return operatorToken(text, at);
    default:
      return wordLikeToken(text, at);
  }
}

function wordLikeToken(text: string, at: number): Token {
  const end = matchEnd(word, text, at);
  if (end < 0) {
    const numberEnd = matchEnd(number, text, at);
    if (numberEnd >= 0) return { kind: 'number', end: numberEnd, next: inSql };
    return operatorToken(text, at);
  }
  if (end === at + 1) return prefixedQuote(text, at) ?? { kind: 'word', end, next: inSql };
  return { kind: 'word', end, next: inSql };
}

/** B'…', X'…', E'…', N'…', U&'…' and U&"…", where one letter stands at `at`. */
function prefixedQuote(text: string, at: number): Token | undefined {
  const letter = text[at]?.toLowerCase();
  if (text[at + 1] === "'") {
    if (letter === 'b' || letter === 'x') return { kind: 'string', end: at + 2, next: inBitString };
    if (letter === 'e') return { kind: 'string', end: at + 2, next: inEscapeString };
    if (letter === 'n') return { kind: 'prefix', end: at + 1, next: inSql };
  }
  if (letter !== 'u' || text[at + 1] !== '&') return undefined;
  if (text[at + 2] === "'") return { kind: 'string', end: at + 3, next: inString };
  if (text[at + 2] === '"') return { kind: 'quoted-identifier', end: at + 3, next: inIdentifier };
  return { kind: 'prefix', end: at + 1, next: inSql };
}

function colonToken(text: string, at: number): Token {
  if (text[at + 1] === ':' || text[at + 1] === '=') return { kind: 'operator', end: at + 2, next: inSql };
  return firstOf(text, at, [
    ['variable', variable],
    ['literal-variable', literalVariable],
    ['identifier-variable', identifierVariable],
    ['variable-test', variableTest],
  ]);
}

function dollarToken(text: string, at: number): Token {
  const end = matchEnd(dollarQuote, text, at);
  if (end >= 0) return { kind: 'string', end, next: { inside: 'dollar-quote', tag: text.slice(at, end) } };
  return firstOf(text, at, [['number', parameter]]);
}

/** An operator stops where a comment starts. */
function operatorToken(text: string, at: number): Token {
  let end = matchEnd(operator, text, at);
  if (end < 0) return { kind: 'other', end: at + 1, next: inSql };
  for (const start of ['/*', '--']) {
    const comment = text.indexOf(start, at);
    if (comment > at && comment < end) end = comment;
  }
  return { kind: 'operator', end, next: inSql };
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

function firstOf(text: string, at: number, rules: readonly (readonly [TokenKind, RegExp])[]): Token {
  for (const [kind, rule] of rules) {
    const end = matchEnd(rule, text, at);
    if (end >= 0) return { kind, end, next: inSql };
  }
  return { kind: 'other', end: at + 1, next: inSql };
}

function plain(kind: TokenKind, text: string, at: number, rule: RegExp): Token {
  return { kind, end: matchEnd(rule, text, at), next: inSql };
}

/** Where a sticky rule's match at `at` ends, -1 for none. */
function matchEnd(rule: RegExp, text: string, at: number): number {
  rule.lastIndex = at;
  return rule.test(text) ? rule.lastIndex : -1;
}

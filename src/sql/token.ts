import { inBitString, inEscapeString, inIdentifier, inSql, inString, type LexState } from './lex-state.ts';
import { dollarQuote, quotedToken } from './quoted-token.ts';
import { matchEnd, type Token, type TokenKind } from './token-kind.ts';

// A byte >= 0x80 is a letter to psql; in decoded text that is every character beyond ASCII.
const space = /[ \t\n\r\f]+/y;
const lineComment = /--[^\n\r]*/y;
const word = /[A-Za-z_\u0080-\uffff][A-Za-z_0-9$\u0080-\uffff]*/y;
// PostgreSQL 15: no underscores or hexadecimal. In 1..2 the dots are an operator.
const number = /\d+(?=\.\.)|(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d+|[Ee][-+])?/y;
const parameter = /\$\d+/y;
// psql also trims trailing + and -; no later token starts differently for it, so it is left out.
const operator = /[~!@#^&|`?+\-*/%<>=]+/y;
const variable = /:[A-Za-z_0-9\u0080-\uffff]+/y;
const literalVariable = /:'[A-Za-z_0-9\u0080-\uffff]+'/y;
const identifierVariable = /:"[A-Za-z_0-9\u0080-\uffff]+"/y;
const variableTest = /:\{\?[A-Za-z_0-9\u0080-\uffff]+\}/y;

/** The token of `text` at `at` (which must lie inside it), read in `state` by the rules of psqlscan.l. */
export function nextToken(text: string, at: number, state: LexState, standardStrings: boolean): Token {
  return state.inside === 'sql' ? sqlToken(text, at, standardStrings) : quotedToken(text, at, state);
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
      return numberToken(text, at, number) ?? { kind: 'other', end: at + 1, next: inSql };
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
  if (end < 0) return numberToken(text, at, number) ?? operatorToken(text, at);
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

const colonRules: readonly (readonly [TokenKind, RegExp])[] = [
  ['variable', variable],
  ['literal-variable', literalVariable],
  ['identifier-variable', identifierVariable],
  ['variable-test', variableTest],
];

function colonToken(text: string, at: number): Token {
  if (text[at + 1] === ':' || text[at + 1] === '=') return { kind: 'operator', end: at + 2, next: inSql };
  for (const [kind, rule] of colonRules) {
    const end = matchEnd(rule, text, at);
    if (end >= 0) return { kind, end, next: inSql };
  }
  return { kind: 'other', end: at + 1, next: inSql };
}

function dollarToken(text: string, at: number): Token {
  const end = matchEnd(dollarQuote, text, at);
  if (end >= 0) return { kind: 'string', end, next: { inside: 'dollar-quote', tag: text.slice(at, end) } };
  return numberToken(text, at, parameter) ?? { kind: 'other', end: at + 1, next: inSql };
}

/** A word right behind a number is part of it, though no valid one: so 1a$$ starts no literal. */
function numberToken(text: string, at: number, rule: RegExp): Token | undefined {
  const end = matchEnd(rule, text, at);
  if (end < 0) return undefined;
  const isCutShort = text[end - 1] === '+' || text[end - 1] === '-';
  return { kind: 'number', end: isCutShort ? end : Math.max(end, matchEnd(word, text, end)), next: inSql };
}

/** An operator stops where a comment starts. */
function operatorToken(text: string, at: number): Token {
  const end = matchEnd(operator, text, at);
  if (end < 0) return { kind: 'other', end: at + 1, next: inSql };
  const comment = text.slice(at, end).search(/\/\*|--/);
  return { kind: 'operator', end: comment > 0 ? at + comment : end, next: inSql };
}

function plain(kind: TokenKind, text: string, at: number, rule: RegExp): Token {
  return { kind, end: matchEnd(rule, text, at), next: inSql };
}

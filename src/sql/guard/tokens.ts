import { inSql, type LexState } from '../lex-state.ts';
import { nextToken } from '../token.ts';
import { identifierValue, stringValue } from './literal-value.ts';

export interface SqlToken {
  readonly kind:
    | 'word'
    | 'name'
    | 'string'
    | 'number'
    | 'operator'
    | 'open'
    | 'close'
    | 'comma'
    | 'dot'
    | 'semicolon'
    | 'backslash'
    | 'other';
  /** As typed. */
  readonly text: string;
  /** A word in lower case, a quoted name or a literal without its quotes and escapes, else the text. */
  readonly value: string;
  /** [start, end) in UTF-16 units of the whole text. */
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of a text that mean something, as the server reads them: psql's own variables and `\:` are a colon and what follows, for
 * what is assessed is what is sent, where they have been replaced or mean nothing.
 */
export function sqlTokens(sql: string, standardStrings = true): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const piece = serverToken(sql, at, standardStrings);
    add(tokens, sql, at, piece, standardStrings);
    // A meta-command ends its line; the server never sees it.
    at = piece.kind === 'backslash' ? lineEnd(sql, piece.end) : piece.end;
  }
  return withoutUescape(tokens);
}

/** To the server a psql variable is a colon, and what follows it stands on its own: in `[1:E'\\'']` that is a literal with escapes. */
function serverToken(sql: string, start: number, standardStrings: boolean): Piece {
  const piece = wholeToken(sql, start, standardStrings);
  switch (piece.kind) {
    case 'variable':
    case 'literal-variable':
    case 'identifier-variable':
    case 'variable-test':
      return { kind: 'other', end: start + 1 };
    default:
      return piece;
  }
}

type Piece = { readonly kind: ReturnType<typeof nextToken>['kind']; readonly end: number };

/** A literal, a quoted name or a comment comes in pieces; here it is one token. */
function wholeToken(sql: string, start: number, standardStrings: boolean): Piece {
  const first = nextToken(sql, start, inSql, standardStrings);
  let end = first.end;
  let state: LexState = first.next;
  while (state.inside !== 'sql' && end < sql.length) {
    const next = nextToken(sql, end, state, standardStrings);
    end = next.end;
    state = next.next;
  }
  return { kind: first.kind, end: Math.max(end, start + 1) };
}

function add(tokens: SqlToken[], sql: string, start: number, piece: Piece, standardStrings: boolean): void {
  const push = (kind: SqlToken['kind'], end: number, value = sql.slice(start, end)) =>
    tokens.push({ kind, text: sql.slice(start, end), value, start, end });
  const text = sql.slice(start, piece.end);
  switch (piece.kind) {
    case 'space':
    case 'line-comment':
    case 'comment':
    case 'prefix':
      return;
    case 'word':
      push('word', piece.end, text.toLowerCase());
      return;
    case 'quoted-identifier':
      push('name', piece.end, identifierValue(text));
      return;
    case 'string':
      push('string', piece.end, stringValue(text, standardStrings));
      return;
    case 'number':
      addNumber(tokens, sql, start, piece.end);
      return;
    case 'operator':
      addOperator(tokens, text, start);
      return;
    case 'semicolon':
    case 'open':
    case 'close':
    case 'backslash':
      push(piece.kind, piece.end);
      return;
    case 'escaped-mark':
      push(text === '\\;' ? 'semicolon' : 'other', piece.end);
      return;
    case 'variable':
    case 'literal-variable':
    case 'identifier-variable':
    case 'variable-test':
    case 'other':
      push(text === ',' ? 'comma' : text === '.' ? 'dot' : 'other', piece.end);
  }
}

/** Servers before 15 read `1or` as a number and a word. */
function addNumber(tokens: SqlToken[], sql: string, start: number, end: number): void {
  const text = sql.slice(start, end);
  const digits = /^(?:0[xXoObB][\da-fA-F_]+|[\d_]*\.?[\d_]*(?:[eE][-+]?\d+)?)/.exec(text)?.[0] ?? text;
  const numberEnd = text.startsWith('$') ? end : start + Math.max(digits.length, 1);
  const number = sql.slice(start, numberEnd);
  tokens.push({ kind: number.startsWith('$') ? 'other' : 'number', text: number, value: number, start, end: numberEnd });
  const word = sql.slice(numberEnd, end);
  if (word !== '') tokens.push({ kind: 'word', text: word, value: word.toLowerCase(), start: numberEnd, end });
}

/** The server's operators end in + or - only where they hold one of ~!@#%^&|`? besides: `=-1` is `=` and a sign. */
function addOperator(tokens: SqlToken[], text: string, start: number): void {
  const isFree = /[~!@#%^&|`?]/.test(text);
  const length = isFree || text.length === 1 ? text.length : Math.max(text.replace(/[+-]+$/, '').length, 1);
  tokens.push({ kind: 'operator', text: text.slice(0, length), value: text.slice(0, length), start, end: start + length });
  if (length < text.length) addOperator(tokens, text.slice(length), start + length);
}

/** U&"…" UESCAPE 'c' is one name. */
function withoutUescape(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (!tokens.some((token) => token.kind === 'word' && token.value === 'uescape')) return tokens;
  const kept: SqlToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const [word, mark] = [tokens[at + 1], tokens[at + 2]];
    if (token === undefined) continue;
    const isUnicode = /^u&/i.test(token.text) && word?.value === 'uescape' && mark?.kind === 'string';
    if (!isUnicode) {
      kept.push(token);
      continue;
    }
    const value = token.kind === 'name' ? identifierValue(token.text, mark.value) : stringValue(token.text, true, mark.value);
    kept.push({ ...token, value });
    at += 2;
  }
  return kept;
}

function lineEnd(sql: string, at: number): number {
  const newline = sql.indexOf('\n', at);
  return newline < 0 ? sql.length : newline + 1;
}

/**
 * The statements of a text as the server separates them: at each semicolon outside parentheses (the actions of CREATE RULE) and
 * outside a routine's BEGIN ATOMIC … END.
 */
export function tokenizedStatements(sql: string, standardStrings = true): readonly (readonly SqlToken[])[] {
  const statements: SqlToken[][] = [];
  let current: SqlToken[] = [];
  let parentheses = 0;
  let bodies = 0;
  for (const token of sqlTokens(sql, standardStrings)) {
    if (token.kind === 'open') parentheses++;
    else if (token.kind === 'close') parentheses = Math.max(0, parentheses - 1);
    else if (token.kind === 'word') bodies = bodyDepth(bodies, token.value, current);
    const endsHere = token.kind === 'backslash' || (token.kind === 'semicolon' && parentheses === 0 && bodies === 0);
    if (!endsHere) current.push(token);
    else if (current.length > 0) {
      statements.push(current);
      current = [];
    }
    if (endsHere) parentheses = 0;
  }
  if (current.length > 0) statements.push(current);
  return statements;
}

function bodyDepth(depth: number, word: string, before: readonly SqlToken[]): number {
  if (word === 'atomic') {
    const starts = before[0]?.value === 'create' && before.at(-1)?.kind === 'word' && before.at(-1)?.value === 'begin';
    return starts ? depth + 1 : depth;
  }
  if (depth === 0) return 0;
  if (word === 'case') return depth + 1;
  return word === 'end' ? depth - 1 : depth;
}

import { isKeyword, typeNames } from './keywords.ts';
import { inSql, isInQuote, type LexState } from './lex-state.ts';
import { nextToken } from './token.ts';
import type { Token } from './token-kind.ts';

export type HighlightKind =
  | 'keyword'
  | 'type'
  | 'string'
  | 'number'
  | 'comment'
  | 'identifier-quoted'
  | 'operator'
  | 'variable'
  | 'command'
  | 'plain';

/** Part of a line: [start, end) in UTF-16 units. The spans of a line cover it without gaps. */
export interface HighlightSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: HighlightKind;
}

/** What the end of a line leaves for the next: a literal, a quoted name or a comment that goes on. */
export type HighlightState = LexState;

export const initialHighlight: HighlightState = inSql;

const commandName = /[^\s\\]*/y;

/** Classifies a line's text, given the state the line before it left, and gives the state for the next. */
export function highlightLine(
  line: string,
  state: HighlightState,
): { readonly spans: readonly HighlightSpan[]; readonly state: HighlightState } {
  const spans: HighlightSpan[] = [];
  let inside = state;
  let at = 0;
  while (at < line.length) {
    const token = nextToken(line, at, inside, true);
    if (token.kind === 'backslash') {
      commandName.lastIndex = token.end;
      commandName.test(line);
      add(spans, at, commandName.lastIndex, 'command');
      addArguments(spans, line, commandName.lastIndex);
      return { spans, state: inSql };
    }
    add(spans, at, token.end, kindOf(token, line, at));
    at = token.end;
    inside = token.next;
  }
  return { spans, state: isInQuote(inside) ? inside : inSql };
}

const argument = /'(?:[^'\\]|\\.)*'?|"[^"]*"?|`[^`]*`?|:(?:'\w+'|"\w+"|\{\?\w+\}|\w+)|[^'"`:]+|:/y;

function addArguments(spans: HighlightSpan[], line: string, start: number): void {
  let at = start;
  while (at < line.length) {
    argument.lastIndex = at;
    if (!argument.test(line)) break;
    add(spans, at, argument.lastIndex, argumentKind(line.slice(at, argument.lastIndex)));
    at = argument.lastIndex;
  }
}

function argumentKind(text: string): HighlightKind {
  switch (text[0]) {
    case "'":
    case '`':
      return 'string';
    case '"':
      return 'identifier-quoted';
    case ':':
      return text.length > 1 ? 'variable' : 'plain';
    default:
      return 'plain';
  }
}

function add(spans: HighlightSpan[], start: number, end: number, kind: HighlightKind): void {
  if (start === end) return;
  const last = spans.at(-1);
  if (last?.kind === kind && last.end === start) spans[spans.length - 1] = { start: last.start, end, kind };
  else spans.push({ start, end, kind });
}

function kindOf(token: Token, line: string, at: number): HighlightKind {
  switch (token.kind) {
    case 'word':
      return wordKind(line.slice(at, token.end));
    case 'line-comment':
    case 'comment':
      return 'comment';
    case 'string':
    case 'number':
    case 'operator':
      return token.kind;
    case 'quoted-identifier':
      return 'identifier-quoted';
    case 'prefix':
      return 'string';
    case 'variable':
    case 'literal-variable':
    case 'identifier-variable':
    case 'variable-test':
      return 'variable';
    case 'space':
    case 'open':
    case 'close':
    case 'semicolon':
    case 'escaped-mark':
    case 'backslash':
    case 'other':
      return 'plain';
  }
}

const longestKeyword = 17;

function wordKind(word: string): HighlightKind {
  if (word.length > longestKeyword) return 'plain';
  const lower = word.toLowerCase();
  if (typeNames.has(lower)) return 'type';
  return isKeyword(lower) ? 'keyword' : 'plain';
}

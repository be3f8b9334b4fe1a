import { inSql, type LexState } from '../sql/lex-state.ts';
import { nextToken } from '../sql/token.ts';
import type { TokenKind } from '../sql/token-kind.ts';

/** A word of a statement: a name with its qualifiers (`public."My tab"`), a literal, a number, a sign. */
export interface Word {
  readonly kind: 'name' | 'string' | 'number' | 'open' | 'close' | 'sign';
  readonly text: string;
  /** In capitals, for comparing with key words; '' for what is quoted. */
  readonly upper: string;
  readonly start: number;
  readonly end: number;
}

/** What the cursor stands in. */
export type Place =
  /** A statement: its words up to the one being typed, that one, and the words behind it. */
  | {
      readonly type: 'sql';
      readonly before: readonly Word[];
      readonly current: string;
      readonly start: number;
      readonly after: readonly Word[];
    }
  /** A meta-command's line, from its backslash to the cursor. */
  | { readonly type: 'command'; readonly text: string; readonly start: number }
  /** `:name`, `:'name'` or `:"name"`: the name begins at `start`. */
  | { readonly type: 'variable'; readonly quote: '' | "'" | '"'; readonly name: string; readonly start: number }
  /** A comment, a dollar quote. */
  | { readonly type: 'none' };

interface Scan {
  readonly words: Word[];
  /** Where the last meta-command without a line end begins. */
  readonly command: number | undefined;
  readonly end: LexState;
}

const variable = /(?<!:):(['"]?)([A-Za-z_0-9\u0080-\uffff]*)$/;

/** Finds out what is being typed at `cursor`. */
export function placeAt(text: string, cursor: number): Place {
  const typed = text.slice(0, cursor);
  const scan = scanWords(typed);
  if (scan.command !== undefined) return { type: 'command', text: typed.slice(scan.command), start: scan.command };
  const named = variable.exec(typed);
  if (named !== null && (scan.end.inside === 'sql' || named[1] !== '')) {
    const quote = (named[1] ?? '') as '' | "'" | '"';
    return { type: 'variable', quote, name: named[2] ?? '', start: cursor - (named[2] ?? '').length };
  }
  const { inside } = scan.end;
  if (inside === 'comment' || inside === 'dollar-quote') return { type: 'none' };
  const last = scan.words.at(-1);
  const isCurrent = last !== undefined && last.end === cursor && (last.kind === 'name' || (last.kind === 'string' && inside === 'string'));
  const before = isCurrent ? scan.words.slice(0, -1) : scan.words;
  const start = isCurrent ? last.start : cursor;
  return { type: 'sql', before, current: text.slice(start, cursor), start, after: isOpen(inside) ? [] : wordsAfter(text, cursor) };
}

function isOpen(inside: LexState['inside']): boolean {
  return inside !== 'sql' && inside !== 'string-end';
}

/** The words from the cursor to the end of the statement. */
function wordsAfter(text: string, cursor: number): readonly Word[] {
  const words: Word[] = [];
  for (let at = cursor; at < text.length; ) {
    const { word, end, kind } = wordAt(text, at);
    if (kind === 'semicolon' || kind === 'backslash') break;
    if (word !== undefined) words.push(word);
    at = end;
  }
  return words;
}

/** The words of the last statement of the text. */
function scanWords(text: string): Scan {
  let words: Word[] = [];
  let end: LexState = inSql;
  for (let at = 0; at < text.length; ) {
    const found = wordAt(text, at);
    if (found.kind === 'backslash') {
      const newline = text.indexOf('\n', at);
      if (newline < 0) return { words, command: at, end: inSql };
      at = newline;
      continue;
    }
    if (found.kind === 'semicolon') words = [];
    else if (found.word !== undefined) words = joined(words, found.word, text);
    at = found.end;
    end = found.state;
  }
  return { words, command: undefined, end };
}

/** Adds a word; the parts of a qualified name are one word. */
function joined(words: Word[], word: Word, text: string): Word[] {
  const last = words.at(-1);
  const isPart = word.kind === 'name' || word.text === '.';
  const follows = last?.kind === 'name' && last.end === word.start && isPart && (last.text.endsWith('.') || word.text === '.');
  if (!follows || last === undefined) {
    words.push(word);
    return words;
  }
  words[words.length - 1] = makeWord('name', text, last.start, word.end);
  return words;
}

function makeWord(kind: Word['kind'], text: string, start: number, end: number): Word {
  const own = text.slice(start, end);
  return { kind, text: own, upper: own.includes('"') || kind === 'string' ? '' : own.toUpperCase(), start, end };
}

interface Found {
  readonly word: Word | undefined;
  readonly kind: TokenKind;
  readonly end: number;
  readonly state: LexState;
}

/** The token at `at`, a literal or quoted name to its end. */
function wordAt(text: string, at: number): Found {
  const first = nextToken(text, at, inSql, true);
  let { end, next } = first;
  while (next.inside !== 'sql' && end < text.length) {
    // Literals that continue across lines are rare where names are typed: the next token is a word of its own.
    if (next.inside === 'string-end') break;
    ({ end, next } = nextToken(text, end, next, true));
  }
  const state = next.inside === 'string-end' ? inSql : next;
  const kind = wordKinds[first.kind];
  return { word: kind === undefined ? undefined : makeWord(kind, text, at, end), kind: first.kind, end, state };
}

const wordKinds: Readonly<Record<TokenKind, Word['kind'] | undefined>> = {
  space: undefined,
  'line-comment': undefined,
  comment: undefined,
  semicolon: undefined,
  'escaped-mark': undefined,
  backslash: undefined,
  prefix: undefined,
  string: 'string',
  'quoted-identifier': 'name',
  number: 'number',
  word: 'name',
  operator: 'sign',
  open: 'open',
  close: 'close',
  variable: 'name',
  'literal-variable': 'string',
  'identifier-variable': 'name',
  'variable-test': 'name',
  other: 'sign',
};

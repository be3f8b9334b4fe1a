import { inSql, type LexState } from '../../sql/lex-state.ts';
import { StatementDepth } from '../../sql/statement-depth.ts';
import { nextToken } from '../../sql/token.ts';
import type { TokenKind } from '../../sql/token-kind.ts';

/** A token of a statement; a literal or a quoted name is one, whole. */
export interface Piece {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

/** One statement of a string that was sent. */
export interface SentStatement {
  /** From its first token to its last, without the semicolon. */
  readonly sql: string;
  /** Lines of the string before it. */
  readonly linesBefore: number;
  /** Its first tokens, blanks and comments left out: enough for every statement that controls a transaction. */
  readonly head: readonly Piece[];
}

// BEGIN with each of its modes once and commas between takes fifteen.
const headLength = 64;

/** Splits a string as the server's parser does. Empty statements are none. */
export function sentStatements(sql: string, standardStrings: boolean): readonly SentStatement[] {
  const statements: SentStatement[] = [];
  let depth = new StatementDepth();
  let head: Piece[] = [];
  let end = 0;
  let line = { at: 0, number: 0 };
  const finish = (): void => {
    const [first] = head;
    if (first === undefined) return;
    line = { at: first.start, number: line.number + countNewlines(sql, line.at, first.start) };
    statements.push({ sql: sql.slice(first.start, end), linesBefore: line.number, head });
    depth = new StatementDepth();
    head = [];
  };
  for (const piece of pieces(sql, standardStrings)) {
    if (piece.kind === 'space' || piece.kind === 'comment' || piece.kind === 'line-comment') continue;
    if (piece.kind === 'semicolon' && depth.isZero) {
      finish();
      continue;
    }
    if (piece.kind === 'open') depth.open();
    else if (piece.kind === 'close') depth.close();
    else if (piece.kind === 'word') depth.word(piece.text);
    if (head.length < headLength) head.push(piece);
    end = piece.start + piece.text.length;
  }
  finish();
  return statements;
}

/** The first line of a statement, for a list. */
export function firstLine(sql: string): string {
  return /^[^\n\r]*/.exec(sql)?.[0].trimEnd() ?? '';
}

function* pieces(sql: string, standardStrings: boolean): Generator<Piece, void, undefined> {
  let at = 0;
  while (at < sql.length) {
    const start = at;
    const first = nextToken(sql, at, inSql, standardStrings);
    let state: LexState = first.next;
    at = first.end;
    while (state.inside !== 'sql' && at < sql.length) {
      const more = nextToken(sql, at, state, standardStrings);
      state = more.next;
      at = more.end;
    }
    yield { kind: first.kind, text: sql.slice(start, at), start };
  }
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

import { TokenReader } from '../guard/token-reader.ts';
import { type SqlToken, tokenizedStatements } from '../guard/tokens.ts';

/** [start, end) in UTF-16 units of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The parts of a plain INSERT, UPDATE, DELETE or MERGE that a rehearsal builds its own texts from. */
export interface DmlShape {
  readonly command: 'insert' | 'update' | 'delete' | 'merge';
  /** The table as typed, its schema included. */
  readonly target: string;
  /** What its columns are called by in the statement, as typed: the alias, else the table's bare name. */
  readonly qualifier: string;
  /** ONLY, the target, and its alias, as typed. */
  readonly relation: Span;
  /** WITH and its queries. */
  readonly with: Span | undefined;
  /** One of these queries writes. */
  readonly withWrites: boolean;
  /** What stands behind FROM or USING of UPDATE and DELETE. */
  readonly from: Span | undefined;
  /** What stands behind WHERE of UPDATE and DELETE. */
  readonly where: Span | undefined;
  /** WHERE CURRENT OF a cursor. */
  readonly isAtCursor: boolean;
  /** Columns that SET of UPDATE assigns, folded as the server folds ASCII. */
  readonly assigned: readonly string[];
  /** INSERT … ON CONFLICT DO UPDATE. */
  readonly isUpsert: boolean;
  readonly hasReturning: boolean;
  /** Behind its last token: before the semicolon and any comment that follows. */
  readonly end: number;
}

/** Reads the one statement of a text. Undefined: it is not exactly one INSERT, UPDATE, DELETE or MERGE of a form that is known here. */
export function dmlShape(sql: string, standardStrings = true): DmlShape | undefined {
  const statements = tokenizedStatements(sql, standardStrings);
  const [statement] = statements;
  if (statement === undefined || statements.length > 1) return undefined;
  const reader = new TokenReader(statement);
  const commonTables = readWith(reader);
  if (commonTables === undefined) return undefined;
  const command = reader.acceptOneOf(['insert', 'update', 'delete', 'merge']);
  const end = statement.at(-1)?.end ?? 0;
  switch (command) {
    case 'insert':
      return reader.accept('into') ? insertShape(reader, { ...commonTables, end }) : undefined;
    case 'update':
      return updateShape(reader, { ...commonTables, end });
    case 'delete':
      return reader.accept('from') ? deleteShape(reader, { ...commonTables, end }) : undefined;
    case 'merge':
      return reader.accept('into') ? mergeShape(reader, { ...commonTables, end }) : undefined;
    default:
      return undefined;
  }
}

type Around = Pick<DmlShape, 'with' | 'withWrites' | 'end'>;

const writing = new Set(['insert', 'update', 'delete', 'merge']);

/** Moves past WITH … where there is one; undefined where it cannot be followed. */
function readWith(reader: TokenReader): Pick<DmlShape, 'with' | 'withWrites'> | undefined {
  const start = reader.peek()?.start ?? 0;
  if (!reader.accept('with')) return { with: undefined, withWrites: false };
  reader.accept('recursive');
  let withWrites = false;
  do {
    if (reader.name() === undefined) return undefined;
    reader.group();
    if (!reader.accept('as')) return undefined;
    if (!reader.accept('not', 'materialized')) reader.accept('materialized');
    const query = reader.group();
    if (query === undefined) return undefined;
    withWrites ||= query.some((token) => token.kind === 'word' && writing.has(token.value));
    if (reader.isAt('search') || reader.isAt('cycle')) return undefined;
  } while (reader.acceptKind('comma'));
  return { with: { start, end: reader.peek(-1)?.end ?? start }, withWrites };
}

interface Target {
  readonly target: string;
  readonly qualifier: string;
  readonly relation: Span;
}

/** [ONLY] name [*] [[AS] alias]; a word of `next` is no alias. */
function readTarget(reader: TokenReader, next: readonly string[]): Target | undefined {
  const start = reader.peek()?.start ?? 0;
  const isOnly = reader.accept('only');
  const inner = isOnly ? reader.group() : undefined;
  const name = inner === undefined ? reader.name() : wholeName(inner);
  // A psql variable without a value is no name that a server knows; U&"…" is one that is only read with its UESCAPE.
  if (name === undefined || /^:|u&"/i.test(name.typed)) return undefined;
  reader.acceptKind('operator', '*');
  const alias = readAlias(reader, next);
  if (alias === undefined) return undefined;
  const bare = lastPart(name.typed);
  return { target: name.typed, qualifier: alias === '' ? bare : alias, relation: { start, end: reader.peek(-1)?.end ?? start } };
}

function wholeName(tokens: readonly SqlToken[]) {
  const reader = new TokenReader(tokens);
  const name = reader.name();
  return reader.isDone ? name : undefined;
}

/** '' for none; undefined for one that cannot be used. */
function readAlias(reader: TokenReader, next: readonly string[]): string | undefined {
  const isNamed = reader.accept('as');
  const token = reader.peek();
  if (token === undefined) return isNamed ? undefined : '';
  if (!isNamed && (token.kind === 'other' || (token.kind !== 'word' && token.kind !== 'name'))) return '';
  if (!isNamed && token.kind === 'word' && next.includes(token.value)) return '';
  if ((token.kind !== 'word' && token.kind !== 'name') || /^u&/i.test(token.text)) return undefined;
  reader.at++;
  return token.text;
}

function lastPart(name: string): string {
  return /(?:"(?:[^"]|"")*"|[^".])+$/.exec(name)?.[0] ?? name;
}

function updateShape(reader: TokenReader, around: Around): DmlShape | undefined {
  const target = readTarget(reader, ['set']);
  if (target === undefined || !reader.accept('set')) return undefined;
  const assigned = assignedColumns(reader.rest());
  const clauses = readClauses(reader, 'from');
  if (assigned === undefined || clauses === undefined) return undefined;
  return { command: 'update', ...target, ...around, ...clauses, assigned, isUpsert: false };
}

function deleteShape(reader: TokenReader, around: Around): DmlShape | undefined {
  const target = readTarget(reader, ['using', 'where', 'returning']);
  const clauses = target && readClauses(reader, 'using');
  if (target === undefined || clauses === undefined) return undefined;
  return { command: 'delete', ...target, ...around, ...clauses, assigned: [], isUpsert: false };
}

const noClauses = { from: undefined, where: undefined, isAtCursor: false, assigned: [] } as const;

function insertShape(reader: TokenReader, around: Around): DmlShape | undefined {
  const start = reader.at;
  const target = readTarget(reader, ['values', 'default', 'overriding', 'select', 'with', 'table', 'on', 'returning']);
  if (target === undefined) return undefined;
  // INSERT takes an alias behind AS alone.
  if (!reader.tokens.slice(start, reader.at).some((token) => token.value === 'as') && target.qualifier !== lastPart(target.target))
    return undefined;
  const hasReturning = new TokenReader(reader.tokens, reader.at).skipTo('returning') !== undefined;
  const isUpsert = reader.tokens.some((token, at) => token.value === 'do' && token.kind === 'word' && isUpdate(reader.tokens[at + 1]));
  return { command: 'insert', ...target, ...around, ...noClauses, isUpsert, hasReturning };
}

function isUpdate(token: SqlToken | undefined): boolean {
  return token?.kind === 'word' && token.value === 'update';
}

function mergeShape(reader: TokenReader, around: Around): DmlShape | undefined {
  const target = readTarget(reader, ['using']);
  if (target === undefined || !reader.isAt('using')) return undefined;
  return { command: 'merge', ...target, ...around, ...noClauses, isUpsert: false, hasReturning: reader.skipTo('returning') !== undefined };
}

/** FROM or USING, WHERE and RETURNING, from wherever the reader stands before them. */
function readClauses(
  reader: TokenReader,
  source: 'from' | 'using',
): Pick<DmlShape, 'from' | 'where' | 'isAtCursor' | 'hasReturning'> | undefined {
  const spans = new Map<string, Span>();
  let isAtCursor = false;
  for (let word = skipToClause(reader, source); word !== undefined; word = skipToClause(reader, source)) {
    if (spans.has(word)) return undefined;
    const start = reader.peek()?.end ?? 0;
    reader.at++;
    if (word === 'where') isAtCursor = reader.isAt('current', 'of');
    const first = reader.peek()?.start ?? start;
    const ahead = new TokenReader(reader.tokens, reader.at);
    skipToClause(ahead, source);
    spans.set(word, { start: first, end: ahead.peek(-1)?.end ?? first });
    if (word === 'returning') break;
  }
  return { from: spans.get(source), where: spans.get('where'), isAtCursor, hasReturning: spans.has('returning') };
}

/** The next clause outside parentheses; the FROM of IS DISTINCT FROM begins none. */
function skipToClause(reader: TokenReader, source: 'from' | 'using'): string | undefined {
  for (;;) {
    const word = reader.skipTo(source, 'where', 'returning');
    const before = reader.peek(-1);
    if (word !== 'from' || before?.kind !== 'word' || before.value !== 'distinct') return word;
    reader.at++;
  }
}

/** The columns left of the equals signs of SET; undefined where one cannot be read. */
function assignedColumns(tokens: readonly SqlToken[]): readonly string[] | undefined {
  const columns: string[] = [];
  const reader = new TokenReader(tokens);
  for (;;) {
    const list = reader.group();
    const names = list === undefined ? [reader.name()] : new TokenReader(list).names();
    for (const name of names) {
      const column = name?.parts[0];
      if (column === undefined) return undefined;
      columns.push(column);
    }
    if (!skipPastComma(reader)) return columns;
  }
}

function skipPastComma(reader: TokenReader): boolean {
  for (; !reader.isDone; reader.skip()) {
    if (reader.acceptKind('comma')) return true;
    const word = reader.word();
    const isClause = word === 'where' || word === 'returning' || (word === 'from' && reader.word(-1) !== 'distinct');
    if (isClause) return false;
  }
  return false;
}

import { hasWord } from './definition-effects.ts';
import { isWord, topLevel, unwrappedFully } from './expression-parts.ts';
import { TokenReader } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

/** What an action of ALTER TABLE does with a column whose definition, and the catalog, say whether the table is written anew. */
export type ColumnChange = TypeChange | AddedColumn | { readonly type: 'set-expression'; readonly column: string };

/** ALTER COLUMN … TYPE. */
export interface TypeChange {
  readonly type: 'set-type';
  readonly column: string;
  readonly newType: readonly SqlToken[];
  readonly using: UsingForm;
}

/** Where a new value comes from: the column, its cast to a type, or any other expression. */
export type UsingForm =
  | { readonly type: 'column' }
  | { readonly type: 'cast'; readonly castType: readonly SqlToken[] }
  | { readonly type: 'expression'; readonly tokens: readonly SqlToken[] };

/** ADD COLUMN. */
export interface AddedColumn {
  readonly type: 'add';
  readonly column: string;
  /** IF NOT EXISTS. */
  readonly mayExist: boolean;
  readonly newType: readonly SqlToken[];
  /** Undefined: none is given. */
  readonly default: readonly SqlToken[] | undefined;
  /** An identity, a serial or a stored generated column: every row has its own value. A virtual one has none. */
  readonly computed: 'identity' | 'stored' | 'virtual' | undefined;
}

/** The name of a change within its statement, in which a column may be both added and changed. */
export function changeKey({ type, column }: ColumnChange): string {
  return `${type} ${column}`;
}

/** Reads one action of ALTER TABLE; undefined where it is about something else. */
export function columnChange(action: readonly SqlToken[], version: number): ColumnChange | undefined {
  const reader = new TokenReader(action);
  if (reader.accept('add')) return addedColumn(reader, version);
  if (!reader.accept('alter') || reader.accept('constraint')) return undefined;
  reader.accept('column');
  const column = reader.name()?.parts[0];
  if (column === undefined) return undefined;
  if (reader.accept('set', 'expression')) return { type: 'set-expression', column };
  if (!reader.accept('type') && !reader.accept('set', 'data', 'type')) return undefined;
  const newType = typeTokens(reader);
  const using = reader.skipTo('using') === undefined ? [] : reader.rest().slice(1);
  return { type: 'set-type', column, newType, using: usingForm(using, column) };
}

const tableConstraints = ['constraint', 'foreign', 'primary', 'unique', 'exclude', 'check', 'not'];

function addedColumn(reader: TokenReader, version: number): AddedColumn | undefined {
  if (!reader.accept('column') && tableConstraints.includes(reader.word())) return undefined;
  const mayExist = reader.accept('if', 'not', 'exists');
  const column = reader.name()?.parts[0];
  if (column === undefined) return undefined;
  const newType = typeTokens(reader);
  const rest = reader.rest();
  const computed = computedKind(newType, rest, version);
  const isGenerated = hasWord(rest, 'generated');
  const given = !isGenerated && reader.skipTo('default') !== undefined;
  return { type: 'add', column, mayExist, newType, default: given ? defaultTokens(reader.rest().slice(1)) : undefined, computed };
}

function computedKind(newType: readonly SqlToken[], rest: readonly SqlToken[], version: number): AddedColumn['computed'] {
  const isSerial = newType.length === 1 && /^(?:big|small)?serial[248]?$/.test(newType[0]?.value ?? '');
  if (isSerial) return 'identity';
  if (!hasWord(rest, 'generated')) return undefined;
  if (hasWord(rest, 'identity')) return 'identity';
  return version >= 180000 && !hasWord(rest, 'stored') ? 'virtual' : 'stored';
}

// What may follow a column's type or its default.
const constraintWords = new Set([
  'default',
  'not',
  'null',
  'check',
  'unique',
  'primary',
  'references',
  'constraint',
  'collate',
  'generated',
  'compression',
  'storage',
  'options',
  'using',
  'deferrable',
  'initially',
]);

function typeTokens(reader: TokenReader): readonly SqlToken[] {
  const start = reader.at;
  while (!reader.isDone && !constraintWords.has(reader.word())) reader.skip();
  return reader.tokens.slice(start, reader.at);
}

function defaultTokens(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const end = topLevel(tokens, (token) => {
    const at = tokens.indexOf(token);
    return at > 0 && token.kind === 'word' && constraintWords.has(token.value) && !isWord(tokens[at - 1], 'is');
  });
  return end < 0 ? tokens : tokens.slice(0, end);
}

function usingForm(using: readonly SqlToken[], column: string): UsingForm {
  if (using.length === 0 || isColumn(using, column)) return { type: 'column' };
  const cast = castParts(using);
  return cast !== undefined && isColumn(cast.value, column)
    ? { type: 'cast', castType: cast.castType }
    : { type: 'expression', tokens: using };
}

/** Whether an expression is the column, below any casts; the table's name may be before it. */
export function isColumnBelowCasts(tokens: readonly SqlToken[], column: string): boolean {
  const cast = castParts(tokens);
  return cast === undefined ? isColumn(tokens, column) : isColumnBelowCasts(cast.value, column);
}

function isColumn(tokens: readonly SqlToken[], column: string): boolean {
  const reader = new TokenReader(unwrappedFully(tokens));
  return reader.name()?.parts.at(-1) === column && reader.isDone;
}

/** Of `x::type` and CAST(x AS type). */
function castParts(
  tokens: readonly SqlToken[],
): { readonly value: readonly SqlToken[]; readonly castType: readonly SqlToken[] } | undefined {
  const bare = unwrappedFully(tokens);
  const isCall = isWord(bare[0], 'cast');
  const inside = isCall ? unwrappedFully(bare.slice(1)) : bare;
  const at = topLevel(inside, (token) => (isCall ? isWord(token, 'as') : token.text === '::'));
  const castType = inside.slice(at + 1);
  const isTypeAlone = castType.every((token) => token.kind !== 'operator' && !notInTypes.has(token.value));
  return at > 0 && isTypeAlone ? { value: inside.slice(0, at), castType } : undefined;
}

/** Key words that may follow a cast: what they begin is no part of its type. `x::timestamp at time zone …` is a call. */
const notInTypes = new Set([
  'collate',
  'at',
  'is',
  'isnull',
  'notnull',
  'and',
  'or',
  'not',
  'between',
  'in',
  'like',
  'ilike',
  'similar',
  'overlaps',
]);

/** A type or an expression as the server reads it. */
export function serverText(tokens: readonly SqlToken[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

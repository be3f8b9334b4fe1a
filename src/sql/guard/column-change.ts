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

/** Where a new value comes from: the column, its cast to a type, an expression without the column, or any other. */
export type UsingForm =
  | { readonly type: 'column' | 'unrelated' | 'expression' }
  | { readonly type: 'cast'; readonly castType: readonly SqlToken[] };

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
  if (using.length === 0) return { type: 'column' };
  const isColumn = (tokens: readonly SqlToken[]) => {
    const bare = unwrappedFully(tokens);
    return bare.length === 1 && isNamed(bare[0], column);
  };
  if (isColumn(using)) return { type: 'column' };
  const [value, castType] = castParts(unwrappedFully(using));
  if (castType.length > 0 && isColumn(value)) return { type: 'cast', castType };
  return { type: using.some((token) => isNamed(token, column)) ? 'expression' : 'unrelated' };
}

function isNamed(token: SqlToken | undefined, column: string): boolean {
  return (token?.kind === 'word' || token?.kind === 'name') && token.value === column;
}

/** Of `x::type` and CAST(x AS type); nothing for any other expression. */
function castParts(tokens: readonly SqlToken[]): readonly [value: readonly SqlToken[], castType: readonly SqlToken[]] {
  const isCall = isWord(tokens[0], 'cast');
  const inside = isCall ? unwrappedFully(tokens.slice(1)) : tokens;
  const at = topLevel(inside, (token) => (isCall ? isWord(token, 'as') : token.text === '::'));
  const castType = at < 0 ? [] : inside.slice(at + 1);
  const isTypeAlone =
    castType.every(({ kind, text }) => kind !== 'operator' && text !== ':') && !castType.some((token) => isWord(token, 'collate'));
  return isTypeAlone ? [inside.slice(0, at), castType] : [[], []];
}

/** A type's name as the server reads it. */
export function typeText(tokens: readonly SqlToken[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

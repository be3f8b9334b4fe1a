import type { EffectCollector } from './effect-collector.ts';
import { commaParts } from './expression-parts.ts';
import { addFunctionEffects } from './function-effects.ts';
import { readObjectType } from './object-type.ts';
import { type ObjectName, TokenReader } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

/** DROP. */
export function addDrop(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  const object = readObjectType(reader);
  reader.accept('concurrently');
  const ifExists = reader.accept('if', 'exists');
  if (object === 'user mapping') reader.accept('for');
  const names = object === 'cast' || object === 'transform' ? [] : reader.names();
  found.add({ kind: 'drop', object, names, cascade: hasWord(reader.rest(), 'cascade'), ifExists }, statement);
}

/** TRUNCATE. */
export function addTruncate(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  reader.accept('table');
  const names = reader.names();
  const rest = reader.rest();
  found.add({ kind: 'truncate', names, cascade: hasWord(rest, 'cascade'), restartsIdentity: hasWord(rest, 'restart') }, statement);
}

/** CREATE, but for the query that fills a table: its tokens are given back. */
export function addCreate(statement: readonly SqlToken[], found: EffectCollector): readonly SqlToken[] {
  const reader = new TokenReader(statement, 1);
  const replaces = reader.accept('or', 'replace');
  let isTemporary = false;
  for (let word = reader.acceptOneOf(modifiers); word !== undefined; word = reader.acceptOneOf(modifiers))
    isTemporary ||= word.startsWith('temp');
  const object = readObjectType(reader);
  reader.accept('concurrently');
  const mayExist = reader.accept('if', 'not', 'exists') || replaces;
  if (object === 'user mapping') reader.accept('for');
  const isNameless = object === 'cast' || object === 'transform' || (object === 'index' && reader.isAt('on'));
  const target = isNameless ? undefined : reader.name();
  const isFilled = (object === 'table' || object === 'materialized view') && reader.skipTo('as') !== undefined;
  const named = target === undefined ? {} : { target };
  const isTemp = isTemporary || target?.parts[0] === 'pg_temp';
  found.add(
    { kind: 'create', object, ...named, isTemporary: isTemp, mayExist, ...(isFilled ? { from: 'query' as const } : {}) },
    statement,
  );
  if (object === 'index') addIndexed(reader, found);
  const isEmpty = statement.at(-3)?.value === 'with' && statement.at(-2)?.value === 'no' && statement.at(-1)?.value === 'data';
  return isFilled && !isEmpty ? reader.rest().slice(1) : [];
}

/** The functions of an index are called for each row that is there. */
function addIndexed(reader: TokenReader, found: EffectCollector): void {
  reader.skipTo('on');
  while (!reader.isDone && reader.peek()?.kind !== 'open') reader.at++;
  addFunctionEffects(reader.group() ?? [], found);
  reader.skipTo('where');
  addFunctionEffects(reader.rest(), found);
}

const modifiers = ['global', 'local', 'temp', 'temporary', 'unlogged', 'unique', 'recursive', 'trusted', 'default'];

/** ALTER of anything but the system. */
export function addAlter(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  const object = readObjectType(reader);
  if (object === 'default privileges') {
    const command = reader.skipTo('grant', 'revoke');
    addGrant(reader.rest(), command === 'revoke' ? 'revoke' : 'grant', found);
    return;
  }
  reader.accept('if', 'exists');
  reader.accept('only');
  if (object === 'user mapping') reader.accept('for');
  const target = reader.name();
  const named = target === undefined ? {} : { target };
  reader.acceptKind('operator', '*');
  found.add({ kind: 'alter', object, ...named }, statement);
  for (const action of actionsOf(reader.rest())) {
    addDroppedPart(action, object, target, found);
    addFunctionEffects(computed(action), found);
  }
}

/** What an action computes at once, for the rows that are there: a default of a new column, a check, a conversion. */
function computed(action: readonly SqlToken[]): readonly SqlToken[] {
  const reader = new TokenReader(action);
  const word = reader.skipTo('default', 'check', 'using', 'as');
  const isForLater = word === 'default' && hasWord(action.slice(0, reader.at), 'set');
  return isForLater ? [] : reader.rest().slice(1);
}

function addDroppedPart(action: readonly SqlToken[], object: string, target: ObjectName | undefined, found: EffectCollector): void {
  const reader = new TokenReader(action);
  let column: ObjectName | undefined;
  if (reader.accept('alter')) {
    reader.accept('column');
    column = reader.name();
  }
  if (!reader.accept('drop')) return;
  const part = column === undefined ? droppedPart(reader, object) : droppedProperty(reader);
  reader.accept('if', 'exists');
  const name = column ?? reader.name();
  found.add(
    {
      kind: 'alter-drop',
      object,
      ...(target === undefined ? {} : { target }),
      part,
      ...(name === undefined ? {} : { name }),
      cascade: hasWord(reader.rest(), 'cascade'),
    },
    action,
  );
}

function droppedProperty(reader: TokenReader): string {
  if (reader.accept('not', 'null')) return 'not null';
  return reader.acceptOneOf(['default', 'expression', 'identity']) ?? 'column';
}

function droppedPart(reader: TokenReader, object: string): string {
  if (reader.accept('not', 'null')) return 'not null';
  const word = reader.acceptOneOf(['column', 'constraint', 'attribute', 'default', 'mapping']);
  if (word !== undefined) return word;
  if (object === 'publication' || object === 'extension') return readObjectType(reader) || 'member';
  if (object === 'subscription') return reader.acceptOneOf(['publication']) ?? 'publication';
  return object === 'table' || object === 'foreign table' ? 'column' : 'member';
}

/** The parts of ALTER … between commas. */
export function actionsOf(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  return commaParts(tokens).filter((action) => action.length > 0);
}

/** GRANT and REVOKE, of privileges as of roles. */
export function addGrant(statement: readonly SqlToken[], kind: 'grant' | 'revoke', found: EffectCollector): void {
  const link = statement.findLastIndex((token) => token.kind === 'word' && token.value === (kind === 'grant' ? 'to' : 'from'));
  const what = statement
    .slice(1, link)
    .map((token) => token.text)
    .join(' ');
  const to = new TokenReader(statement, link + (statement[link + 1]?.value === 'group' ? 2 : 1)).names();
  found.add({ kind, what, toPublic: link > 0 && to.some((name) => name.parts.length === 1 && name.parts[0] === 'public') }, statement);
}

export function hasWord(tokens: readonly SqlToken[], word: string): boolean {
  return tokens.some((token) => token.kind === 'word' && token.value === word);
}

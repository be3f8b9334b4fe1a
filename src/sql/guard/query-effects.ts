import { isAlwaysTrue } from './always-true.ts';
import type { RowFilter } from './effect.ts';
import type { EffectCollector } from './effect-collector.ts';
import { isWord } from './expression-parts.ts';
import { addFunctionEffects } from './function-effects.ts';
import { type ObjectName, TokenReader } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

const queryWords = new Set(['select', 'values', 'table', 'with', 'insert', 'update', 'delete', 'merge']);

/** Whether tokens start a query: SELECT, VALUES, TABLE, WITH, DML, or any number of parentheses around one. */
export function isQuery(tokens: readonly SqlToken[]): boolean {
  const first = tokens.find((token) => token.kind !== 'open');
  return first?.kind === 'word' && queryWords.has(first.value);
}

/** Adds what a query and everything inside it does. */
export function addQueryEffects(tokens: readonly SqlToken[], found: EffectCollector): void {
  addFunctionEffects(tokens, found);
  addOf(tokens, found);
}

function addOf(tokens: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(tokens);
  if (reader.accept('with')) addCommonTables(reader, found);
  const statement = reader.rest();
  switch (reader.word()) {
    case 'insert':
      addInsert(statement, found);
      break;
    case 'update':
      addUpdate(statement, found);
      break;
    case 'delete':
      addDelete(statement, found);
      break;
    case 'merge':
      addMerge(statement, found);
      break;
    case 'select':
      addSelectInto(statement, found);
      break;
  }
  addParts(statement, found);
}

function addCommonTables(reader: TokenReader, found: EffectCollector): void {
  reader.accept('recursive');
  do {
    reader.name();
    reader.group();
    reader.accept('as');
    if (!reader.accept('not', 'materialized')) reader.accept('materialized');
    const query = reader.group();
    if (query !== undefined) found.within('cte', () => addOf(query, found));
    if (reader.accept('search')) reader.at += reader.skipTo('set') === undefined ? 0 : 2;
    if (reader.accept('cycle')) reader.at += reader.skipTo('using') === undefined ? 0 : 2;
  } while (reader.acceptKind('comma'));
}

/** Locking clauses, and the queries in parentheses. */
function addParts(tokens: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(tokens);
  while (!reader.isDone) {
    const start = reader.at;
    const strength = reader.word() === 'for' ? lockStrength(reader) : undefined;
    if (strength !== undefined) {
      reader.at += strength.split(' ').length + 1;
      found.add({ kind: 'lock-rows', strength }, tokens.slice(start, reader.at));
      continue;
    }
    const inner = reader.group();
    if (inner === undefined) reader.at++;
    else if (isQuery(inner)) addOf(inner, found);
    else addGroups(inner, found);
  }
}

function addGroups(tokens: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(tokens);
  while (!reader.isDone) {
    const inner = reader.group();
    if (inner === undefined) reader.at++;
    else if (isQuery(inner)) addOf(inner, found);
    else addGroups(inner, found);
  }
}

function lockStrength(reader: TokenReader): string | undefined {
  const strengths = ['update', 'share', 'no key update', 'key share'];
  return strengths.find((strength) => reader.isAt('for', ...strength.split(' ')));
}

function addSelectInto(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement);
  if (reader.skipTo('into') === undefined) return;
  const start = reader.at++;
  if (!reader.accept('local')) reader.accept('global');
  const isTemporary = reader.acceptOneOf(['temp', 'temporary']) !== undefined;
  reader.accept('unlogged');
  reader.accept('table');
  const target = reader.name();
  if (target === undefined) return;
  found.add(
    { kind: 'create', object: 'table', target, isTemporary, mayExist: false, from: 'select-into' },
    statement.slice(start, reader.at),
  );
}

function addInsert(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  reader.accept('into');
  found.add({ kind: 'insert', ...targetOf(reader) }, statement);
}

function addUpdate(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  const named = targetOf(reader);
  reader.skipTo('set');
  found.add({ kind: 'update', ...named, filter: filterOf(reader, named.target) }, statement);
}

function addDelete(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  reader.accept('from');
  const named = targetOf(reader);
  found.add({ kind: 'delete', ...named, filter: filterOf(reader, named.target) }, statement);
}

function targetOf(reader: TokenReader): { readonly target?: ObjectName } {
  reader.accept('only');
  const inner = reader.group();
  const target = inner === undefined ? reader.name() : new TokenReader(inner).name();
  return target === undefined ? {} : { target };
}

function filterOf(reader: TokenReader, target: ObjectName | undefined): RowFilter {
  if (reader.skipTo('where', 'returning') !== 'where') return 'none';
  const start = ++reader.at;
  if (reader.isAt('current', 'of')) return 'some';
  reader.skipTo('returning');
  return isAlwaysTrue(reader.tokens.slice(start, reader.at), target) ? 'always-true' : 'some';
}

function addMerge(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  reader.accept('into');
  const named = targetOf(reader);
  let on = -1;
  while (reader.skipTo('on', 'when') === 'on') on = reader.at++;
  const isAlways = on >= 0 && isAlwaysTrue(statement.slice(on + 1, reader.at), named.target);
  const fates = mergeFates(reader, named.target);
  found.add(
    { kind: 'merge', ...named, filter: isAlways && fates.matched !== 'kept' ? 'always-true' : 'some', unmatched: fates.unmatched },
    statement,
  );
}

type Fate = 'kept' | 'updated' | 'deleted';

/** What becomes, without any condition, of the rows that match, and of those of the target that the source does not have. */
function mergeFates(reader: TokenReader, target: ObjectName | undefined): { readonly matched: Fate; readonly unmatched: Fate } {
  let matched: Fate = 'kept';
  let unmatched: Fate = 'kept';
  while (reader.skipTo('when') !== undefined) {
    reader.at++;
    const isMatched = reader.accept('matched');
    if (!isMatched && !reader.accept('not', 'matched', 'by', 'source')) continue;
    const start = reader.at;
    if (reader.skipTo('then') === undefined) break;
    const condition = reader.tokens.slice(start + 1, reader.at++);
    const isFree = !isWord(reader.tokens[start], 'and') || isAlwaysTrue(condition, target);
    if (isFree && isMatched) matched = fateAt(reader);
    else if (isFree) unmatched = fateAt(reader);
  }
  return { matched, unmatched };
}

function fateAt(reader: TokenReader): Fate {
  if (reader.isAt('delete')) return 'deleted';
  return reader.isAt('update') ? 'updated' : 'kept';
}

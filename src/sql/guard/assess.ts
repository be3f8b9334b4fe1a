import { addAlter, addCreate, addDrop, addGrant, addTruncate } from './definition-effects.ts';
import type { Effect } from './effect.ts';
import { EffectCollector } from './effect-collector.ts';
import { deepestSent, isTooDeep } from './expression-parts.ts';
import { addFunctionEffects } from './function-effects.ts';
import { addCopy, addDo } from './program-effects.ts';
import { addQueryEffects, isQuery } from './query-effects.ts';
import type { Routine } from './routine.ts';
import { addRoutine } from './routine-effects.ts';
import { addLock, addMaintenance, addRefresh, addSession, addSetting, addTransaction, optionIsOn } from './session-effects.ts';
import { type ObjectName, TokenReader } from './token-reader.ts';
import { type SqlToken, tokenizedStatements } from './tokens.ts';
import { type Writes, writes } from './writes.ts';

/** What the text does not say by itself. */
export interface KnownFacts {
  /** The session's standard_conforming_strings; true where not given. */
  readonly standardStrings?: boolean;
  /** The text of a statement prepared before, by the name of PREPARE. */
  readonly prepared?: (name: string) => string | undefined;
  /** The routines of the user's own that have a name; undefined where it has not been looked up. */
  readonly routines?: (name: ObjectName) => readonly Routine[] | undefined;
}

export interface Assessment {
  /** In the order of the text; those of a statement before those of the next. */
  readonly effects: readonly Effect[];
  /** Whether anything outside the session is changed. 'unknown': it runs what its text does not show. */
  readonly isWrite: Writes;
  /** The objects that are written, each once. */
  readonly targets: readonly ObjectName[];
  /** 'unsure' where something runs that neither the text nor the facts show: dynamic SQL, CALL, an unknown prepared statement. */
  readonly confidence: 'sure' | 'unsure';
  /** What may be routines that the facts do not tell of, each once. */
  readonly unknownRoutines: readonly ObjectName[];
}

/**
 * What the statements of a text do, told from their tokens, and from those of what the facts bring in: prepared statements and the
 * bodies of routines. Of functions the facts do not tell of, the known ones of PostgreSQL and its contrib modules are seen.
 */
export function assess(sql: string, facts: KnownFacts = {}): Assessment {
  const standardStrings = facts.standardStrings ?? true;
  const found = new EffectCollector({
    standardStrings,
    prepared: (name) => {
      const text = facts.prepared?.(name);
      return text === undefined ? undefined : preparedStatement(tokenizedStatements(text, standardStrings)[0] ?? []);
    },
    routines: (name) => facts.routines?.(name),
    read: addEffects,
    call: addRoutine,
  });
  for (const statement of tokenizedStatements(sql, standardStrings)) addEffects(statement, found);
  const { effects } = found;
  const verdicts = effects.map(writes);
  const isWrite = verdicts.includes('yes') ? 'yes' : verdicts.includes('unknown') ? 'unknown' : 'no';
  return {
    effects,
    isWrite,
    targets: targetsOf(effects),
    confidence: verdicts.includes('unknown') ? 'unsure' : 'sure',
    unknownRoutines: [...found.unknownRoutines.values()],
  };
}

function addEffects(statement: readonly SqlToken[], found: EffectCollector): void {
  if (isTooDeep(statement, deepestSent)) {
    found.add({ kind: 'unread' }, statement);
    return;
  }
  if (addTransaction(statement, found)) return;
  if (isQuery(statement)) {
    addQueryEffects(statement, found);
    return;
  }
  const command = statement[0]?.kind === 'word' ? statement[0].value : '';
  switch (command) {
    case 'explain':
      addExplain(statement, found);
      break;
    case 'prepare':
      addPrepare(statement, found);
      break;
    case 'execute':
      addExecute(statement, found);
      break;
    case 'declare':
      addCursor(statement, found);
      break;
    case 'do':
      addDo(statement, found);
      break;
    case 'call':
      addProcedureCall(statement, found);
      break;
    case 'copy':
      addCopy(statement, found);
      break;
    case 'drop':
      addDrop(statement, found);
      break;
    case 'truncate':
      addTruncate(statement, found);
      break;
    case 'alter':
      if (statement[1]?.value !== 'system') addAlter(statement, found);
      else found.add({ kind: 'alter-system', name: statement[3]?.value ?? '' }, statement);
      break;
    case 'create':
      addFilled(addCreate(statement, found), found);
      break;
    case 'grant':
    case 'revoke':
      addGrant(statement, command, found);
      break;
    case 'comment':
    case 'security':
    case 'import':
    case 'reassign':
      found.add({ kind: 'define', command }, statement);
      break;
    case 'refresh':
      addRefresh(statement, found);
      break;
    case 'vacuum':
    case 'cluster':
    case 'reindex':
    case 'checkpoint':
      addMaintenance(statement, command, found);
      break;
    case 'analyze':
    case 'analyse':
      addMaintenance(statement, 'analyze', found);
      break;
    case 'lock':
      addLock(statement, found);
      break;
    case 'set':
    case 'reset':
      addSetting(statement, command, found);
      break;
    case 'discard':
    case 'load':
    case 'listen':
    case 'unlisten':
    case 'notify':
      addSession(statement, command, found);
      break;
    case 'show':
    case 'fetch':
    case 'move':
    case 'close':
    case 'deallocate':
      break;
    default:
      found.add({ kind: 'unknown', command }, statement);
      break;
  }
}

function addExplain(statement: readonly SqlToken[], found: EffectCollector): void {
  const { isRun, inner } = explained(statement);
  if (isRun) found.within('explain-analyze', () => addEffects(inner, found));
}

/** What EXPLAIN explains, and whether it runs it. */
export function explained(statement: readonly SqlToken[]): { readonly isRun: boolean; readonly inner: readonly SqlToken[] } {
  const reader = new TokenReader(statement, 1);
  const isInner = reader.peek()?.kind === 'open' && isQuery(statement.slice(1)) && !isOptionList(reader);
  const options = isInner ? undefined : reader.group();
  let isRun = options !== undefined && (optionIsOn(options, 'analyze') || optionIsOn(options, 'analyse'));
  if (options === undefined) {
    isRun = reader.acceptOneOf(['analyze', 'analyse']) !== undefined;
    reader.accept('verbose');
  }
  return { isRun, inner: reader.rest() };
}

/** EXPLAIN (SELECT 1) has no options. */
function isOptionList(reader: TokenReader): boolean {
  const first = reader.peek(1);
  return first?.kind === 'name' || (first?.kind === 'word' && !isQuery([first]));
}

function addPrepare(statement: readonly SqlToken[], found: EffectCollector): void {
  const name = statement[1]?.value ?? '';
  found.prepare(name, preparedStatement(statement));
  found.add({ kind: 'prepare', name }, statement);
}

/** What stands behind PREPARE … AS. */
function preparedStatement(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (tokens[0]?.value !== 'prepare') return tokens;
  const reader = new TokenReader(tokens, 2);
  reader.skipTo('as');
  return reader.rest().slice(1);
}

function addExecute(statement: readonly SqlToken[], found: EffectCollector): void {
  const name = statement[1]?.value ?? '';
  const known = found.isDeep ? undefined : found.prepared(name);
  found.add({ kind: 'execute', name, isKnown: known !== undefined }, statement);
  if (known !== undefined) found.elsewhere('execute', statement, () => addEffects(known, found));
  addFunctionEffects(statement.slice(2), found);
}

function addCursor(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 2);
  reader.skipTo('for');
  addFilled(reader.rest().slice(1), found);
}

function addProcedureCall(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  const target = reader.name();
  const inside = reader.group() ?? [];
  const isKnown = target !== undefined && addRoutine({ target, inside, tokens: statement }, found) === true;
  found.add({ kind: 'call', ...(target === undefined ? {} : { target }), isKnown }, statement);
  addFunctionEffects(inside, found);
}

/** The query that fills something: itself, or a prepared one. */
function addFilled(tokens: readonly SqlToken[], found: EffectCollector): void {
  if (isQuery(tokens)) addQueryEffects(tokens, found);
  else if (tokens[0]?.value === 'execute') addExecute(tokens, found);
}

function targetsOf(effects: readonly Effect[]): readonly ObjectName[] {
  const targets = new Map<string, ObjectName>();
  for (const effect of effects) {
    if (writes(effect) === 'no') continue;
    const names = 'names' in effect ? effect.names : 'target' in effect && effect.target !== undefined ? [effect.target] : [];
    if (effect.kind === 'function') continue;
    for (const name of names) targets.set(name.normalized, targets.get(name.normalized) ?? name);
  }
  return [...targets.values()];
}

import { reservedKeywords } from '../keywords.ts';
import type { EffectCollector } from './effect-collector.ts';
import type { RoutineCall } from './routine.ts';
import { type ObjectName, TokenReader } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';
import { writingFunction } from './writing-functions.ts';

/** Adds what functions do that are called, wherever they stand among the tokens: those known to write, and those of the user's own. */
export function addFunctionEffects(tokens: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(tokens);
  while (!reader.isDone) {
    const start = reader.at;
    // INSERT INTO name (…) and … AS name (…) call nothing.
    const isDefinition = tokens[start - 1]?.kind === 'word' && ['into', 'as', 'table'].includes(tokens[start - 1]?.value ?? '');
    const target = reader.name();
    if (target === undefined) reader.at = start + 1;
    else if (!isDefinition && reader.peek()?.kind === 'open') addCall(target, tokens, start, found);
  }
}

const takesAway = /^\s*(?:delete|update|merge|drop|truncate|alter|with|do|call|grant)\b/i;

function addCall(target: ObjectName, tokens: readonly SqlToken[], start: number, found: EffectCollector): void {
  const name = target.parts.at(-1) ?? '';
  const reader = new TokenReader(tokens, start);
  reader.name();
  const inside = reader.group() ?? [];
  const call = tokens.slice(start, reader.at);
  const [first, second, third] = inside;
  const literal = first?.kind === 'string' && (second === undefined || second.kind === 'comma') ? first.value : undefined;
  if (name === 'set_config') {
    const value = third?.kind === 'string' ? third.value : '';
    found.add(
      { kind: 'setting', command: 'set', name: literal?.toLowerCase() ?? '', value, isLocal: inside.at(-1)?.value === 'true' },
      call,
    );
    return;
  }
  const known = writingFunction(name);
  if (known === undefined) {
    addOwn({ target, inside, tokens: call }, tokens[start - 1], found);
    return;
  }
  // What takes something away on another connection is not looked at there.
  const isTaking = name.startsWith('dblink') && inside.some((token) => token.kind === 'string' && takesAway.test(token.value));
  const does = isTaking ? { ...known, asks: true } : known;
  found.add({ kind: 'function', target, does, ...(literal === undefined ? {} : { firstArgument: literal }) }, call);
}

function addOwn(call: RoutineCall, before: SqlToken | undefined, found: EffectCollector): void {
  if (isClause(call.target.typed.toLowerCase(), before)) return;
  if (found.call(call) === false) found.add({ kind: 'routine', target: call.target }, call.tokens);
}

/** Whether a key word that stands before a parenthesis calls nothing, although some of these may name functions. */
function isClause(word: string, before: SqlToken | undefined): boolean {
  if (reservedKeywords.has(word)) return true;
  const places = clauses.get(word);
  return places !== undefined && (places === 'any' || places.includes(before?.kind === 'close' ? ')' : (before?.value ?? '')));
}

/** By what stands before them. */
const clauses = new Map<string, 'any' | readonly string[]>([
  ['by', ['group', 'order', 'partition']],
  ['set', 'any'],
  ['conflict', ['on']],
  ['over', [')']],
  ['filter', [')']],
  ['materialized', ['as', 'not']],
  ['sets', ['grouping']],
]);

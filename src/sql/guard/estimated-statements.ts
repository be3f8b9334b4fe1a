import { assess, explained, type KnownFacts } from './assess.ts';
import type { Effect } from './effect.ts';
import { isQuery } from './query-effects.ts';
import type { ObjectName } from './token-reader.ts';
import { type SqlToken, tokenizedStatements } from './tokens.ts';

/** A statement that changes rows, to be explained before it runs. */
export interface EstimatedStatement {
  readonly sql: string;
  /** The tables whose rows it changes. */
  readonly targets: readonly ObjectName[];
}

type Change = Extract<Effect, { kind: 'update' | 'delete' | 'merge' | 'insert' }>;

/** The UPDATE, DELETE, MERGE and INSERT … SELECT of a text that EXPLAIN can take as they stand; what EXPLAIN ANALYZE runs and EXECUTE among them. */
export function estimatedStatements(sql: string, facts: KnownFacts = {}): readonly EstimatedStatement[] {
  return tokenizedStatements(sql, facts.standardStrings).flatMap((statement) => {
    const tokens = statement[0]?.value === 'explain' ? explained(statement).inner : statement;
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first === undefined || last === undefined || !isExplainable(tokens)) return [];
    const text = sql.slice(first.start, last.end);
    const changes = assess(text, facts).effects.filter(isChange);
    const isOfValues = changes.every((change) => change.kind === 'insert') && !readsRows(tokens, changes);
    if (changes.length === 0 || isOfValues) return [];
    return [{ sql: text, targets: changes.flatMap((change) => change.target ?? []) }];
  });
}

function isExplainable(tokens: readonly SqlToken[]): boolean {
  return (isQuery(tokens) && !tokens.some((token) => /^\$\d/.test(token.text))) || tokens[0]?.value === 'execute';
}

function isChange(effect: Effect): effect is Change {
  return effect.kind === 'update' || effect.kind === 'delete' || effect.kind === 'merge' || effect.kind === 'insert';
}

/** INSERT … SELECT or TABLE; of a prepared one it is not looked for. */
function readsRows(tokens: readonly SqlToken[], changes: readonly Change[]): boolean {
  if (changes.some((change) => change.via.includes('execute'))) return true;
  return tokens.some((token) => token.kind === 'word' && (token.value === 'select' || token.value === 'table'));
}

import { cannotRunInTransaction } from '../classify.ts';
import { assess, type KnownFacts } from './assess.ts';
import type { Effect } from './effect.ts';
import { tokenizedStatements } from './tokens.ts';

/** What of a text a rollback does not take back, a sentence each; none for what is undone wholly. */
export function undoLimits(sql: string, facts: KnownFacts = {}): readonly string[] {
  const limits = assess(sql, facts).effects.flatMap((effect) => limitOf(effect) ?? []);
  const outside = tokenizedStatements(sql, facts.standardStrings).flatMap((statement) => {
    const text = statement.map((token) => token.text).join(' ');
    return cannotRunInTransaction(text) && !isTransactionControl(text)
      ? [`${firstWords(text)} cannot run in a transaction: there is nothing to roll back.`]
      : [];
  });
  return [...new Set([...outside, ...limits])];
}

function isTransactionControl(text: string): boolean {
  return /^(?:abort|begin|start|commit|end|rollback|prepare)\b/i.test(text);
}

function firstWords(text: string): string {
  return (
    /^[a-z]+(?: (?:database|tablespace|system|index|table|all|unique index)(?: concurrently)?)?/i.exec(text)?.[0] ?? text
  ).toUpperCase();
}

function limitOf(effect: Effect): string | undefined {
  switch (effect.kind) {
    case 'function':
      return functionLimit(effect);
    case 'insert':
      return 'A sequence that gives a new row its key stays moved: numbers drawn are gone.';
    case 'truncate':
      return effect.restartsIdentity ? undefined : 'TRUNCATE holds its lock until the rollback: everybody else waits, readers too.';
    case 'copy':
      return copyLimit(effect);
    case 'session':
      if (effect.command === 'notify') return 'NOTIFY is sent at COMMIT only: in a rehearsal no listener hears it.';
      return effect.command === 'load' ? 'A library that was loaded stays loaded.' : undefined;
    case 'transaction':
      return effect.command === 'commit' && effect.via.length === 0 ? 'COMMIT makes lasting what ran before it.' : undefined;
    case 'do':
      return effect.isKnown ? undefined : 'The DO block runs what its text does not show, which may reach beyond the transaction.';
    case 'call':
      return `${effect.target?.normalized ?? 'The procedure'} may reach beyond the transaction, which its text here does not show.`;
    case 'execute':
      return effect.isKnown ? undefined : `What the prepared statement ${effect.name} does is not known here.`;
    case 'prepare':
      return 'A prepared statement stays after a rollback.';
    case 'setting':
    case 'update':
    case 'delete':
    case 'merge':
    case 'drop':
    case 'alter-drop':
    case 'alter':
    case 'create':
    case 'define':
    case 'grant':
    case 'revoke':
    case 'lock-rows':
    case 'lock-table':
    case 'refresh':
    case 'maintenance':
    case 'alter-system':
    case 'unknown':
      return undefined;
  }
}

function functionLimit(effect: Extract<Effect, { kind: 'function' }>): string | undefined {
  const name = effect.target.normalized;
  if (effect.target.parts.at(-1) === 'pg_notify') return 'NOTIFY is sent at COMMIT only: in a rehearsal no listener hears it.';
  return effect.does.isUndone ? undefined : `${name} ${effect.does.does}, which a rollback does not take back.`;
}

function copyLimit(effect: Extract<Effect, { kind: 'copy' }>): string | undefined {
  switch (effect.direction) {
    case 'to-program':
    case 'from-program':
      return 'The program that COPY runs on the server is not undone.';
    case 'to-file':
      return 'The file that COPY writes on the server stays.';
    case 'from-stdin':
    case 'from-file':
      return 'A sequence that gives a new row its key stays moved: numbers drawn are gone.';
    case 'to-stdout':
      return undefined;
  }
}

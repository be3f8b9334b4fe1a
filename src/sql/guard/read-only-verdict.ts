import { assess, type KnownFacts } from './assess.ts';
import type { Effect } from './effect.ts';
import { deepestSent } from './expression-parts.ts';
import { tokenizedStatements } from './tokens.ts';

export type ReadOnlyVerdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** One sentence. */
      readonly why: string;
      /** The text is this one command of transaction control: a caller that holds the READ ONLY transaction may carry it out itself. */
      readonly alone?: 'begin' | 'commit' | 'rollback';
    };

/**
 * Whether a text may be sent into the READ ONLY transaction of a read-only profile. Writes are left to the server, which refuses them
 * there; refused here is what would leave that transaction, and what the server lets pass in it.
 */
export function readOnlyVerdict(sql: string, facts: KnownFacts = {}): ReadOnlyVerdict {
  const { effects } = assess(sql, facts);
  for (const effect of effects) {
    const why = refusal(effect);
    if (why !== undefined) return { allowed: false, why, ...(isSingle(sql, facts) ? aloneOf(effects) : {}) };
  }
  return { allowed: true };
}

function isSingle(sql: string, facts: KnownFacts): boolean {
  return tokenizedStatements(sql, facts.standardStrings).length === 1;
}

function aloneOf(effects: readonly Effect[]): { readonly alone?: 'begin' | 'commit' | 'rollback' } {
  const [effect] = effects;
  if (effect?.kind !== 'transaction') return {};
  const { command } = effect;
  return command === 'begin' || command === 'commit' || command === 'rollback' ? { alone: command } : {};
}

const readWriteRefused = 'This session is read-only: a transaction cannot be READ WRITE.';
const readOnlySettings = new Set(['transaction_read_only', 'default_transaction_read_only', 'session characteristics']);

function refusal(effect: Effect): string | undefined {
  switch (effect.kind) {
    case 'transaction':
      return transactionRefusal(effect);
    case 'setting':
      return settingRefusal(effect);
    case 'function':
      return effect.does.isRefusedReadOnly
        ? undefined
        : `This session is read-only: ${effect.target.normalized} ${effect.does.does}, which the server allows in a READ ONLY transaction.`;
    case 'copy':
      return copyRefusal(effect);
    case 'maintenance':
      return notCovered(effect.command.toUpperCase());
    case 'alter-system':
      return notCovered('ALTER SYSTEM');
    case 'unread':
      return `This session is read-only: a statement nested more than ${deepestSent} deep is refused, because it is not read here.`;
    case 'lock-table':
      return notCovered('LOCK');
    case 'session':
      return effect.command === 'listen' || effect.command === 'unlisten' ? undefined : notCovered(effect.command.toUpperCase());
    case 'create':
      // Servers up to 18 at least forget to look here, and create the table.
      return effect.via.includes('explain-analyze') ? notCovered('EXPLAIN ANALYZE of CREATE … AS') : undefined;
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
    case 'drop':
    case 'truncate':
    case 'alter-drop':
    case 'alter':
    case 'define':
    case 'grant':
    case 'revoke':
    case 'do':
    case 'call':
    case 'routine':
    case 'execute':
    case 'prepare':
    case 'lock-rows':
    case 'refresh':
    case 'unknown':
      return undefined;
  }
}

function notCovered(command: string): string {
  return `This session is read-only: ${command} is refused, because the server allows it even in a READ ONLY transaction.`;
}

function transactionRefusal(effect: Extract<Effect, { kind: 'transaction' }>): string | undefined {
  // In a DO block the server itself refuses them: the transaction is not the block's.
  if (effect.via.length > 0) return undefined;
  switch (effect.command) {
    case 'begin':
      return effect.readWrite ? readWriteRefused : undefined;
    case 'savepoint':
    case 'release':
    case 'rollback-to':
      return undefined;
    case 'commit':
    case 'rollback':
      return `This session is read-only: ${effect.command.toUpperCase()} would end the READ ONLY transaction that protects it.`;
    case 'prepare':
      return 'This session is read-only: PREPARE TRANSACTION would end the READ ONLY transaction that protects it.';
    case 'commit-prepared':
    case 'rollback-prepared':
      return 'This session is read-only: a prepared transaction cannot be ended here.';
  }
}

function settingRefusal(effect: Extract<Effect, { kind: 'setting' }>): string | undefined {
  const isReadWrite = effect.name === 'transaction' && effect.value.includes('read write');
  if (!isReadWrite && !readOnlySettings.has(effect.name)) return undefined;
  if (effect.name === 'transaction') return readWriteRefused;
  return `This session is read-only: ${effect.name} cannot be changed here.`;
}

function copyRefusal(effect: Extract<Effect, { kind: 'copy' }>): string | undefined {
  switch (effect.direction) {
    case 'to-program':
    case 'from-program':
      return notCovered('COPY … PROGRAM');
    case 'to-file':
      return notCovered('COPY … TO a file of the server');
    case 'to-stdout':
    case 'from-stdin':
    case 'from-file':
      return undefined;
  }
}

import { assess, type KnownFacts } from './assess.ts';
import type { Effect } from './effect.ts';

/**
 * The first command of a text that a standby refuses, for certain; undefined where none is seen. What a DO block may leave out and what
 * functions hide is left to the server.
 */
export function refusedOnStandby(sql: string, facts: KnownFacts = {}): string | undefined {
  for (const effect of assess(sql, facts).effects) {
    const command = effect.via.includes('do') ? undefined : refusedCommand(effect);
    if (command !== undefined) return command;
  }
  return undefined;
}

function refusedCommand(effect: Effect): string | undefined {
  switch (effect.kind) {
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
    case 'truncate':
    case 'grant':
    case 'revoke':
      return effect.kind.toUpperCase();
    case 'drop':
    case 'alter':
    case 'create':
      return `${effect.kind} ${effect.object}`.toUpperCase();
    case 'alter-drop':
      return `ALTER ${effect.object}`.toUpperCase();
    case 'define':
      return effect.command.toUpperCase();
    case 'lock-rows':
      return `SELECT … FOR ${effect.strength}`.toUpperCase();
    case 'lock-table':
      return /^(?:access share|row share|row exclusive)\b/.test(effect.mode) ? undefined : 'LOCK TABLE';
    case 'refresh':
      return 'REFRESH MATERIALIZED VIEW';
    case 'maintenance':
      return effect.command === 'checkpoint' ? undefined : effect.command.toUpperCase();
    case 'function':
      return effect.does.isRefusedReadOnly ? effect.target.typed : undefined;
    case 'copy':
      return effect.direction.startsWith('from') ? 'COPY FROM' : undefined;
    case 'transaction':
      return transactionCommand(effect);
    case 'session':
      return effect.command === 'listen' || effect.command === 'notify' ? effect.command.toUpperCase() : undefined;
    case 'alter-system':
    case 'do':
    case 'call':
    case 'routine':
    case 'unread':
    case 'execute':
    case 'prepare':
    case 'setting':
    case 'unknown':
      return undefined;
  }
}

function transactionCommand({ command, readWrite }: Extract<Effect, { kind: 'transaction' }>): string | undefined {
  if (readWrite) return 'READ WRITE';
  if (command === 'prepare') return 'PREPARE TRANSACTION';
  return command === 'commit-prepared' || command === 'rollback-prepared' ? command.replace('-', ' ').toUpperCase() : undefined;
}

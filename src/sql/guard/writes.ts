import type { Effect } from './effect.ts';

export type Writes = 'no' | 'yes' | 'unknown';

/** Whether an effect changes anything outside the session, locks that others wait for included. */
export function writes(effect: Effect): Writes {
  switch (effect.kind) {
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
    case 'drop':
    case 'truncate':
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
    case 'function':
      return 'yes';
    case 'copy':
      return effect.direction === 'to-stdout' ? 'no' : 'yes';
    case 'transaction':
      return effect.command === 'commit-prepared' || effect.command === 'rollback-prepared' ? 'yes' : 'no';
    case 'session':
      return effect.command === 'notify' ? 'yes' : 'no';
    case 'execute':
      return effect.isKnown ? 'no' : 'unknown';
    case 'do':
      return effect.isKnown ? 'no' : 'unknown';
    case 'call':
      return effect.isKnown ? 'no' : 'unknown';
    case 'routine':
    case 'unread':
    case 'unknown':
      return 'unknown';
    case 'prepare':
    case 'setting':
      return 'no';
  }
}

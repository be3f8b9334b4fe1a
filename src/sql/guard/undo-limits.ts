import type { Assessment } from './assess.ts';
import type { Effect } from './effect.ts';

/** Something that a rollback does not take back. */
export interface UndoLimit {
  /** A sentence. */
  readonly text: string;
  /**
   * When to tell who wants to run it and roll back: 'ask' before it runs, for it reaches others at once; 'warn' before it runs;
   * 'after', with what came of it, for it is what is to be expected of such a statement.
   */
  readonly told: 'ask' | 'warn' | 'after';
}

/** What of a text a rollback does not take back; none for what is undone wholly. */
export function undoLimits({ effects }: Assessment): readonly UndoLimit[] {
  const limits = effects.flatMap((effect) => limitOf(effect) ?? []);
  return [...new Map(limits.map((limit) => [limit.text, limit])).values()];
}

function limitOf(effect: Effect): UndoLimit | undefined {
  switch (effect.kind) {
    case 'function':
      return functionLimit(effect);
    case 'insert':
      return drawnKeys;
    case 'copy':
      return copyLimit(effect);
    case 'session':
      if (effect.command === 'notify') return unheard;
      return effect.command === 'load' ? warning('A library that was loaded stays loaded.') : undefined;
    case 'do':
      return effect.isKnown ? undefined : warning('The DO block runs what its text does not show, which may reach beyond the transaction.');
    case 'call':
      return effect.isKnown ? undefined : unseen(effect.target?.normalized ?? 'The procedure');
    case 'routine':
      return unseen(effect.target.normalized);
    case 'unread':
      return warning('The statement is nested too deep to be read here; it may reach beyond the transaction.');
    case 'execute':
      return effect.isKnown ? undefined : warning(`What the prepared statement ${effect.name} does is not known here.`);
    case 'prepare':
      return { text: 'A prepared statement stays after a rollback.', told: 'after' };
    case 'transaction':
    case 'truncate':
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

const drawnKeys: UndoLimit = { text: 'A sequence that gives a new row its key stays moved: numbers drawn are gone.', told: 'after' };
const unheard = warning('NOTIFY is sent at COMMIT only: in a rehearsal no listener hears it.');

function unseen(routine: string): UndoLimit {
  return warning(`${routine} may reach beyond the transaction, which its text here does not show.`);
}

function warning(text: string): UndoLimit {
  return { text, told: 'warn' };
}

function functionLimit({ target, does }: Extract<Effect, { kind: 'function' }>): UndoLimit | undefined {
  if (target.parts.at(-1) === 'pg_notify') return unheard;
  if (does.isUndone) return undefined;
  return { text: `${target.normalized} ${does.does}, which a rollback does not take back.`, told: does.isSlight ? 'warn' : 'ask' };
}

function copyLimit(effect: Extract<Effect, { kind: 'copy' }>): UndoLimit | undefined {
  switch (effect.direction) {
    case 'to-program':
    case 'from-program':
      return { text: 'The program that COPY runs on the server is not undone.', told: 'ask' };
    case 'to-file':
      return { text: 'The file that COPY writes on the server stays.', told: 'ask' };
    case 'from-stdin':
    case 'from-file':
      return drawnKeys;
    case 'to-stdout':
      return undefined;
  }
}

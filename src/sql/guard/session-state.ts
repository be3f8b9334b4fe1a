import { assess, type KnownFacts } from './assess.ts';
import type { Effect } from './effect.ts';

/** What a statement leaves in the session, or needs of it, so that it does not work where each transaction has another one. */
export type SessionState = 'settings' | 'listen' | 'prepared' | 'temporary' | 'advisory';

/** The kinds of a text, each once. */
export function sessionStateOf(sql: string, facts: KnownFacts = {}): readonly SessionState[] {
  return [...new Set(assess(sql, facts).effects.flatMap((effect) => stateOf(effect) ?? []))];
}

/** What to do instead, one sentence each. */
export const pooledAdvice: Readonly<Record<SessionState, string>> = {
  settings: 'SET does not stay: use SET LOCAL in the transaction that needs it.',
  listen: 'LISTEN hears nothing once its transaction has ended: connect to the server itself to listen.',
  prepared: 'PREPARE and EXECUTE find each other in one transaction only, unless the pooler follows them.',
  temporary: 'A temporary table is there for its transaction only: use it in one, ON COMMIT DROP.',
  advisory: "A session's advisory lock stays with a server session that others get next: use pg_advisory_xact_lock.",
};

function stateOf(effect: Effect): SessionState | undefined {
  switch (effect.kind) {
    case 'setting':
      return effect.isLocal || /^(?:transaction|constraints)$/.test(effect.name) ? undefined : 'settings';
    case 'session':
      return effect.command === 'listen' ? 'listen' : undefined;
    case 'prepare':
    case 'execute':
      return 'prepared';
    case 'create':
      return effect.isTemporary ? 'temporary' : undefined;
    case 'function':
      return /^pg_(?:try_)?advisory_(?:un)?lock/.test(effect.target.parts.at(-1) ?? '') ? 'advisory' : undefined;
    default:
      return undefined;
  }
}

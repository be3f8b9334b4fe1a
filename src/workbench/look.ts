import type { OtherSession } from '../catalog/session-activity.ts';
import { isTransactionQuery } from '../engine/show-transaction.ts';
import { say } from './log.ts';
import type { Model } from './model.ts';
import type { Look, Looked } from './outside.ts';

/** What there is to look at now. */
export function lookedAt({ connection, transaction, running }: Model): Looked | undefined {
  if (connection.phase !== 'open') return undefined;
  const since = transaction?.transaction?.since;
  if (connection.status !== 'idle' && since !== undefined) return { transaction: since };
  return running === undefined ? undefined : { run: running.since };
}

/** The last look, where that was at what is there now. */
export function currentLook(model: Model): Look | undefined {
  const { look } = model.outside;
  const now = lookedAt(model);
  return look !== undefined && now !== undefined && isSame(look.of, now) ? look : undefined;
}

export function isSame(one: Looked | undefined, other: Looked): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** A look has been taken. Who is new among those that wait is told: nobody should have to open the drawer to know. */
export function takeLook(model: Model, look: Look): Model {
  const before = new Set((currentLook(model)?.activity.waiters ?? []).map(({ processId }) => processId));
  const seen: Model = { ...model, outside: { ...model.outside, look, refusal: undefined } };
  const current = currentLook(seen);
  if (current === undefined) return model;
  const fresh = current.activity.waiters.filter(({ processId }) => !before.has(processId));
  const log = fresh.reduce(
    (all, waiter) => say(all, { at: look.at, severity: 'warning', text: `Waits for this transaction: ${otherText(waiter)}` }),
    seen.log,
  );
  return { ...seen, log };
}

/** `4711 (alice): update t …`. */
export function otherText({ processId, user, query, state }: OtherSession): string {
  if (processId === '0') return 'a prepared transaction';
  if (query === undefined) return `${processId} (${user}): what it runs is not ours to see`;
  return `${processId} (${user}): ${isTransactionQuery(query) ? state : oneLine(query)}`;
}

function oneLine(sql: string): string {
  return sql.trim().replace(/\s+/g, ' ');
}

import { isRetriable, type ReplayPlan, replayPlan } from '../engine/transaction/replay.ts';
import type { Model } from './model.ts';
import { activeTab } from './results.ts';

/** What can be run again after a serialization failure or a deadlock. */
export type RetryOffer = { readonly kind: 'transaction'; readonly plan: ReplayPlan } | { readonly kind: 'statement'; readonly sql: string };

/** The offer of the error on the screen, while it can be taken. */
export function retryOffer(model: Model): RetryOffer | undefined {
  const content = activeTab(model.results)?.content;
  const { connection, transaction, running } = model;
  if (content?.type !== 'error' || content.sql === undefined || !isRetriable(content.error.code)) return undefined;
  if (connection.phase !== 'open' || running !== undefined) return undefined;
  const plan = transaction && replayPlan(transaction, content.error, content.sql);
  if (plan !== undefined) return { kind: 'transaction', plan };
  return connection.status === 'idle' ? { kind: 'statement', sql: content.sql } : undefined;
}

/** What the error means, in a sentence. */
export function retryReason(code: string): string {
  return code === '40P01'
    ? 'This session and another waited for each other: the server ended this one, so that the other could go on. Run again it may succeed.'
    : 'What other transactions did at the same time does not go with what this one has seen: one had to fail. Run again it may succeed.';
}

/** What the key does, for the error screen. */
export function retryLabel(offer: RetryOffer): string {
  if (offer.kind === 'statement') return 'Run the statement again';
  const { length } = offer.plan.steps;
  return `Replay the transaction: ${length} ${length === 1 ? 'statement' : 'statements'}, each asked for`;
}

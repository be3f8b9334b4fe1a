import type { TimelineEntry } from '../engine/transaction/timeline.ts';
import type { Model } from './model.ts';

/** Of the open transaction, or of the one that was lost with its session. Automatic savepoints that are gone would only be in the way. */
export function shownEntries({ connection, transaction }: Pick<Model, 'connection' | 'transaction'>): readonly TimelineEntry[] {
  const isShown = connection.phase === 'lost' || (connection.phase === 'open' && connection.status !== 'idle');
  const { entries = [], savepoints = [] } = (isShown ? transaction?.transaction : undefined) ?? {};
  const living = new Set(savepoints.map(({ id }) => id));
  return entries.filter((entry) => !('isAutomatic' in entry) || !entry.isAutomatic || entry.kind === 'rollback-to' || living.has(entry.id));
}

/** The first entry in view: the newest stay in view unless a savepoint above is marked, or the timeline was scrolled so many entries up. */
export function firstShown(entries: readonly TimelineEntry[], room: number, marked: number | undefined, scrolled: number): number {
  const last = Math.max(0, entries.length - room);
  if (scrolled > 0) return Math.max(0, last - scrolled);
  const at = marked === undefined ? -1 : entries.findIndex(({ id }) => id === marked);
  return at < 0 ? last : Math.min(last, at);
}

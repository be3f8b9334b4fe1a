import type { TransactionRecord } from './record.ts';
import type { EntryError, StatementBody, TimelineEntry } from './timeline.ts';

/** What the loss of the connection has cost. */
export interface LossReport {
  readonly reason: string;
  /** The server's last word, where it had one: 25P03 is its idle timeout. */
  readonly error: EntryError | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the transaction that was open; undefined where none was. */
  readonly since: number | undefined;
  /** What it had done, whole texts for the user to keep; what had been undone before is left out. */
  readonly statements: readonly (StatementBody & TimelineEntry)[];
  /** Statements of a long transaction that are no longer listed. */
  readonly unlisted: number;
  /** Sent, and never answered. */
  readonly unanswered: readonly string[];
  /** `unknown`: what was on its way may have been committed, alone or by a COMMIT among it. */
  readonly outcome: 'rolled-back' | 'unknown';
}

/** Undefined where nothing was lost: the session is alive, or was idle with nothing on its way. */
export function describeLoss(record: TransactionRecord): LossReport | undefined {
  const { loss, transaction } = record;
  if (loss === undefined || (transaction === undefined && loss.unanswered.length === 0)) return undefined;
  const statements: (StatementBody & TimelineEntry)[] = [];
  let unlisted = 0;
  for (const entry of transaction?.entries ?? []) {
    if (entry.isUndone) continue;
    if (entry.kind === 'statement' && entry.error === undefined) statements.push(entry);
    if (entry.kind === 'folded') unlisted += entry.statements;
  }
  return {
    reason: loss.reason,
    error: loss.error,
    at: loss.at,
    since: transaction?.since,
    statements,
    unlisted,
    unanswered: loss.unanswered.map(({ sql }) => sql),
    outcome: mayHaveCommitted(record) ? 'unknown' : 'rolled-back',
  };
}

function mayHaveCommitted({ loss, transaction }: TransactionRecord): boolean {
  const kinds = (loss?.unanswered ?? []).map(({ command }) => command.kind);
  // Of a failed transaction COMMIT rolls back.
  if (loss?.wasFailed === true && kinds.length <= 1) return false;
  if (kinds.includes('commit') || kinds.includes('prepare')) return true;
  const isInBlock = (transaction !== undefined || kinds[0] === 'begin') && !kinds.includes('rollback');
  return !isInBlock && kinds.some((kind) => kind !== 'rollback');
}

import type { CommitEvidence } from './commit-outcome.ts';
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

/** Why the session was ended, in the words of the server or of what stands before it; undefined where it ended without any. */
export function lastWord({ loss }: TransactionRecord): string | undefined {
  return loss?.error?.isFatal === true ? loss.error.message : undefined;
}

function mayHaveCommitted({ loss, transaction }: TransactionRecord): boolean {
  const kinds = (loss?.unanswered ?? []).map(({ command }) => command.kind);
  // Of a failed transaction COMMIT rolls back.
  if (loss?.wasFailed === true && kinds.length <= 1) return false;
  if (kinds.includes('commit') || kinds.includes('prepare')) return true;
  const isInBlock = (transaction !== undefined || kinds[0] === 'begin') && !kinds.includes('rollback');
  return !isInBlock && kinds.some((kind) => kind !== 'rollback');
}

/** What may have been committed when the connection was lost. */
export interface InDoubt {
  /** An open transaction whose COMMIT or PREPARE TRANSACTION was sent, or what ran on its own. */
  readonly what: 'transaction' | 'prepare' | 'statement';
  /** By this its outcome can be looked up. */
  readonly evidence: CommitEvidence | undefined;
  /** More followed in the same string, which the evidence does not cover. */
  readonly hasMore: boolean;
}

/** Undefined where the outcome is certain: nothing is lost, or all of it is rolled back. */
export function inDoubt(record: TransactionRecord): InDoubt | undefined {
  const { loss, transaction, evidence } = record;
  if (loss === undefined || !mayHaveCommitted(record)) return undefined;
  const kinds = loss.unanswered.map(({ command }) => command.kind);
  const end = kinds.find((kind) => kind === 'commit' || kind === 'prepare' || kind === 'rollback' || kind === 'begin');
  if (transaction === undefined || (end !== 'commit' && end !== 'prepare'))
    return { what: 'statement', evidence: undefined, hasMore: false };
  const what = end === 'prepare' ? 'prepare' : 'transaction';
  const hasMore = kinds.indexOf(end) < kinds.length - 1;
  // That it had written nothing holds as long as nothing more was sent than its end.
  const isCurrent = evidence?.xid !== undefined || (evidence?.readyAt === record.readyAt && kinds.length === 1 && !loss.hasAnswers);
  return { what, evidence: isCurrent ? evidence : undefined, hasMore };
}

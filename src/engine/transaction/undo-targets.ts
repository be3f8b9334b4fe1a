import type { Savepoint } from './open-transaction.ts';
import type { TransactionRecord } from './record.ts';
import { automaticSavepointName, isAutomaticName, savepointLabel } from './savepoint-name.ts';
import { type Work, workOf } from './timeline.ts';

/** A savepoint that exists for certain and can be rolled back to. */
export interface UndoTarget {
  /** Of its entry in the timeline. */
  readonly id: number;
  readonly name: string;
  /** For the screen: an automatic one is `auto 2`. */
  readonly label: string;
  readonly isAutomatic: boolean;
  /** Newer savepoints of the same name, which have to go first. */
  readonly shadowedBy: number;
}

/** Newest first. None where the session is in no transaction block. */
export function undoTargets(record: TransactionRecord): readonly UndoTarget[] {
  if (record.state !== 'transaction' && record.state !== 'failed') return [];
  const savepoints = record.transaction?.savepoints ?? [];
  return savepoints.map((savepoint, index) => undoTarget(savepoint, savepoints.slice(index + 1))).reverse();
}

/** What is lost by rolling back to the entry of this id; of undefined: by rolling back the whole transaction. Rows at least these. */
export function whatRollbackToWouldUndo(record: TransactionRecord, id: number | undefined): Work {
  let statements = 0;
  let changedRows = 0;
  for (const entry of record.transaction?.entries ?? []) {
    if (entry.isUndone || (id !== undefined && entry.id <= id)) continue;
    const work = workOf(entry);
    statements += work.statements;
    changedRows += work.changedRows;
  }
  return { statements, changedRows };
}

/**
 * Where to roll back to so as to undo the last statement (or string of statements) and nothing else; undefined where no automatic
 * savepoint stands right before it.
 */
export function lastStatementTarget(record: TransactionRecord): UndoTarget | undefined {
  const target = undoTargets(record).find(({ id }) => hasWorkAfter(record, id));
  if (target === undefined || !target.isAutomatic) return undefined;
  const exchanges = new Set<number | 'folded'>();
  for (const entry of record.transaction?.entries ?? []) {
    if (entry.isUndone || entry.id <= target.id || workOf(entry).statements === 0) continue;
    if (entry.kind === 'statement') exchanges.add(entry.exchange);
    if (entry.kind === 'folded') exchanges.add('folded');
  }
  return exchanges.size === 1 && !exchanges.has('folded') ? target : undefined;
}

/** A name for the next automatic savepoint that this transaction has not had. */
export function automaticName(record: TransactionRecord): string {
  return automaticSavepointName((record.transaction?.automaticCount ?? 0) + 1);
}

function hasWorkAfter(record: TransactionRecord, id: number): boolean {
  return whatRollbackToWouldUndo(record, id).statements > 0;
}

function undoTarget({ id, name }: Savepoint, newer: readonly Savepoint[]): UndoTarget {
  return {
    id,
    name,
    label: savepointLabel(name),
    isAutomatic: isAutomaticName(name),
    shadowedBy: newer.filter((savepoint) => savepoint.name === name).length,
  };
}

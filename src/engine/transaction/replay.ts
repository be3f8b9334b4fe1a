import { quoteIdentifier } from '../../sql/quote.ts';
import type { TransactionModes } from './characteristics.ts';
import type { TransactionRecord } from './record.ts';
import type { EntryError, StatementBody, TimelineEntry } from './timeline.ts';

/** What the record does not hold of a statement: it is asked for again, or cannot be had. */
type Lacking = 'copy-data' | 'parameters';

export interface ReplayStep {
  readonly sql: string;
  readonly lacks?: Lacking;
}

/** A transaction to be run again: nothing of it was committed. */
export interface ReplayPlan {
  readonly modes: TransactionModes;
  readonly steps: readonly ReplayStep[];
  /** Statements of a long transaction that are no longer held: without them it would be another one. */
  readonly unlisted: number;
}

/** Serialization failure and deadlock: the same statements may succeed when they are run again. */
export function isRetriable(code: string): boolean {
  return code === '40001' || code === '40P01';
}

/** The transaction in which this error came, from its beginning; undefined: it came outside of one. `sql`: the string that failed. */
export function replayPlan(record: TransactionRecord, error: EntryError, sql: string): ReplayPlan | undefined {
  const { transaction, ended, state } = record;
  if (state === 'transaction' || state === 'failed') return transaction && planOf(transaction.entries, transaction.characteristics);
  // COMMIT itself failed.
  const last = ended?.entries.at(-1);
  if (ended?.error?.code !== error.code || last?.kind !== 'statement' || !sql.includes(last.sql)) return undefined;
  return planOf(ended.entries, ended.characteristics);
}

function planOf(entries: readonly TimelineEntry[], { isolation, isReadOnly, isDeferrable }: KnownModes): ReplayPlan {
  const steps: ReplayStep[] = [];
  let unlisted = 0;
  for (const entry of entries) {
    if (entry.isUndone) continue;
    if (entry.kind === 'folded') unlisted += entry.statements;
    const step = stepOf(entry);
    if (step !== undefined) steps.push(step);
  }
  const modes = {
    ...(isolation === undefined ? {} : { isolation: isolation.value }),
    ...(isReadOnly === undefined ? {} : { isReadOnly: isReadOnly.value }),
    ...(isDeferrable?.value === true ? { isDeferrable: true } : {}),
  };
  return { modes, steps, unlisted };
}

type KnownModes = NonNullable<TransactionRecord['transaction']>['characteristics'];

/** Savepoints that were rolled back to stay, what that undid is left out; automatic ones make themselves again. */
function stepOf(entry: TimelineEntry): ReplayStep | undefined {
  switch (entry.kind) {
    case 'statement':
      return wasMeant(entry) ? { sql: entry.sql, ...lackOf(entry) } : undefined;
    case 'savepoint':
      return entry.isAutomatic ? undefined : { sql: `SAVEPOINT ${quoteIdentifier(entry.name)}` };
    case 'release':
      return entry.isAutomatic ? undefined : { sql: `RELEASE SAVEPOINT ${quoteIdentifier(entry.name)}` };
    case 'begin':
    case 'rollback-to':
    case 'unknown':
    case 'folded':
      return undefined;
  }
}

/** What went well, what failed for this reason, and what was refused only because of it (25P02). */
function wasMeant({ error }: StatementBody): boolean {
  return error === undefined || isRetriable(error.code) || error.code === '25P02';
}

function lackOf({ sql, hasParameters }: StatementBody): { readonly lacks?: Lacking } {
  if (hasParameters === true || sql.trim() === '') return { lacks: 'parameters' };
  return /^copy\b.*\bfrom\s+stdin\b/is.test(sql) ? { lacks: 'copy-data' } : {};
}

import { type Characteristics, type TransactionModes, withModes } from './characteristics.ts';
import { automaticNumber, isAutomaticName } from './savepoint-name.ts';
import { type EntryBody, foldTimeline, type TimelineEntry } from './timeline.ts';

/** A savepoint that exists. */
export interface Savepoint {
  /** Its entry's id. */
  readonly id: number;
  readonly name: string;
  /** Those to return to: SET TRANSACTION READ ONLY is undone with its savepoint. */
  readonly characteristics: Characteristics;
}

/** What is known of the transaction block the session is in, or was in when it was lost. */
export interface OpenTransaction {
  /** Milliseconds since 1970 at which BEGIN was sent. */
  readonly since: number;
  readonly characteristics: Characteristics;
  readonly entries: readonly TimelineEntry[];
  /** Savepoints that exist for certain, outermost first. There may be others while `unknownSince` is set, below them only. */
  readonly savepoints: readonly Savepoint[];
  /** Id of the entry since which savepoints may exist, or be gone, unseen. */
  readonly unknownSince?: number;
  /** Highest number of an automatic savepoint so far. */
  readonly automaticCount: number;
  readonly nextId: number;
}

export function beginTransaction(at: number, modes: TransactionModes): OpenTransaction {
  return addEntry(bareTransaction(at, withModes({}, modes, at)), { kind: 'begin' }, at);
}

/** AND CHAIN: the next transaction has the characteristics of the one that ended. */
export function chainTransaction(ended: OpenTransaction, at: number): OpenTransaction {
  return addEntry(bareTransaction(at, ended.characteristics), { kind: 'begin' }, at);
}

/** The server is in a transaction block whose beginning was not seen. */
export function unseenTransaction(at: number, reason: string): OpenTransaction {
  return doubt(bareTransaction(at, {}), reason, at);
}

export function addEntry(transaction: OpenTransaction, body: EntryBody, at: number): OpenTransaction {
  const { nextId: id, savepoints, entries, unknownSince } = transaction;
  const entry = { ...body, id, at, depth: savepoints.length, isUndone: false };
  const stays = (): ReadonlySet<number> => new Set([0, unknownSince ?? 0, ...savepoints.map((point) => point.id)]);
  return { ...transaction, nextId: id + 1, entries: foldTimeline([...entries, entry], stays) };
}

/** From now on no savepoint made so far is known to exist, and others may. */
export function doubt(transaction: OpenTransaction, reason: string, at: number): OpenTransaction {
  const doubted = addEntry({ ...transaction, savepoints: [] }, { kind: 'unknown', reason }, at);
  return { ...doubted, unknownSince: transaction.unknownSince ?? transaction.nextId };
}

export function addSavepoint(transaction: OpenTransaction, name: string, at: number): OpenTransaction {
  const { nextId: id, savepoints, characteristics, automaticCount } = transaction;
  const added = addEntry(transaction, { kind: 'savepoint', name, isAutomatic: isAutomaticName(name) }, at);
  return {
    ...added,
    savepoints: [...savepoints, { id, name, characteristics }],
    automaticCount: Math.max(automaticCount, automaticNumber(name) ?? 0),
  };
}

/** RELEASE drops the newest savepoint of this name and all that were made after it. */
export function release(transaction: OpenTransaction, name: string, at: number): OpenTransaction {
  const { savepoints } = transaction;
  const index = savepoints.findLastIndex((point) => point.name === name);
  // It lay below all that is known, or what is known was wrong.
  const known = index < 0 ? ensureDoubt(transaction, `${name} was not known`, at) : transaction;
  const left = { ...known, savepoints: savepoints.slice(0, Math.max(index, 0)) };
  return addEntry(left, { kind: 'release', name, isAutomatic: isAutomaticName(name) }, at);
}

/** ROLLBACK TO undoes what came after the newest savepoint of this name, which stays. */
export function rollBackTo(transaction: OpenTransaction, name: string, at: number): OpenTransaction {
  const { savepoints } = transaction;
  const index = savepoints.findLastIndex((point) => point.name === name);
  const point = savepoints[index];
  const body: EntryBody = { kind: 'rollback-to', name, isAutomatic: isAutomaticName(name) };
  if (point !== undefined) {
    const undone = undoAfter(transaction, point.id);
    return addEntry({ ...undone, savepoints: savepoints.slice(0, index + 1), characteristics: point.characteristics }, body, at);
  }
  // A savepoint from before what is known: it lies at the doubtful entry or above it in the timeline.
  const known = ensureDoubt(transaction, `${name} was not known`, at);
  const undone = undoAfter(known, known.unknownSince ?? 0);
  const id = undone.nextId;
  return { ...addEntry({ ...undone, savepoints: [], characteristics: {} }, body, at), savepoints: [{ id, name, characteristics: {} }] };
}

function bareTransaction(since: number, characteristics: Characteristics): OpenTransaction {
  return { since, characteristics, entries: [], savepoints: [], automaticCount: 0, nextId: 0 };
}

function ensureDoubt(transaction: OpenTransaction, reason: string, at: number): OpenTransaction {
  return transaction.unknownSince === undefined ? doubt(transaction, reason, at) : transaction;
}

function undoAfter(transaction: OpenTransaction, id: number): OpenTransaction {
  const entries = transaction.entries.map((entry) => (entry.id > id && !entry.isUndone ? { ...entry, isUndone: true } : entry));
  return { ...transaction, entries };
}

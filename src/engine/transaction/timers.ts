import type { TransactionRecord } from './record.ts';

// All times are milliseconds; `now` counts from 1970.

/** How long the transaction has been open; undefined where none is. */
export function transactionAge(record: TransactionRecord, now: number): number | undefined {
  return isOpen(record) && record.transaction !== undefined ? Math.max(0, now - record.transaction.since) : undefined;
}

/** How long the server has waited, in a transaction, for the next statement; undefined where it does not. */
export function idleTime(record: TransactionRecord, now: number): number | undefined {
  if (!isOpen(record) || record.exchange !== undefined || record.readyAt === undefined) return undefined;
  return Math.max(0, now - record.readyAt);
}

/** Until idle_in_transaction_session_timeout (0: none) ends the session. */
export function idleTimeLeft(record: TransactionRecord, timeout: number, now: number): number | undefined {
  const idle = idleTime(record, now);
  return idle === undefined || timeout <= 0 ? undefined : Math.max(0, timeout - idle);
}

/** Times at which to warn: of age, of idling, and before the server ends the session. */
export interface WarningTimes {
  readonly age: readonly number[];
  readonly idle: readonly number[];
  readonly left: readonly number[];
}

export interface TransactionWarning {
  readonly kind: 'age' | 'idle' | 'left';
  /** The time that was reached. */
  readonly milliseconds: number;
}

/** The warnings that fell due after `earlier` and up to `now`; of each kind the latest alone. */
export function dueWarnings(
  record: TransactionRecord,
  times: WarningTimes,
  timeout: number,
  earlier: number,
  now: number,
): readonly TransactionWarning[] {
  const since = isOpen(record) ? record.transaction?.since : undefined;
  const idleSince = idleTime(record, now) === undefined ? undefined : record.readyAt;
  const passed = (from: number | undefined, after: number): boolean => from !== undefined && from + after > earlier && from + after <= now;
  const age = times.age.filter((time) => passed(since, time));
  const idle = times.idle.filter((time) => passed(idleSince, time));
  const left = times.left.filter((time) => timeout > time && passed(idleSince, timeout - time));
  return [
    ...(age.length === 0 ? [] : [{ kind: 'age' as const, milliseconds: Math.max(...age) }]),
    ...(idle.length === 0 ? [] : [{ kind: 'idle' as const, milliseconds: Math.max(...idle) }]),
    ...(left.length === 0 ? [] : [{ kind: 'left' as const, milliseconds: Math.min(...left) }]),
  ];
}

const units: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** What SHOW answers for a parameter of time, `5min` or a bare 0; undefined where it is none. */
export function settingMilliseconds(text: string): number | undefined {
  const [, digits, unit] = /^(\d+)\s*([a-z]*)$/.exec(text) ?? [];
  const factor = unit === '' ? 1 : units[unit ?? 'none'];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** Times as a person lists them, `30s 5min` or `off`; undefined where one is none. */
export function warningTimes(text: string): readonly number[] | undefined {
  if (text.trim().toLowerCase() === 'off') return [];
  const times = text
    .trim()
    .split(/[\s,]+/)
    .map((time) => (/^\d+[a-z]+$/.test(time) ? settingMilliseconds(time) : undefined));
  return times.every((time) => time !== undefined && time >= 1000) ? times.filter((time) => time !== undefined) : undefined;
}

function isOpen({ state }: TransactionRecord): boolean {
  return state === 'transaction' || state === 'failed';
}

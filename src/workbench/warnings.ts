import type { WarningTimes } from '../engine/transaction/timers.ts';

/** Milliseconds. */
export const usualWarnings: WarningTimes = { idle: [30_000, 300_000], age: [600_000], left: [60_000, 10_000] };

/** The times at which an open transaction is warned of, and up to when that was done. */
export interface Warnings {
  readonly times: WarningTimes;
  readonly at: number;
}

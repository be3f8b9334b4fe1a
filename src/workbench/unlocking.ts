/** Writes are let through a read-only session for a while. */
export interface Unlocking {
  /** Milliseconds of the clock. */
  readonly until: number;
  readonly reason: string;
  /** The time is over, but a transaction that may write is still open: it can only be ended. */
  readonly isClosing: boolean;
}

const defaultMinutes = 5;
export const longestMinutes = 60;

/** The minutes a person typed; a sentence where they make no sense. */
export function readMinutes(text: string): number | string {
  const typed = text.trim();
  if (typed === '') return defaultMinutes;
  const minutes = Number(typed);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= longestMinutes
    ? minutes
    : `Nothing was unlocked: the time is 1 to ${longestMinutes} whole minutes, not "${typed}".`;
}

/** What every frame says meanwhile; `sign` stands for the colour where there is none. */
export function unlockingText({ until, reason, isClosing }: Unlocking, now: number): string {
  if (isClosing) return `READ-ONLY AGAIN once what is open has ended: COMMIT or ROLLBACK it · ${reason}`;
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `WRITES ALLOWED, ${left} left · ${reason} · Alt-U locks`;
}

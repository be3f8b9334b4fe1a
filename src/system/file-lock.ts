import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** Who holds a lock, as its holder wrote it down. */
export interface LockHolder extends ProcessIdentity {
  readonly since: string;
}

export interface FileLock {
  readonly ok: true;
  release(): Promise<void>;
}

export interface LockRefusal {
  readonly ok: false;
  /** One sentence. */
  readonly text: string;
  /** undefined: it cannot be told, or the folder cannot be written. */
  readonly holder?: LockHolder;
}

export interface LockOptions {
  /** Milliseconds to wait for another holder; 0: answer at once. */
  readonly wait?: number;
  /** Another process broke the lock while it was held here. */
  readonly onLost?: () => void;
}

const refreshEvery = 2_000;
// A holder of this machine that is gone needs no long wait: only as long as a new one takes to write its name down.
const graceForDead = 2_000;
// One of another machine or container cannot be asked; it refreshes its lock as long as it lives.
const graceForUnknown = 30_000;
// proper-lockfile must never break a lock by age alone: a stopped process (Ctrl-Z) is old but alive.
const neverStale = 10 * 365 * 24 * 3_600_000;

/**
 * Locks `path` against other processes (and other tasks of this one) by a folder `path.lock`; the holder stands in `path.holder`.
 * The folder of `path` must exist.
 */
export async function lockFile(path: string, options: LockOptions = {}): Promise<FileLock | LockRefusal> {
  const deadline = performance.now() + (options.wait ?? 0);
  for (;;) {
    const attempt = await tryLock(path, options.onLost);
    if (attempt.ok || attempt.holder === 'no-lock-possible') return attempt.ok ? attempt : { ok: false, text: attempt.text };
    if (breakAbandoned(path)) continue;
    if (performance.now() >= deadline) return heldBy(path, readHolder(path));
    await sleep(2 + Math.random() * 8);
  }
}

type Attempt = FileLock | { readonly ok: false; readonly holder: 'held' | 'no-lock-possible'; readonly text: string };

async function tryLock(path: string, onLost: (() => void) | undefined): Promise<Attempt> {
  const { default: properLockfile } = await import('proper-lockfile');
  try {
    const unlock = await properLockfile.lock(path, {
      realpath: false,
      stale: neverStale,
      update: refreshEvery,
      onCompromised: () => onLost?.(),
    });
    writeHolder(path);
    return {
      ok: true,
      async release() {
        rmSync(`${path}.holder`, { force: true });
        // A lock that was broken meanwhile is not ours to remove.
        await unlock().catch(() => undefined);
      },
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ELOCKED') return { ok: false, holder: 'held', text: message };
    return { ok: false, holder: 'no-lock-possible', text: `cannot lock ${path}: ${message}` };
  }
}

/** Who holds the lock of `path` now, if that can be told. */
export function readHolder(path: string): LockHolder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(`${path}.holder`, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  const { pid, host, started, since } = (value ?? {}) as Partial<LockHolder>;
  return typeof pid === 'number' && typeof host === 'string' && typeof started === 'string' && typeof since === 'string';
}

function writeHolder(path: string): void {
  const holder: LockHolder = { ...thisProcess(), since: new Date().toISOString() };
  try {
    writeFileSync(`${path}.holder`, JSON.stringify(holder), { mode: 0o600 });
  } catch {
    // A full disk: the lock holds all the same, only nobody can read whose it is.
  }
}

function heldBy(path: string, holder: LockHolder | undefined): LockRefusal {
  if (holder === undefined) return { ok: false, text: `${path} is in use by another process` };
  return { ok: false, text: `${path} is in use by process ${holder.pid} on ${holder.host} since ${holder.since}`, holder };
}

/** Takes away the lock of a holder that is gone. The rename is the step that only one of several waiters can take. */
function breakAbandoned(path: string): boolean {
  const lockFolder = `${path}.lock`;
  const stat = statSync(lockFolder, { throwIfNoEntry: false });
  if (stat === undefined) return true;
  const age = Date.now() - stat.mtimeMs;
  const holder = readHolder(path);
  const runs = holder === undefined ? undefined : isRunning(holder);
  const isAbandoned = runs === undefined ? age > graceForUnknown : !runs && age > graceForDead;
  if (!isAbandoned) return false;
  const aside = `${lockFolder}.${randomUUID()}`;
  try {
    renameSync(lockFolder, aside);
    rmdirSync(aside);
  } catch {
    // Another waiter was faster.
  }
  return true;
}

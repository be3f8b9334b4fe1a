import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomic } from './atomic-file.ts';
import { lockFile } from './file-lock.ts';
import { ensurePrivateFolder } from './paths.ts';

export interface HistoryEntry {
  /** The statement as typed, secrets already masked by the caller. */
  readonly text: string;
  /** ISO time. Order is that of the file, not of the clock. */
  readonly at: string;
  /** Where it ran: a profile's name or user@host/database. */
  readonly target?: string;
}

export interface HistoryStore {
  /** What was in the file when it was opened, then what was added here; oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** One sentence when the file was damaged or nothing can be saved. */
  readonly warning: string | undefined;
  add(entry: { readonly text: string; readonly target?: string }): void;
  /** Resolves when all that was added is on disk, or cannot be. */
  flush(): Promise<void>;
  /** Writes at once what is still waiting, for the way out of the process. */
  flushNow(): void;
}

const lockWait = 30_000;
// Enough for tens of thousands of statements; older ones stay in the file.
const loadedBytes = 8 * 1024 * 1024;

/** Opens the history at `path`, shared with other processes: a file of JSON lines that only grows. */
export async function openHistory(path: string): Promise<HistoryStore> {
  if (!ensurePrivateFolder(dirname(path))) {
    return new SharedHistory(path, [], `${dirname(path)} cannot be written: history is kept in memory only`, false);
  }
  const text = await readTail(path);
  const loaded = parseHistory(text);
  const warning = loaded.damaged === 0 ? undefined : await setAside(path);
  return new SharedHistory(path, loaded.entries, warning, true);
}

class SharedHistory implements HistoryStore {
  readonly entries: HistoryEntry[];
  warning: string | undefined;
  readonly #path: string;
  readonly #isSaving: boolean;
  #waiting: HistoryEntry[] = [];
  #writing: Promise<void> | undefined;

  constructor(path: string, entries: readonly HistoryEntry[], warning: string | undefined, isSaving: boolean) {
    this.#path = path;
    this.#isSaving = isSaving;
    this.entries = [...entries];
    this.warning = warning;
  }

  add({ text, target }: { readonly text: string; readonly target?: string }): void {
    const entry: HistoryEntry = { text, at: new Date().toISOString(), ...(target === undefined ? {} : { target }) };
    this.entries.push(entry);
    if (!this.#isSaving) return;
    this.#waiting.push(entry);
    this.#writing ??= this.#write();
  }

  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  flushNow(): void {
    this.#append();
  }

  /** What is added while the lock is awaited goes with the same write. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lock = await lockFile(this.#path, { wait: lockWait });
      // Without the lock the append is still one write at the end of the file, which the system does not tear.
      if (!lock.ok && lock.holder === undefined) this.warning = lock.text;
      this.#append();
      if (lock.ok) await lock.release();
    }
    this.#writing = undefined;
  }

  #append(): void {
    const entries = this.#waiting;
    this.#waiting = [];
    if (entries.length === 0) return;
    try {
      appendWhole(this.#path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    } catch (error) {
      this.warning = `history is not saved: ${(error as Error).message}`;
    }
  }
}

/** Appends all or nothing: a full disk leaves the file as it was. */
function appendWhole(path: string, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  const file = openSync(path, 'a+', 0o600);
  try {
    const { size } = fstatSync(file);
    const whole = endsMidLine(file, size) ? Buffer.concat([Buffer.from('\n'), bytes]) : bytes;
    let written = 0;
    try {
      while (written < whole.length) written += writeSync(file, whole, written);
    } catch (error) {
      if (written > 0) ftruncateSync(file, size);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

/** A process killed amid a write leaves a line without its end; the next must not be glued to it. */
function endsMidLine(file: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
}

async function readTail(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  if (bytes.length <= loadedBytes) return bytes.toString('utf8');
  const from = bytes.indexOf(0x0a, bytes.length - loadedBytes) + 1;
  return bytes.toString('utf8', from);
}

export interface ParsedHistory {
  readonly entries: readonly HistoryEntry[];
  /** Lines that are no entry. */
  readonly damaged: number;
}

export function parseHistory(text: string): ParsedHistory {
  const entries: HistoryEntry[] = [];
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const entry = parseEntry(line);
    if (entry === undefined) damaged++;
    else entries.push(entry);
  }
  return { entries, damaged };
}

function parseEntry(line: string): HistoryEntry | undefined {
  try {
    const { text, at, target } = JSON.parse(line) as Partial<HistoryEntry>;
    if (typeof text !== 'string' || typeof at !== 'string') return undefined;
    return { text, at, ...(typeof target === 'string' ? { target } : {}) };
  } catch {
    return undefined;
  }
}

/** Copies a damaged file aside and goes on with its readable lines. Others append under the same lock, so nothing of theirs is lost. */
async function setAside(path: string): Promise<string | undefined> {
  const lock = await lockFile(path, { wait: lockWait });
  if (!lock.ok) return `${path} is damaged in places; its readable lines are used (${lock.text})`;
  try {
    const text = await readFile(path, 'utf8');
    const { entries, damaged } = parseHistory(text);
    // Another process was faster.
    if (damaged === 0) return undefined;
    const aside = `${path}.corrupt-${new Date().toISOString().replaceAll(':', '-')}`;
    copyFileSync(path, aside);
    await writeFileAtomic(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    return `${damaged} damaged line${damaged === 1 ? '' : 's'} in ${path}: the file is kept as ${aside}, the rest is used`;
  } catch (error) {
    return `${path} is damaged in places and cannot be copied aside: ${(error as Error).message}`;
  } finally {
    await lock.release();
  }
}

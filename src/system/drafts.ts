import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomicSync } from './atomic-file.ts';
import { ensurePrivateFolder } from './paths.ts';
import { isRunning, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** The unsaved text of one buffer. It is given back as text; nothing here or above runs it by itself. */
export interface Draft {
  /** The buffer's key: `console`, a file's path … */
  readonly buffer: string;
  readonly text: string;
  /** ISO time of the last change. */
  readonly at: string;
}

export interface DraftJournal {
  /** Texts of processes that ended without saving them, newest first. They stay in the journal until `discard`ed or saved over. */
  readonly recovered: readonly Draft[];
  readonly warning: string | undefined;
  /** Notes the buffer's text as typed; on disk within a second. '' forgets it. */
  save(buffer: string, text: string): void;
  discard(buffer: string): void;
  /** Writes at once what is still waiting, for the way out. Drafts that remain are offered at the next start. */
  flushNow(): void;
}

interface StoredDraft extends Draft {
  readonly owner: ProcessIdentity;
}

const writeWithin = 500;

/** Opens the journal in `folder`, one file per buffer and process. */
export function openDrafts(folder: string): DraftJournal {
  if (!ensurePrivateFolder(folder))
    return new Journal(folder, [], `${folder} cannot be written: unsaved text is kept in memory only`, false);
  const recovered = recover(folder);
  const journal = new Journal(folder, recovered, undefined, true);
  for (const { buffer, text } of recovered) journal.save(buffer, text);
  journal.flushNow();
  for (const { claimed } of recovered) rmSync(claimed, { force: true });
  return journal;
}

class Journal implements DraftJournal {
  readonly recovered: readonly Draft[];
  warning: string | undefined;
  readonly #folder: string;
  readonly #isSaving: boolean;
  readonly #owner = thisProcess();
  readonly #waiting = new Map<string, string>();
  readonly #files = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, recovered: readonly Draft[], warning: string | undefined, isSaving: boolean) {
    this.#folder = folder;
    this.#isSaving = isSaving;
    this.warning = warning;
    this.recovered = recovered.map(({ buffer, text, at }) => ({ buffer, text, at }));
  }

  save(buffer: string, text: string): void {
    if (!this.#isSaving) return;
    this.#waiting.set(buffer, text);
    this.#timer ??= setTimeout(() => this.flushNow(), writeWithin).unref();
  }

  discard(buffer: string): void {
    this.save(buffer, '');
  }

  flushNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [buffer, text] of this.#waiting) {
      try {
        this.#write(buffer, text);
        this.#waiting.delete(buffer);
      } catch (error) {
        // Kept for the next attempt.
        this.warning = `unsaved text is not on disk: ${(error as Error).message}`;
      }
    }
  }

  #write(buffer: string, text: string): void {
    const path = this.#pathOf(buffer);
    if (text === '') {
      rmSync(path, { force: true });
      return;
    }
    const draft: StoredDraft = { buffer, text, at: new Date().toISOString(), owner: this.#owner };
    writeFileAtomicSync(path, JSON.stringify(draft));
  }

  #pathOf(buffer: string): string {
    const known = this.#files.get(buffer);
    if (known !== undefined) return known;
    const path = join(this.#folder, `${this.#owner.pid}-${Date.now().toString(36)}-${this.#files.size}.draft`);
    this.#files.set(buffer, path);
    return path;
  }
}

/** Takes over the drafts of processes that are gone. Of two that start at once, the rename lets one have each. */
function recover(folder: string): readonly (Draft & { readonly claimed: string })[] {
  const found: (Draft & { readonly claimed: string })[] = [];
  for (const name of readdirSync(folder)) {
    if (!/\.draft(\.claimed-\d+)?$/.test(name)) continue;
    const path = join(folder, name);
    const draft = readDraft(path);
    const claimer = /\.claimed-(\d+)$/.exec(name)?.[1];
    const isTaken = claimer !== undefined && isPidRunning(Number(claimer));
    if (draft === undefined || isTaken || isRunning(draft.owner) !== false) continue;
    const claimed = `${path.replace(/\.claimed-\d+$/, '')}.claimed-${process.pid}`;
    try {
      renameSync(path, claimed);
    } catch {
      continue;
    }
    found.push({ buffer: draft.buffer, text: draft.text, at: draft.at, claimed });
  }
  const newest = found.sort((a, b) => (a.at < b.at ? 1 : -1));
  return uniqueBuffers(newest);
}

function isPidRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Two lost texts of one buffer are both kept: the older under a name of its own. */
function uniqueBuffers<T extends Draft>(drafts: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return drafts.map((draft) => {
    let buffer = draft.buffer;
    for (let number = 2; seen.has(buffer); number++) buffer = `${draft.buffer} (recovered ${number})`;
    seen.add(buffer);
    return { ...draft, buffer };
  });
}

/** undefined: not readable as a draft; the file is left where it is. */
function readDraft(path: string): StoredDraft | undefined {
  try {
    const draft = JSON.parse(readFileSync(path, 'utf8')) as Partial<StoredDraft>;
    const isWhole = typeof draft.buffer === 'string' && typeof draft.text === 'string' && typeof draft.owner?.pid === 'number';
    return isWhole ? (draft as StoredDraft) : undefined;
  } catch {
    return undefined;
  }
}

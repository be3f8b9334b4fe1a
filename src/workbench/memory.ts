import { join } from 'node:path';
import { packageFolders } from '../practice/package-folders.ts';
import type { RowStore } from '../result/row-store.ts';
import { loadScenes } from '../snippets/load-scenes.ts';
import { loadSnippets } from '../snippets/load-snippets.ts';
import type { Scene } from '../snippets/scene.ts';
import type { Snippet } from '../snippets/snippet.ts';
import { type DraftJournal, openDrafts } from '../system/drafts.ts';
import { type HistoryStore, openHistory } from '../system/history.ts';
import { type AppPaths, appPaths } from '../system/paths.ts';
import { textOf } from '../text/text-value.ts';
import { type Buffer, type Buffers, consoleId, firstBuffers, newBuffer } from './buffers.ts';
import { fileBuffer, filePrefix, isUnsaved } from './scripts.ts';

export interface Kept {
  readonly history: readonly string[];
  /** Text of an earlier process that ended without saving it. */
  readonly buffers: Buffers | undefined;
  readonly remarks: readonly string[];
}

/** What outlives the process: history and drafts; and what was measured of the rows on the screen. */
export class Memory {
  #history: HistoryStore | undefined;
  #drafts: DraftJournal | undefined;
  #noted: readonly Buffer[] = [];
  #lastMeasured = '';
  #lastStore: RowStore | undefined;
  #paths: AppPaths | undefined;

  /** Where rows go that do not fit the memory. */
  get spoolFolder(): string {
    if (this.#paths === undefined) throw new Error('folders are found before rows arrive');
    return this.#paths.cache;
  }

  async findFolders(): Promise<AppPaths> {
    this.#paths ??= await appPaths();
    return this.#paths;
  }

  async open(): Promise<Kept> {
    const { state } = await this.findFolders();
    this.#history = await openHistory(join(state, 'history.jsonl'));
    this.#drafts = openDrafts(join(state, 'drafts'));
    const remarks = [this.#history.warning, this.#drafts.warning].filter((text) => text !== undefined);
    const { recovered } = this.#drafts;
    return {
      history: this.#history.entries.map((entry) => entry.text),
      buffers: recovered.length === 0 ? undefined : restored(recovered),
      remarks: recovered.length === 0 ? remarks : [...remarks, 'Text that was typed and not run is back.'],
    };
  }

  remember(text: string): void {
    this.#history?.add({ text });
  }

  /** Journals the buffers whose text changed. */
  noteBuffers(buffers: Buffers): void {
    const journal = this.#drafts;
    if (journal === undefined) return;
    for (const buffer of buffers.list) {
      const before = this.#noted.find((noted) => noted.id === buffer.id);
      if (before?.value.lines === buffer.value.lines && before.file === buffer.file) continue;
      // What a file holds needs no second place.
      if (buffer.file !== undefined && !isUnsaved(buffer)) journal.discard(buffer.id);
      else journal.save(buffer.id, textOf(buffer.value));
    }
    for (const gone of this.#noted) if (!buffers.list.some((buffer) => buffer.id === gone.id)) journal.discard(gone.id);
    this.#noted = buffers.list;
  }

  /** Whether these rows were the last ones measured. */
  measured(store: RowStore, first: number, last: number, left: number): boolean {
    const key = `${first} ${last} ${left}`;
    const isKnown = key === this.#lastMeasured && store === this.#lastStore;
    this.#lastMeasured = key;
    this.#lastStore = store;
    return isKnown;
  }

  async snippets(): Promise<readonly Snippet[]> {
    return (await loadSnippets(packageFolders().snippets)).snippets;
  }

  scenes(): Promise<readonly Scene[]> {
    return loadScenes(join(packageFolders().snippets, 'scenes'));
  }

  flushNow(): void {
    this.#history?.flushNow();
    this.#drafts?.flushNow();
  }
}

function restored(drafts: readonly { readonly buffer: string; readonly text: string }[]): Buffers {
  const typed = drafts.find((draft) => draft.buffer === consoleId)?.text ?? '';
  const scripts = drafts.filter((draft) => draft.buffer !== consoleId);
  const list = [
    newBuffer(consoleId, 'console', 'console', typed),
    ...scripts.map(({ buffer, text }, index) => {
      if (buffer.startsWith(filePrefix)) return fileBuffer(buffer.slice(filePrefix.length), text);
      return newBuffer(buffer, 'script', `scratch ${index + 2}`, text);
    }),
  ];
  return { ...firstBuffers, list };
}

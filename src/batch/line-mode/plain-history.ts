import { appendFileSync, readFileSync } from 'node:fs';

// How psql keeps the newlines of an entry, one line of the file each.
const newlineMark = '\x01';

/** A history file as psql and readline keep it, one entry a line: what HISTFILE and PSQL_HISTORY name. */
export class PlainHistory {
  readonly entries: string[];
  readonly #path: string;
  #warning: string | undefined;

  constructor(path: string) {
    this.#path = path;
    this.entries = readEntries(path);
  }

  /** Why entries are not saved. */
  get warning(): string | undefined {
    return this.#warning;
  }

  /** Written at once, so that no end of the program loses it. */
  add(text: string): void {
    this.entries.push(text);
    if (this.#path === '/dev/null') return;
    try {
      appendFileSync(this.#path, `${text.replaceAll('\n', newlineMark)}\n`, { mode: 0o600 });
    } catch (error) {
      this.#warning = `history is not saved: ${(error as Error).message}`;
    }
  }
}

function readEntries(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => line.replaceAll(newlineMark, '\n'));
  } catch {
    // None yet, or none that can be read.
    return [];
  }
}

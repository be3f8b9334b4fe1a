export type Severity = 'error' | 'warning' | 'notice' | 'info';

/** What is not rows: notices, \echo, tags, notifications. */
export interface LogEntry {
  readonly at: number;
  readonly severity: Severity;
  readonly text: string;
}

export interface Log {
  readonly entries: readonly LogEntry[];
  /** Entries before this one are of earlier runs: the strip under the result shows the ones from here. */
  readonly stripFrom: number;
}

const entriesKept = 5000;
export const stripLines = 3;

export const emptyLog: Log = { entries: [], stripFrom: 0 };

export function say(log: Log, entry: LogEntry): Log {
  const entries = [...log.entries, entry];
  const dropped = Math.max(0, entries.length - entriesKept);
  return { entries: dropped > 0 ? entries.slice(dropped) : entries, stripFrom: Math.max(0, log.stripFrom - dropped) };
}

/** A new run begins: the strip empties, the log keeps everything. */
export function clearStrip(log: Log): Log {
  return log.stripFrom === log.entries.length ? log : { ...log, stripFrom: log.entries.length };
}

/** The strip no longer begins with these texts, which stand elsewhere now; the log keeps them. */
export function passOver(log: Log, texts: readonly string[]): Log {
  const first = log.entries.findIndex(({ text }, index) => index >= log.stripFrom && !texts.includes(text));
  return { ...log, stripFrom: first < 0 ? log.entries.length : first };
}

export interface StripLine {
  readonly severity: Severity;
  readonly text: string;
}

/** The last lines of what was said since the run began, newest last. */
export function stripOf(log: Log, lines = stripLines): readonly StripLine[] {
  const found: StripLine[] = [];
  for (let index = log.entries.length - 1; index >= log.stripFrom && found.length < lines; index--) {
    const entry = log.entries[index];
    if (entry === undefined) break;
    const own = entry.text.replace(/\n+$/, '').split('\n').slice(-lines);
    for (let line = own.length - 1; line >= 0 && found.length < lines; line--)
      found.unshift({ severity: entry.severity, text: own[line] ?? '' });
  }
  return found;
}

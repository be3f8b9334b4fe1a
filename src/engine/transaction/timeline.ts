/** What is told of an error in the timeline. */
export interface EntryError {
  /** The SQLSTATE. */
  readonly code: string;
  readonly message: string;
  /** FATAL or PANIC: the session ends with it. */
  readonly isFatal?: true;
}

export interface StatementBody {
  readonly kind: 'statement';
  /** Whole; `firstLine` is what fits a list. */
  readonly sql: string;
  /** Where it stands in the text it was sent from, from 0, where that was told. */
  readonly line?: number;
  /** It ran with values that are not part of its text. */
  readonly hasParameters?: boolean;
  /** The string it was sent in: statements of one string were sent and are undone together. */
  readonly exchange: number;
  /** The command tag; undefined where it failed. */
  readonly tag?: string;
  /** Rows of the command tag. */
  readonly rows?: number;
  /** Of those, the ones it inserted, changed or deleted. */
  readonly changedRows: number;
  readonly milliseconds: number;
  readonly error?: EntryError;
  /** Statements of the same string that an error kept from running. */
  readonly skipped: number;
}

export type EntryBody =
  | { readonly kind: 'begin' }
  | StatementBody
  | { readonly kind: 'savepoint' | 'release' | 'rollback-to'; readonly name: string; readonly isAutomatic: boolean }
  /** From here on savepoints may exist, or be gone, that the record cannot know of. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Older entries of a long transaction, added up; those undone are not counted. */
  | { readonly kind: 'folded'; readonly statements: number; readonly changedRows: number };

/** A line of the panel. Ids grow from top to bottom. */
export type TimelineEntry = EntryBody & {
  readonly id: number;
  /** Milliseconds since 1970 at which its string was sent. */
  readonly at: number;
  /** Savepoints it stands under. */
  readonly depth: number;
  /** A rollback to an earlier savepoint has undone it. */
  readonly isUndone: boolean;
};

/** At multiples of twice this many entries the older ones are added up. */
const keptWhenFolding = 500;

/** Adds up the older entries of a timeline that has grown too long, except those whose ids stay. */
export function foldTimeline(entries: readonly TimelineEntry[], staying: () => ReadonlySet<number>): readonly TimelineEntry[] {
  if (entries.length === 0 || entries.length % (2 * keptWhenFolding) !== 0) return entries;
  const stays = staying();
  const folded: TimelineEntry[] = [];
  for (const entry of entries.slice(0, -keptWhenFolding)) {
    if (stays.has(entry.id)) {
      folded.push(entry);
      continue;
    }
    const { id, at, depth } = entry;
    const work = entry.isUndone ? nothing : workOf(entry);
    const last = folded.at(-1);
    if (last?.kind === 'folded') {
      const { statements, changedRows } = last;
      folded[folded.length - 1] = { ...last, id, statements: statements + work.statements, changedRows: changedRows + work.changedRows };
    } else folded.push({ kind: 'folded', ...work, id, at, depth, isUndone: false });
  }
  return [...folded, ...entries.slice(-keptWhenFolding)];
}

export interface Work {
  readonly statements: number;
  readonly changedRows: number;
}

const nothing: Work = { statements: 0, changedRows: 0 };

/** What is lost if the entry is undone. */
export function workOf(entry: TimelineEntry): Work {
  switch (entry.kind) {
    case 'statement':
      return entry.error === undefined ? { statements: 1, changedRows: entry.changedRows } : nothing;
    case 'folded':
      return entry;
    case 'begin':
    case 'savepoint':
    case 'release':
    case 'rollback-to':
    case 'unknown':
      return nothing;
  }
}

import type { TransactionAction } from '../engine/transaction/action-sql.ts';
import { searchSnippets } from '../snippets/search-snippets.ts';
import type { Snippet } from '../snippets/snippet.ts';
import { emptyText, type TextValue, textOf } from '../text/text-value.ts';
import type { DdlReport } from './ddl-report.ts';
import type { Context } from './keymap.ts';
import type { SceneListPanel, ScenePanel } from './scene-panel.ts';
import type { Submission } from './submission.ts';

/** What stands in the result's place until it is closed. */
export type Panel =
  | { readonly type: 'help'; readonly contexts: readonly Context[]; readonly top: number }
  | { readonly type: 'log'; readonly top: number }
  /** One cell, whole (or its first part, which the title says). */
  | { readonly type: 'cell'; readonly title: string; readonly text: string; readonly top: number }
  | DdlReportPanel
  | DrawerPanel
  | SceneListPanel
  | ScenePanel
  | { readonly type: 'snippets'; readonly query: TextValue; readonly chosen: number }
  | { readonly type: 'history'; readonly query: TextValue; readonly chosen: number };

/** What a command on tables would take and meet, before anything of it is sent. */
export interface DdlReportPanel extends DdlReport {
  readonly type: 'ddl-report';
  readonly submission: Submission;
  readonly top: number;
}

/** The transaction's drawer. It may stand beside the result while the keys go elsewhere. */
export interface DrawerPanel {
  readonly type: 'transaction';
  readonly sql: readonly string[];
  readonly isFocused: boolean;
  /** The savepoint marked: the id of its entry; undefined: the newest. */
  readonly marked: number | undefined;
  /** Entries that the timeline is scrolled up from its end. */
  readonly scrolled: number;
  /** Asked, and done when its key is pressed again. */
  readonly undoing:
    | { readonly command: 'drawer-back' | 'drawer-rollback'; readonly action: TransactionAction; readonly text: string }
    | undefined;
  /** Why the last key did nothing. */
  readonly note: string;
}

/** The panel that has the keys. */
export function focusedPanel(panel: Panel | undefined): Panel | undefined {
  return panel?.type === 'transaction' && !panel.isFocused ? undefined : panel;
}

export const snippetsPanel: Panel = { type: 'snippets', query: emptyText, chosen: 0 };
export const historyPanel: Panel = { type: 'history', query: emptyText, chosen: 0 };

/** Every word of the query occurs somewhere, in any case. */
function matches(query: string, text: string): boolean {
  const folded = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

export function foundSnippets(snippets: readonly Snippet[], query: TextValue): readonly Snippet[] {
  return searchSnippets(snippets, textOf(query));
}

/** Matching statements, newest first, each once. */
export function foundHistory(history: readonly string[], query: TextValue): readonly string[] {
  const words = textOf(query).trim();
  return [...new Set(history.toReversed())].filter((entry) => words === '' || matches(words, entry));
}

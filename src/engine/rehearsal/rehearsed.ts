import type { HeldLock, TableWrites } from '../../catalog/rehearsal/session-work.ts';
import type { RowFate, RowPairs } from '../../result/changed-cells.ts';
import type { Column } from '../../result/column.ts';
import type { RowStore } from '../../result/row-store.ts';
import type { UndoLimit } from '../../sql/guard/undo-limits.ts';

/** Rows of a statement that has been run and not committed. */
export type RehearsedRows =
  | {
      readonly type: 'pairs';
      /** Of the table, in its order. */
      readonly columns: readonly Column[];
      readonly key: readonly string[];
      readonly pairs: RowPairs;
      readonly store: RowStore;
      readonly counts: Readonly<Record<RowFate, number>>;
      /** By the place of the column. */
      readonly isChanged: readonly boolean[];
    }
  /** What the statement itself returns. */
  | { readonly type: 'result'; readonly columns: readonly Column[]; readonly store: RowStore };

/** A statement that has been run in a transaction which is still open. */
export interface Rehearsed {
  /** What was sent, one after the other: the statement may have got a RETURNING. */
  readonly sent: readonly string[];
  readonly tag: string;
  /** Of the statement alone, from sending it to ReadyForQuery. */
  readonly milliseconds: number;
  /** Milliseconds since 1970 at which it was sent: about since when its locks are held. */
  readonly since: number;
  /** In the user's own transaction: the savepoint before it. */
  readonly savepoint: string | undefined;
  readonly rows: RehearsedRows | undefined;
  readonly writes: readonly TableWrites[];
  readonly locks: readonly HeldLock[];
  readonly triggers: readonly string[];
  /** The statement's table, as the server writes it. */
  readonly target: string | undefined;
  /** What a rollback does not take back, as far as the text tells. */
  readonly limits: readonly UndoLimit[];
  readonly notes: readonly string[];
}

export type RehearsalOutcome =
  | { readonly type: 'open'; readonly rehearsed: Rehearsed }
  /** Nothing was sent. */
  | { readonly type: 'refused'; readonly why: string }
  /** It was said why. `isUndone`: rolled back, to where the session was before. */
  | { readonly type: 'failed'; readonly isUndone: boolean };

/** Whether a statement that has these limits is to be run dry; who does not want it has been told all there is to say. */
export type Approval = (limits: readonly UndoLimit[]) => Promise<boolean>;

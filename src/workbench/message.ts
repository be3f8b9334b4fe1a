import type { ServerTraits } from '../catalog/server-traits.ts';
import type { CopyProgress } from '../engine/copy-progress.ts';
import type { TransactionAction } from '../engine/transaction/action-sql.ts';
import type { AutomaticSetting } from '../engine/transaction/automatic-savepoint.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import type { WarningTimes } from '../engine/transaction/timers.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { ServerError } from '../result/server-error.ts';
import type { TransactionStatus } from '../result/server-event.ts';
import type { Snippet } from '../snippets/snippet.ts';
import type { TextValue } from '../text/text-value.ts';
import type { Buffers } from './buffers.ts';
import type { Completion } from './completion.ts';
import type { PipelineFacts, SessionFacts } from './connection.ts';
import type { Outcome } from './editor-update.ts';
import type { KeyEvent } from './key-decoder.ts';
import type { Severity } from './log.ts';
import type { Size } from './model.ts';
import type { Look } from './outside.ts';
import type { DdlReportPanel } from './panel.ts';
import type { PickerEntry } from './picker.ts';
import type { PendingQuestion } from './question.ts';
import type { OpenRehearsal } from './rehearsal.ts';
import type { Fix, ResultTab, RowsContent, RowsState } from './results.ts';
import type { SceneMessage } from './scene-panel.ts';
import type { Submission } from './submission.ts';
import type { Unlocking } from './unlocking.ts';

/** Everything that changes the model. `now`: milliseconds of the clock. */
export type Message =
  | { readonly type: 'key'; readonly event: KeyEvent; readonly now: number }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'tick'; readonly now: number }
  // connecting
  | { readonly type: 'connecting'; readonly to: string }
  | { readonly type: 'connected'; readonly facts: SessionFacts; readonly status: TransactionStatus; readonly now: number }
  | { readonly type: 'not-connected'; readonly reason: string }
  | {
      readonly type: 'transaction';
      readonly status: TransactionStatus;
      readonly record?: TransactionRecord | undefined;
      readonly now: number;
    }
  /** What is known of the transaction now that nothing runs. */
  | {
      readonly type: 'recorded';
      readonly record: TransactionRecord | undefined;
      readonly automatic: AutomaticSetting;
      readonly warnings?: WarningTimes;
      readonly now: number;
    }
  /** A key of the drawer, its question answered. */
  | { readonly type: 'transaction-action'; readonly action: TransactionAction; readonly now: number }
  /** What a run has left of a pipeline. */
  | { readonly type: 'pipeline'; readonly pipeline: PipelineFacts | undefined }
  | { readonly type: 'lost'; readonly reason: string; readonly record: TransactionRecord | undefined; readonly now: number }
  | { readonly type: 'traits-known'; readonly traits: ServerTraits }
  | { readonly type: 'looked'; readonly look: Look }
  | { readonly type: 'look-refused'; readonly why: string }
  /** Why a key of the drawer did nothing. */
  | { readonly type: 'drawer-noted'; readonly note: string }
  | { readonly type: 'ddl-reported'; readonly panel: DdlReportPanel; readonly now: number }
  /** It has been run, and waits for an answer. */
  | { readonly type: 'rehearsed'; readonly rehearsal: OpenRehearsal; readonly now: number }
  | { readonly type: 'rehearsal-confirmed'; readonly now: number }
  /** A statement that had failed was run once more, and went well. */
  | { readonly type: 'run-again'; readonly sql: string }
  /** It was not sent, and is to be rehearsed instead. */
  | { readonly type: 'rehearse-instead'; readonly submission: Submission; readonly now: number }
  | SceneMessage
  // a read-only session
  | { readonly type: 'unlocking'; readonly unlocking: Unlocking | undefined }
  /** The role could write nothing either. */
  | { readonly type: 'role-only-reads' }
  // a run
  /** To be run as if typed. */
  | { readonly type: 'submitted'; readonly submission: Submission; readonly now: number }
  /** \q was met. */
  | { readonly type: 'quit-asked' }
  | { readonly type: 'run-ended'; readonly outcome: Outcome; readonly now: number }
  /** For the error screen, if that is still about this error. */
  | { readonly type: 'fix-found'; readonly error: ServerError; readonly fix: Fix }
  | { readonly type: 'copy-progress'; readonly progress: CopyProgress | undefined }
  | { readonly type: 'timed'; readonly milliseconds: number }
  | { readonly type: 'tab-opened'; readonly tab: ResultTab }
  | { readonly type: 'tab-changed'; readonly tab: ResultTab }
  | { readonly type: 'rows-arrived'; readonly id: number; readonly rowCount: number; readonly state: RowsState }
  | { readonly type: 'widths-seen'; readonly id: number; readonly widths: RowsContent['widths'] }
  | { readonly type: 'expanded-chosen'; readonly id: number }
  // \watch: a run begins; its rows are whole; no other comes
  | { readonly type: 'watch-run' }
  | { readonly type: 'rows-refreshed'; readonly id: number; readonly content: RowsContent }
  | { readonly type: 'watch-over' }
  | { readonly type: 'said'; readonly severity: Severity; readonly text: string; readonly now: number }
  | { readonly type: 'print-options'; readonly print: PrintOptions; readonly nullText: string | undefined }
  | { readonly type: 'cell-opened'; readonly title: string; readonly text: string }
  | { readonly type: 'help-wanted' }
  /** `value`: the text the candidates were found for. */
  | { readonly type: 'completed'; readonly value: TextValue; readonly completion: Completion }
  // questions
  | { readonly type: 'asked'; readonly question: PendingQuestion }
  | { readonly type: 'withdrawn'; readonly id: string }
  /** Something more is known of what a question is about. */
  | { readonly type: 'question-changed'; readonly id: string; readonly lines: readonly string[] }
  // what was loaded
  | { readonly type: 'history-loaded'; readonly history: readonly string[] }
  | { readonly type: 'remembered'; readonly text: string }
  | { readonly type: 'buffers-restored'; readonly buffers: Buffers }
  /** $EDITOR has saved another text than the one `given` to it. */
  | { readonly type: 'edited'; readonly id: string; readonly given: string; readonly text: string }
  // scripts
  | { readonly type: 'scratch-opened' }
  /** `text` undefined: the file is still to be made. */
  | { readonly type: 'script-opened'; readonly path: string; readonly text: string | undefined; readonly stamp: string | undefined }
  | {
      readonly type: 'script-saved';
      readonly id: string;
      readonly path: string;
      readonly lines: readonly string[];
      readonly stamp: string;
    }
  | { readonly type: 'script-changed'; readonly id: string }
  | { readonly type: 'script-read'; readonly id: string; readonly text: string; readonly stamp: string }
  | { readonly type: 'script-closed'; readonly id: string }
  | { readonly type: 'snippets-loaded'; readonly snippets: readonly Snippet[] }
  | { readonly type: 'picker-opened' }
  | { readonly type: 'entries-found'; readonly entries: readonly PickerEntry[] }
  | { readonly type: 'picker-notice'; readonly text: string }
  | { readonly type: 'form-refused'; readonly complaint: string }
  | { readonly type: 'form-saved'; readonly name: string };

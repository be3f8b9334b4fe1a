import type { CopyProgress } from '../engine/copy-progress.ts';
import type { AutomaticSetting } from '../engine/transaction/automatic-savepoint.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { Snippet } from '../snippets/snippet.ts';
import type { Buffers } from './buffers.ts';
import type { Completion } from './completion.ts';
import type { Connection } from './connection.ts';
import type { Log } from './log.ts';
import type { Outside } from './outside.ts';
import type { Panel } from './panel.ts';
import type { Picker } from './picker.ts';
import type { PendingQuestion } from './question.ts';
import type { OpenRehearsal } from './rehearsal.ts';
import type { Results } from './results.ts';
import type { Submission } from './submission.ts';
import type { Unlocking } from './unlocking.ts';
import type { Warnings } from './warnings.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What runs now. */
interface Running {
  /** Milliseconds of the clock. */
  readonly since: number;
  readonly isCancelling: boolean;
  readonly submission: Submission;
  /** How far a COPY is that takes its time. */
  readonly copy?: CopyProgress | undefined;
}

/** Everything the screen shows, but the rows themselves: those stay in their stores. */
export interface Model {
  readonly programName: string;
  readonly size: Size;
  /** Milliseconds of the clock, as of the last tick. */
  readonly now: number;
  readonly screen: 'picker' | 'work';
  readonly focus: 'editor' | 'result';
  readonly panel: Panel | undefined;
  /** The first of two keys that mean something together; '': none was pressed. */
  readonly keyPrefix: string;
  /** The list at the cursor. */
  readonly completion: Completion | undefined;
  /** The first one is asked. */
  readonly questions: readonly PendingQuestion[];
  readonly connection: Connection;
  /** What is known of the session's transaction. */
  readonly transaction: TransactionRecord | undefined;
  /** HOWDAH_SAVEPOINTS. */
  readonly automatic: AutomaticSetting;
  readonly outside: Outside;
  readonly warnings: Warnings;
  /** While a read-only session lets writes through. */
  readonly unlocking: Unlocking | undefined;
  /** A statement that was run dry: it stands in the result's place and has the keys. */
  readonly rehearsal: OpenRehearsal | undefined;
  readonly running: Running | undefined;
  /** Submitted while another ran; runs after it, unless that one fails. */
  readonly queue: readonly Submission[];
  /** Milliseconds of the last statement. */
  readonly lastTiming: number | undefined;
  readonly buffers: Buffers;
  readonly results: Results;
  readonly log: Log;
  readonly picker: Picker;
  /** Newest last. */
  readonly history: readonly string[];
  readonly snippets: readonly Snippet[];
  readonly print: PrintOptions;
  /** NULL's text where \pset null has set one. */
  readonly nullText: string | undefined;
}

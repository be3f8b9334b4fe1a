import type { ChildRequest, OutputEvent, Question, ReviewedStatement } from '../engine/output-event.ts';
import type { OutputSink } from '../engine/output-sink.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import type { RowStore } from '../result/row-store.ts';
import type { Message } from './message.ts';

/** What the face needs of the controller. */
export interface FaceHost {
  dispatch(message: Message): void;
  now(): number;
  columns(): number;
  /** What is known of the session's transaction. */
  transaction(): TransactionRecord | undefined;
  /** A store for the rows of one result. */
  openStore(columnCount: number): RowStore;
  ask(question: Question): Promise<string | undefined>;
  /** Whether a statement may be sent. */
  review(statement: ReviewedStatement): Promise<boolean>;
  /** Bytes one result may take on disk. */
  spoolLimit(): number;
  /** The spool is at its limit: resolves with true to read on, false to stop; until then nothing is read. */
  askToReadOn(spooledBytes: number): Promise<boolean>;
  /** The rest of the rows is not wanted. */
  stopReading(): void;
  child(request: ChildRequest): Promise<number>;
  /** Starts a command that reads output. */
  openCommand(command: string): OutputSink;
  /** \c connected, or the session is gone. */
  sessionChanged(event: OutputEvent & { readonly type: 'session' }): void;
}

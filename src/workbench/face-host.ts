import type { ChildRequest, OutputEvent, Question } from '../engine/output-event.ts';
import type { OutputSink } from '../engine/output-sink.ts';
import type { RowStore } from '../result/row-store.ts';
import type { Message } from './message.ts';

/** What the face needs of the controller. */
export interface FaceHost {
  dispatch(message: Message): void;
  now(): number;
  columns(): number;
  /** A store for the rows of one result. */
  openStore(columnCount: number): RowStore;
  ask(question: Question): Promise<string | undefined>;
  /** The spool is at its cap: true reads on, false stops. */
  askToReadOn(spooledBytes: number): Promise<boolean>;
  child(request: ChildRequest): Promise<number>;
  /** Starts a command that reads output. */
  openCommand(command: string): OutputSink;
  /** \c connected, or the session is gone. */
  sessionChanged(event: OutputEvent & { readonly type: 'session' }): void;
}

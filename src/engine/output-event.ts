import type { CommandTable } from '../commands/context.ts';
import type { WatchRun } from '../commands/control-context.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { ServerError } from '../result/server-error.ts';
import type { ServerEvent } from '../result/server-event.ts';
import type { Session } from '../server/session.ts';
import type { CopyProgress } from './copy-progress.ts';
import type { OutputSink } from './output-sink.ts';

/** What the engine tells a face, in order. Text is not yet made visible: a face that draws or writes to a terminal does that. */
export type OutputEvent =
  /**
   * A statement of the user's is about to be sent. `options` are the print options in force for it (\gx changes them); `input`: what to
   * type to have it again, where that is more than the statement (\bind).
   */
  | {
      readonly type: 'statement';
      readonly sql: string;
      readonly input?: string;
      readonly options: PrintOptions;
      readonly watch?: WatchRun;
    }
  /** The server's answer to it, `ready` or `lost` last. Rows are lent until `emit` resolves. */
  | { readonly type: 'server'; readonly event: ServerEvent }
  /** The statement is over: client-side milliseconds from sending to ReadyForQuery. */
  | { readonly type: 'statement-end'; readonly milliseconds: number }
  /** A table of a meta-command. `sql`: what was sent for it, as psql -E shows it. */
  | { readonly type: 'table'; readonly table: CommandTable; readonly options: PrintOptions; readonly sql: readonly string[] }
  /** Text for standard output or for the query output while \o does not redirect it. Ends in a newline where psql's does. */
  | { readonly type: 'text'; readonly to: 'stdout' | 'output'; readonly text: string; readonly sql: readonly string[] }
  /** Text for standard error: psql's own messages (already prefixed) and formatted server messages. */
  | {
      readonly type: 'message';
      readonly severity: 'error' | 'warning' | 'notice' | 'info';
      readonly text: string;
      /** The server's message that `text` words; it came as a `server` event too where its statement's events do. */
      readonly error?: ServerError;
    }
  /** How far a COPY is that takes its time; undefined: it has ended. Only where the face shows it. */
  | { readonly type: 'copy-progress'; readonly progress: CopyProgress | undefined }
  /** \timing's line, `Time: 0.123 ms`. */
  | { readonly type: 'timing'; readonly milliseconds: number; readonly text: string }
  /** A new session (\c), or none any more. */
  | { readonly type: 'session'; readonly session: Session }
  | { readonly type: 'session'; readonly session: undefined; readonly reason: string }
  /** \x, \pset … changed what is in force. */
  | { readonly type: 'print-options'; readonly options: PrintOptions };

/** Something only a person can answer. undefined as the answer: declined (Esc, end of input). */
export type Question =
  /** `isScripted`: a script asks, whose answers psql takes from standard input even where there is a terminal. */
  | { readonly type: 'text'; readonly prompt: string; readonly isScripted?: boolean }
  | { readonly type: 'secret'; readonly prompt: string }
  /** Lines of COPY data, without the closing `\.`. */
  | { readonly type: 'copy-data' };

/** A child that wants the terminal ($EDITOR, \!, a pager) or whose output is only text. */
export interface ChildRequest {
  readonly command: string;
  readonly needsTerminal: boolean;
}

/** A statement string of the user's that is about to be sent. */
export interface ReviewedStatement {
  readonly sql: string;
  /** \parse: it is only prepared, under this name. */
  readonly prepare?: string;
  /** \bind_named: what runs is the statement prepared under this name, not `sql`. */
  readonly prepared?: string;
  /** Its parameters are bound apart from it. */
  readonly hasParameters: boolean;
}

/** What the engine needs of whoever shows its output. */
export interface Face {
  /**
   * Given: the engine prints text and results there itself, as psql does, and emits neither `text` nor statements' and tables' events.
   * Absent: everything not redirected by \o or \g comes as events.
   */
  readonly standardOutput?: OutputSink;
  readonly isInteractive: boolean;
  /** Somebody looks on who wants to know how far a long COPY is. */
  readonly showsProgress?: boolean;
  /** Delivers one event; a promise where the engine should wait before it goes on (back-pressure). */
  emit(event: OutputEvent): Promise<void> | undefined;
  ask(question: Question): Promise<string | undefined>;
  /**
   * Whether a statement may be sent. The session is idle meanwhile. False: it counts as failed and nothing after it runs; the face has said why.
   * Absent: nobody is asked about anything, as in psql.
   */
  review?(statement: ReviewedStatement): Promise<boolean>;
  /** Runs a child; resolves with its exit status. */
  child(request: ChildRequest): Promise<number>;
  /** What was typed so far, oldest first, for \s; absent where no history is kept. */
  history?(): Promise<readonly string[]>;
  /** Starts a command that reads output (`|command`). Absent: it runs on our own terminal. */
  openCommand?(command: string): OutputSink;
  /** Columns of the terminal, 0 where there is none. */
  terminalColumns(): number;
}

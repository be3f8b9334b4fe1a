import type { PrintOptions } from '../print/print-options.ts';
import type { Session } from '../server/session.ts';
import type { ConditionStack } from './condition-stack.ts';
import type { CatalogRows, CommandContext } from './context.ts';

/** What a `send` does with the result besides showing it; set by \g and its kin for the next statement only. */
export interface SendMode {
  /** FILE or |CMD of \g. */
  readonly target?: string;
  /** Print options of \g (…) and \gx. */
  readonly print?: Partial<PrintOptions>;
  readonly gset?: { readonly prefix: string };
  readonly gexec?: boolean;
  readonly gdesc?: boolean;
  /** \crosstabview's columns as typed, undefined where one is left out: rows, columns, values, order of the columns. */
  readonly crosstab?: readonly (string | undefined)[];
  /** Values of \bind, and of \bind_named with the statement's name. */
  readonly bind?: readonly string[];
  readonly prepared?: string | undefined;
  /** Names the statement that \parse prepares, that \close_prepared drops. */
  readonly prepare?: string;
  readonly close?: string;
  readonly pipeline?: PipelineStep;
}

/** What a command does with the pipeline of the session; `count` 0: all that can be read. */
export type PipelineStep =
  | { readonly do: 'start' | 'sync' | 'request-flush' | 'flush' | 'end' }
  | { readonly do: 'read'; readonly count: number };

/** Where \copy reads or writes. */
export type CopyStream =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'program'; readonly command: string }
  /** `stdin`, `stdout`: the current source of commands, the query output. */
  | { readonly type: 'inline' }
  /** `pstdin`, `pstdout`: the program's own. */
  | { readonly type: 'standard' };

/** One of the runs of \watch. */
export interface WatchRun {
  /** Above the printed table, as psql has it. */
  readonly title: string;
  /** From 1. */
  readonly run: number;
  readonly seconds: number;
  /** Milliseconds of the clock. */
  readonly at: number;
}

/** What \c asks for. Absent fields are taken from the current session where `reusePrevious` holds, else from the defaults. */
export interface ConnectRequest {
  /** A database name, or with `isConninfo` a URI or key=value string. */
  readonly database?: string | undefined;
  readonly isConninfo?: boolean;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly reusePrevious: boolean;
  /** The session the missing values come from. */
  readonly previous: Session | undefined;
}

/** The query buffer and the one sent before it. */
export interface QueryBuffer {
  readonly text: string;
  readonly previous: string;
  /** What \p, \w, \e and \watch mean: the buffer, or the previous one where it is empty. */
  readonly current: string;
  replace(text: string): void;
  truncate(length: number): void;
  clear(): void;
}

export interface EditRequest {
  /** Absent: the query buffer, or the previous one. */
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  /** Nothing saved, nothing left in the buffer. */
  readonly discardsUnchanged: boolean;
}

/** `failed`: and why was said. */
export type EditOutcome = 'changed' | 'unchanged' | 'failed';

/** What the commands that steer the interpreter may do besides. */
export interface ControlContext extends CommandContext {
  readonly buffer: QueryBuffer;
  readonly conditions: ConditionStack;
  readonly environment: Record<string, string | undefined>;
  /** A pipeline is open. */
  readonly isPiping: boolean;
  isTiming: boolean;
  /** \restrict's key while only \unrestrict is allowed. */
  restrictKey: string | undefined;
  /** False for commands given by -c and scripts: they connect or fail. */
  readonly isPrompting: boolean;
  /** The next `send` of the buffer is to be done in this way too; a later call wins where they speak of the same. */
  sendAs(mode: SendMode): void;
  /** What `sendAs` has asked for so far; `forgetMode` takes it back. */
  readonly mode: SendMode;
  forgetMode(): void;
  /** Runs a file as \i does. False: it could not be opened, or it failed under ON_ERROR_STOP. */
  include(path: string, relativeToSource: boolean): Promise<boolean>;
  /** \o. undefined: back to standard output. False: it could not be opened (said why). */
  setOutput(target: string | undefined): Promise<boolean>;
  /** Runs one string of SQL as if typed, with its result shown. False: it failed. */
  runStatement(sql: string, mode?: SendMode & { readonly watch?: WatchRun }): Promise<boolean>;
  /** Has what `work` shows go to PSQL_WATCH_PAGER, where a person at a terminal has set it; `ended`: when that pager has. */
  inWatchPager<Result>(work: (ended: Promise<unknown> | undefined) => Promise<Result>): Promise<Result>;
  /** Rows of the last result. */
  readonly lastRowCount: number;
  /** Runs \copy's statement against a stream of ours. */
  runCopy(sql: string, stream: CopyStream, isFrom: boolean): Promise<boolean>;
  connect(request: ConnectRequest): Promise<boolean>;
  ask(prompt: string, isSecret: boolean): Promise<string | undefined>;
  /** Runs a shell command on the terminal; resolves with its exit status. */
  shell(command: string): Promise<number>;
  /** \cd. Says why not, in the system's words. */
  changeFolder(path: string): string | undefined;
  /** Opens a file, or the query buffer, in the user's editor; the buffer then holds what was saved. */
  edit(request: EditRequest): Promise<EditOutcome>;
  /** What was typed so far, oldest first; undefined where no history is kept. */
  history(): Promise<readonly string[] | undefined>;
  /** AUTOCOMMIT. */
  readonly isAutocommit: boolean;
  /** `query` whose error is worded without detail, context or excerpt, as psql's own (minimal_error_message). */
  lookUp(sql: string): Promise<CatalogRows | undefined>;
  /** A call of a server function with parameters, never echoed. undefined: it failed, and the error was reported. */
  call(sql: string, parameters: readonly string[]): Promise<CatalogRows | undefined>;
  /** Reads a file into a new large object; resolves with its object ID. undefined: said why. Needs a transaction. */
  importLargeObject(path: string): Promise<string | undefined>;
  /** Writes a large object to a file. False: said why. Needs a transaction. */
  exportLargeObject(object: number, path: string): Promise<boolean>;
  /** What ALTER USER takes instead of the password itself. undefined: said why. */
  encryptPassword(password: string, user: string): Promise<string | undefined>;
  /** Text for the session log of -L. */
  sayToLog(text: string): Promise<void>;
  /** Writes text to FILE or |CMD. False: said why. */
  writeFile(target: string, text: string): Promise<boolean>;
  /** Text for standard error, unprefixed. */
  sayToError(text: string): void;
  /** The last server error at full verbosity, undefined where there was none. */
  lastErrorText(): string | undefined;
  /** Waits; false where the user interrupted, or what is given `until` came first. */
  pause(milliseconds: number, until?: Promise<unknown>): Promise<boolean>;
  /** False: the server does not know the encoding. */
  setClientEncoding(name: string): Promise<boolean>;
}

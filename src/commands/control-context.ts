import type { PrintOptions } from '../print/print-options.ts';
import type { Session } from '../server/session.ts';
import type { ConditionStack } from './condition-stack.ts';
import type { CommandContext } from './context.ts';

/** What a `send` does with the result besides showing it; set by \g and its kin for the next statement only. */
export interface SendMode {
  /** FILE or |CMD of \g. */
  readonly target?: string;
  /** Print options of \g (…) and \gx. */
  readonly print?: Partial<PrintOptions>;
  readonly gset?: { readonly prefix: string };
  readonly gexec?: boolean;
  readonly gdesc?: boolean;
  /** Values of \bind. */
  readonly bind?: readonly string[];
}

/** Where \copy reads or writes. */
export type CopyStream =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'program'; readonly command: string }
  /** `stdin`, `stdout`: the current source of commands, the query output. */
  | { readonly type: 'inline' }
  /** `pstdin`, `pstdout`: the program's own. */
  | { readonly type: 'standard' };

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

/** What the commands that steer the interpreter may do besides. */
export interface ControlContext extends CommandContext {
  readonly buffer: QueryBuffer;
  readonly conditions: ConditionStack;
  readonly environment: Record<string, string | undefined>;
  isTiming: boolean;
  /** \restrict's key while only \unrestrict is allowed. */
  restrictKey: string | undefined;
  /** False for commands given by -c and scripts: they connect or fail. */
  readonly isPrompting: boolean;
  /** Asks for `send` of the buffer in this way. */
  sendAs(mode: SendMode): void;
  /** Runs a file as \i does. False: it could not be opened, or it failed under ON_ERROR_STOP. */
  include(path: string, relativeToSource: boolean): Promise<boolean>;
  /** \o. undefined: back to standard output. False: it could not be opened (said why). */
  setOutput(target: string | undefined): Promise<boolean>;
  /** Runs one string of SQL as if typed, with its result shown. False: it failed. */
  runStatement(sql: string, mode?: SendMode & { readonly title?: string }): Promise<boolean>;
  /** Runs \copy's statement against a stream of ours. */
  runCopy(sql: string, stream: CopyStream, isFrom: boolean): Promise<boolean>;
  connect(request: ConnectRequest): Promise<boolean>;
  ask(prompt: string, isSecret: boolean): Promise<string | undefined>;
  /** Runs a shell command on the terminal; resolves with its exit status. */
  shell(command: string): Promise<number>;
  /** \cd. Says why not, in the system's words. */
  changeFolder(path: string): string | undefined;
  /** Opens a file, or the query buffer, in the user's editor; the buffer then holds what was saved. False: said why. */
  edit(path: string | undefined, line: number | undefined): Promise<boolean>;
  /** Writes text to FILE or |CMD. False: said why. */
  writeFile(target: string, text: string): Promise<boolean>;
  /** Text for standard error, unprefixed. */
  sayToError(text: string): void;
  /** The last server error at full verbosity, undefined where there was none. */
  lastErrorText(): string | undefined;
  /** Waits; false where the user interrupted. */
  pause(milliseconds: number): Promise<boolean>;
  /** False: the server does not know the encoding. */
  setClientEncoding(name: string): Promise<boolean>;
}

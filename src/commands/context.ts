import type { PrintOptions } from '../print/print-options.ts';
import type { Session } from '../server/session.ts';
import type { Untrusted } from '../text/untrusted.ts';

/** Rows of a catalog query, small by nature, as text. */
export interface CatalogRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (Untrusted | null)[])[];
}

/** A table a command shows; in batch it is printed as psql prints it, in the workbench it opens in the grid or as a document. */
export interface CommandTable {
  readonly title?: string;
  readonly columns: readonly CommandColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Absent: the default footer `(N rows)`; []: none. */
  readonly footers?: readonly string[];
  /** A part of a description, not a list: with those before and after it one document to scroll through. */
  readonly isSection?: boolean;
  /** Options that differ from the user's for this table: \d switches some off. */
  readonly options?: Partial<PrintOptions>;
}

export interface CommandColumn {
  readonly name: string;
  readonly align?: 'left' | 'right';
}

/** What a meta-command may do. The engine implements it; a command knows nothing of faces. */
export interface CommandContext {
  /** The session, undefined while not connected: commands that need one say `noConnection` first. */
  readonly session: Session | undefined;
  /** The name the program was called by, for messages. */
  readonly programName: string;
  readonly variables: VariableAccess;
  readonly print: PrintOptions;
  setPrint(change: Partial<PrintOptions>): void;
  /** `-q` or QUIET. */
  readonly isQuiet: boolean;
  readonly isInteractive: boolean;
  readonly signal: AbortSignal;
  /**
   * Runs SQL on the user's session as psql's own queries run (echoed under ECHO_HIDDEN). undefined: it failed and the error was
   * reported; the command ends with 'error'.
   */
  query(sql: string): Promise<CatalogRows | undefined>;
  /** Shows a table. */
  table(table: CommandTable): Promise<void>;
  /** Text on standard output (status lines: not under -q, the caller decides). */
  say(text: string): Promise<void>;
  /** Text to the query output (\o honoured). */
  sayToOutput(text: string): Promise<void>;
  /** An error message of psql's own, prefixed by input kind; `\command: text` is given whole. */
  complain(text: string): void;
  warn(text: string): void;
}

export interface VariableAccess {
  get(name: string): string | undefined;
  /** False: refused, and said why. */
  set(name: string, value: string): boolean;
  unset(name: string): boolean;
  entries(): readonly (readonly [name: string, value: string])[];
}

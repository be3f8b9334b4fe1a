import type { CommandContext } from './context.ts';

/** psql's backslashResult: what the main loop does after a meta-command. */
export type CommandOutcome =
  /** Nothing more; the rest of the line is read on. */
  | 'done'
  /** Send the query buffer (\g, \gx, \gset …). */
  | 'send'
  /** The command changed the query buffer (\e, \ef): scan it anew. */
  | 'buffer-changed'
  /** \q. */
  | 'quit'
  /** Failed and said why. */
  | 'error';

/** How psql scans one argument (psqlscanslash.l, enum slash_option_type). */
export type ArgumentMode =
  | 'normal'
  /** Identifier quoting is kept and folding done: names in \c. */
  | 'sql-identifier'
  /** As normal, for names handed to pattern matching: double quotes kept. */
  | 'sql-id-pattern'
  /** A leading | takes the whole rest of the line. */
  | 'file-or-pipe'
  /** The rest of the line, raw. */
  | 'whole-line'
  /** Scanned, variables and backticks not evaluated. */
  | 'no-evaluation';

export interface ScannedArgument {
  readonly value: string;
  /** The quote it began with, '' for none. `-n` of \echo counts only unquoted. */
  readonly quote: '' | "'" | '"' | '`';
}

/** What a command was called with. Arguments are scanned as it asks for them, as psql does. */
export interface Invocation {
  /** As typed, without the backslash: `dt+`. */
  readonly name: string;
  /** The next argument, undefined at the end of the line. */
  next(mode?: ArgumentMode, options?: { readonly stripSemicolon?: boolean }): Promise<ScannedArgument | undefined>;
}

/** The headings of `\?`, in psql's order. */
export type HelpGroup =
  | 'General'
  | 'Help'
  | 'Query Buffer'
  | 'Input/Output'
  | 'Conditional'
  | 'Informational'
  | 'Large Objects'
  | 'Formatting'
  | 'Connection'
  | 'Operating System'
  | 'Variables';

/** One row of the registry. `\?`, completion and the docs derive from it; adding a command is one file, one line, one test. */
export interface MetaCommand {
  /** Every name it answers to, without backslash: ['c', 'connect']. */
  readonly names: readonly string[];
  /** For families whose modifiers are letters of the name (\dtvS+): the names it answers to besides. */
  readonly family?: RegExp;
  /** Lines of `\?`: [syntax as psql prints it, summary]. */
  readonly help: readonly (readonly [syntax: string, summary: string])[];
  readonly group: HelpGroup;
  /** Runs in inactive \if branches too (\if \elif \else \endif). */
  readonly isConditional?: boolean;
  readonly run: (context: CommandContext, invocation: Invocation) => Promise<CommandOutcome>;
}

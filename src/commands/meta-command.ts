import type { ArgumentMode } from '../sql/slash-argument.ts';
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

export type { ArgumentMode };

export interface ScannedArgument {
  readonly value: string;
  /** The last quote in it, ':' for an expanded variable, '' for none. `-n` of \echo counts only unquoted. */
  readonly quote: '' | "'" | '"' | '`' | ':';
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

/**
 * One row of the registry. `\?`, completion and the docs derive from it; adding a command is one file, one line, one test. A command that
 * steers the interpreter (buffer, sources, output, connection) is a `MetaCommand<ControlContext>`.
 */
export interface MetaCommand<Context extends CommandContext = CommandContext> {
  /** Every name it answers to, without backslash: ['c', 'connect']. */
  readonly names: readonly string[];
  /** For families whose modifiers are letters of the name (\dtvS+): the names it answers to besides. */
  readonly family?: RegExp;
  /** Lines of `\?`: [syntax as psql prints it, summary]. */
  readonly help: readonly (readonly [syntax: string, summary: string])[];
  readonly group: HelpGroup;
  /** Runs in inactive \if branches too (\if \elif \else \endif). */
  readonly isConditional?: boolean;
  /** What an inactive branch skips after it. Default: the arguments up to the next backslash. */
  readonly skips?: 'file-or-pipe' | 'whole-line';
  readonly run: (context: Context, invocation: Invocation) => Promise<CommandOutcome>;
}

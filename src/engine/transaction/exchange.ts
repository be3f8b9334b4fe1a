import type { EntryError } from './timeline.ts';

/** A CommandComplete: the evidence that a statement ran. A list, newest first, so that a string of many statements stays cheap. */
export interface Completion {
  /** Undefined, in a pipeline: Parse or Close alone, or an empty statement, is done. */
  readonly tag: string | undefined;
  /** Since the string was sent. */
  readonly milliseconds: number;
  readonly previous: Completion | undefined;
}

/** What of the session's parameters decides how text is read. */
export interface Lexing {
  readonly standardStrings: boolean;
  readonly isUtf8: boolean;
}

/** A request of a pipeline. Unlike the statements of a string each is answered by itself, also where its text is not known. */
export interface PipedRequest {
  readonly sql: string;
  /** False: Parse or Close alone. */
  readonly isExecuted: boolean;
  readonly hasParameters: boolean;
}

/** What a pipeline has sent up to its next Sync: as to the transaction, one string of statements. */
export interface PipelineStretch {
  readonly requests: readonly PipedRequest[];
  readonly answered: number;
  /** Its Sync was sent too. */
  readonly isSynced: boolean;
}

/** A string that was sent, or a stretch of a pipeline, and what has come back for it so far. */
export interface Exchange {
  readonly number: number;
  readonly sql: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Line of the text it stands in, from 0. */
  readonly line?: number;
  /** In force when it was sent: what the string itself changes comes too late for it. */
  readonly lexing: Lexing;
  /** The program's own: listed only where it fails or controls the transaction. */
  readonly isOwn: boolean;
  /** False: Parse, Describe or Close alone. Nothing runs, yet an error fails the transaction. */
  readonly isExecuted: boolean;
  /** It ran with values that are not part of its text. */
  readonly hasParameters: boolean;
  readonly completions: Completion | undefined;
  /** Of a pipeline; `sql` is then empty. */
  readonly stretch?: PipelineStretch;
  readonly error?: EntryError & { readonly milliseconds: number };
}

/** Oldest first. */
export function completionsOf(exchange: Exchange): readonly Completion[] {
  const list: Completion[] = [];
  for (let one = exchange.completions; one !== undefined; one = one.previous) list.push(one);
  return list.reverse();
}

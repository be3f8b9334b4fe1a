/** What came of asking for a line. */
export type TypedLine =
  | { readonly type: 'line'; readonly text: string }
  /** Ctrl-D on an empty line, or the terminal is gone. */
  | { readonly type: 'end' }
  /** Ctrl-C: what was typed of the line is thrown away. */
  | { readonly type: 'interrupt' };

/** Reads the lines a person types, one when asked: between them the terminal is as the shell left it. */
export interface LineReader {
  /** `isData`: neither history nor completion applies. */
  read(prompt: string, isData?: boolean): Promise<TypedLine>;
  close(): void;
}

/** The lines typed before, oldest first. */
export type PastLines = () => readonly string[];

/** Completes the line up to the cursor: the candidates as they replace its end, and that end. */
export type LineCompleter = (line: string) => Promise<readonly [candidates: string[], replaced: string]>;

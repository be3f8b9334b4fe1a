/**
 * What `\h` knows of one SQL command.
 *
 * The synopsis is in the manual's notation: `[ ]` may be left out, `{ | }` is a choice, `[, ...]` repeats. A word followed by a colon at the
 * start of a line defines that word below it. A line that begins with `17+ ` is shown for PostgreSQL 17 and later only, one with `17- ` for
 * servers before 17 only; the rest of the line is shown as it stands.
 */
export interface SqlHelp {
  readonly name: string;
  readonly description: string;
  /** The page of the manual, without `.html`. */
  readonly id: string;
  readonly synopsis: string;
}

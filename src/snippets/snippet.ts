/** One entry of the library: a file of snippets/ with a comment block in front that says what it teaches. */
export interface Snippet {
  /** The file's name without `.sql`. */
  readonly name: string;
  readonly title: string;
  readonly topic: string;
  /** What a learner might type to find it, beside title and topic. */
  readonly words: readonly string[];
  /** The practice database it runs on as it stands. */
  readonly database: string;
  /** Two or three sentences: why it is written this way. */
  readonly why: string;
  /** 'server': it wants more than the embedded engine has, such as a second session. */
  readonly needs: 'any' | 'server';
  /** Whether it leaves rows or objects changed when it has run. */
  readonly changesData: boolean;
  /** The SQL with its slots unfilled. */
  readonly body: string;
  /** In the order they first appear; the same slot written twice is one slot. */
  readonly slots: readonly Slot[];
}

/** `{{table: payments}}`, `{{value:jsonb: {"a": 1}}}`: a place to put something of one's own. */
export interface Slot {
  /** As it stands in the body. */
  readonly text: string;
  /** table, column, value, name … */
  readonly kind: string;
  /** The type it must have: jsonb in `{{column:jsonb: metadata}}`. */
  readonly type: string | undefined;
  /** What makes the snippet run on its practice database. */
  readonly fallback: string;
}

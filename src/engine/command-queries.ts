/** The queries of one meta-command, to be shown as psql -E does: as statements to read, change and run. */
export class CommandQueries {
  readonly #command: () => string;
  #queries: string[] = [];

  /** `command`: as it was typed, as far as its arguments are read. */
  constructor(command: () => string) {
    this.#command = command;
  }

  add(sql: string): void {
    this.#queries.push(sql);
  }

  /** Those since it was asked last, the command in a comment before the first. */
  take(): readonly string[] {
    const [first, ...others] = this.#queries;
    this.#queries = [];
    return first === undefined ? [] : [`-- ${this.#command().trimEnd()}\n${first}`, ...others];
  }
}

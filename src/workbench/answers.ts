/** Who waits for the answer to which question. */
export class Answers {
  readonly #waiting = new Map<string, (answer: string | undefined) => void>();

  wait(id: string): Promise<string | undefined> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  /** False: nobody waits for it. */
  give(id: string, answer: string | undefined): boolean {
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(answer);
    return resolve !== undefined;
  }
}

import type { InputSource } from './input-source.ts';

/** Lines of a text at hand. */
export class TextSource implements InputSource {
  readonly name: string | undefined;
  readonly #text: string;
  #at = 0;

  constructor(text: string, name?: string) {
    this.#text = text;
    this.name = name;
  }

  async readLine(): Promise<string | undefined> {
    if (this.#at >= this.#text.length) return undefined;
    const found = this.#text.indexOf('\n', this.#at);
    const end = found < 0 ? this.#text.length : found;
    const line = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return line;
  }

  close(): void {
    this.#at = this.#text.length;
  }
}

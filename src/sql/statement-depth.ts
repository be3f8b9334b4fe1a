/**
 * How deep a statement is in parentheses and in the BEGIN … END of an SQL-standard function body: a semicolon ends the statement
 * only at depth 0. psql guesses the body from the statement's first words, CREATE [OR REPLACE] FUNCTION or PROCEDURE.
 */
export class StatementDepth {
  parentheses = 0;
  #begins = 0;
  #wordCount = 0;
  /** First letters of the first four words where they are among those looked for, as psql keeps them. */
  #letters: string[] = [];

  get isInBody(): boolean {
    return this.#begins > 0;
  }

  get isZero(): boolean {
    return this.parentheses === 0 && this.#begins === 0;
  }

  reset(): void {
    this.parentheses = 0;
    this.#begins = 0;
    this.#wordCount = 0;
  }

  open(): void {
    this.parentheses++;
  }

  close(): void {
    if (this.parentheses > 0) this.parentheses--;
  }

  /** A new statement's first word is next; the depths stay. */
  restartWords(): void {
    this.#wordCount = 0;
  }

  word(text: string): void {
    const lower = text.length <= longestWord ? text.toLowerCase() : text;
    if (this.#wordCount === 0) this.#letters = [];
    if (this.#wordCount < 4 && headWords.has(lower)) this.#letters[this.#wordCount] = lower[0] ?? '';
    this.#wordCount++;
    if (this.parentheses > 0 || !this.#isRoutine()) return;
    if (lower === 'begin') this.#begins++;
    else if (lower === 'case' && this.#begins > 0) this.#begins++;
    else if (lower === 'end' && this.#begins > 0) this.#begins--;
  }

  #isRoutine(): boolean {
    const [first, second, third, fourth] = this.#letters;
    if (first !== 'c') return false;
    return isRoutineLetter(second) || (second === 'o' && third === 'r' && isRoutineLetter(fourth));
  }
}

const headWords = new Set(['create', 'function', 'procedure', 'or', 'replace']);
const longestWord = 'procedure'.length;

function isRoutineLetter(letter: string | undefined): boolean {
  return letter === 'f' || letter === 'p';
}

import { formatIdentifier } from '../quote.ts';
import type { SqlToken } from './tokens.ts';

/** The name of an object as it stands in the text. */
export interface ObjectName {
  /** As typed, without blanks around its dots. */
  readonly typed: string;
  /** Folded to lower case where it was not quoted, quoted again only where it must be. */
  readonly normalized: string;
  /** Its parts without quotes: schema and name, or only the name. */
  readonly parts: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Reads the tokens of one statement, or of a part of it, from left to right. */
export class TokenReader {
  readonly tokens: readonly SqlToken[];
  at: number;

  constructor(tokens: readonly SqlToken[], at = 0) {
    this.tokens = tokens;
    this.at = at;
  }

  get isDone(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): SqlToken | undefined {
    return this.tokens[this.at + ahead];
  }

  /** The key word `ahead` of here; '' where there is none. */
  word(ahead = 0): string {
    const token = this.peek(ahead);
    return token?.kind === 'word' ? token.value : '';
  }

  isAt(...words: readonly string[]): boolean {
    return words.every((word, ahead) => this.word(ahead) === word);
  }

  /** Moves past the words if all of them are next. */
  accept(...words: readonly string[]): boolean {
    const found = this.isAt(...words);
    if (found) this.at += words.length;
    return found;
  }

  /** Moves past one of the words, and gives it. */
  acceptOneOf(words: readonly string[]): string | undefined {
    const word = this.word();
    if (word === '' || !words.includes(word)) return undefined;
    this.at++;
    return word;
  }

  acceptKind(kind: SqlToken['kind'], text?: string): boolean {
    const token = this.peek();
    const found = token?.kind === kind && (text === undefined || token.text === text);
    if (found) this.at++;
    return found;
  }

  /** The tokens inside the parentheses that are next, and moves past them; undefined where none are. */
  group(): readonly SqlToken[] | undefined {
    if (this.peek()?.kind !== 'open') return undefined;
    const start = this.at + 1;
    let depth = 0;
    for (; this.at < this.tokens.length; this.at++) {
      const kind = this.tokens[this.at]?.kind;
      if (kind === 'open') depth++;
      else if (kind === 'close' && --depth === 0) return this.tokens.slice(start, this.at++);
    }
    return this.tokens.slice(start);
  }

  /** Moves past one token, or past all of a group. */
  skip(): void {
    if (this.group() === undefined) this.at++;
  }

  /** Moves on to the first of the words that is outside parentheses, and gives it; to the end where there is none. */
  skipTo(...words: readonly string[]): string | undefined {
    for (; !this.isDone; this.skip()) {
      const word = this.word();
      if (word !== '' && words.includes(word)) return word;
    }
    return undefined;
  }

  rest(): readonly SqlToken[] {
    return this.tokens.slice(this.at);
  }

  /** A name of any number of parts. A colon before it is a psql variable that has no value yet. */
  name(): ObjectName | undefined {
    const start = this.at;
    this.acceptKind('other', ':');
    const parts: string[] = [];
    for (;;) {
      const token = this.peek();
      if (token?.kind !== 'word' && token?.kind !== 'name') break;
      parts.push(token.value);
      this.at++;
      if (this.peek()?.kind !== 'dot') break;
      this.at++;
    }
    const [first, last] = [this.tokens[start], this.tokens[this.at - 1]];
    if (parts.length === 0 || first === undefined || last === undefined) {
      this.at = start;
      return undefined;
    }
    const typed = this.tokens
      .slice(start, this.at)
      .map((token) => token.text)
      .join('');
    return { typed, normalized: parts.map(formatIdentifier).join('.'), parts, start: first.start, end: last.end };
  }

  /** Names between commas; arguments of functions, `*` and ONLY are left out. */
  names(): readonly ObjectName[] {
    const names: ObjectName[] = [];
    do {
      if (this.isAt('only') && this.peek(1)?.kind !== 'comma') this.at++;
      const inner = this.peek()?.kind === 'open' ? this.group() : undefined;
      const name = inner === undefined ? this.name() : new TokenReader(inner).name();
      if (name === undefined) break;
      names.push(name);
      this.group();
      this.acceptKind('operator', '*');
    } while (this.acceptKind('comma'));
    return names;
  }
}

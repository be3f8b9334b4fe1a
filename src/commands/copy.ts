import { hasStandardStrings } from '../server/has-standard-strings.ts';
import type { ControlContext, CopyStream } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

/** \copy's line, taken apart (psql's parse_slash_copy). */
export interface CopyCommand {
  /** What stands before FROM or TO: a table with its columns, or a query in parentheses. */
  readonly before: string;
  readonly isFrom: boolean;
  readonly stream: CopyStream;
  /** Options, as they stand. */
  readonly after: string;
}

export type ParsedCopy = { readonly ok: true; readonly command: CopyCommand } | { readonly ok: false; readonly text: string };

/** What ends a word besides white space: single marks, and quotes, within which they are text (psql's strtokx). */
interface WordRules {
  readonly marks: string;
  readonly quotes: string;
  /** A backslash in quotes escapes what follows. */
  readonly hasEscapes?: boolean;
  /** E'…' is one word, with escapes. */
  readonly hasEscapeStrings?: boolean;
}

const whiteSpace = ' \t\n\r';
const inLine: WordRules = { marks: '.,()', quotes: '"' };
const inColumns: WordRules = { marks: '()', quotes: '"' };
const inFileName: WordRules = { marks: ';', quotes: "'" };

class Words {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(rules: WordRules): string | undefined {
    while (this.#isAt(whiteSpace, this.#at)) this.#at++;
    const start = this.#at;
    if (start >= this.#text.length) return undefined;
    const end = this.#endOf(start, rules);
    // One blank behind a word goes with it.
    this.#at = this.#isAt(whiteSpace, end) ? end + 1 : end;
    return this.#text.slice(start, end);
  }

  rest(): string {
    return this.#text.slice(this.#at);
  }

  #isAt(characters: string, at: number): boolean {
    const character = this.#text[at];
    return character !== undefined && characters.includes(character);
  }

  #endOf(start: number, { marks, quotes, hasEscapes = false, hasEscapeStrings = false }: WordRules): number {
    if (this.#isAt(marks, start)) return start + 1;
    if (hasEscapeStrings && /^[Ee]'/.test(this.#text.slice(start, start + 2))) return this.#quoteEnd(start + 1, true);
    if (this.#isAt(quotes, start)) return this.#quoteEnd(start, hasEscapes);
    let end = start;
    while (end < this.#text.length && !this.#isAt(whiteSpace + marks + quotes, end)) end++;
    return end;
  }

  #quoteEnd(start: number, hasEscapes: boolean): number {
    const text = this.#text;
    const quote = text[start];
    let at = start + 1;
    for (; at < text.length; at++) {
      if (hasEscapes && text[at] === '\\' && at + 1 < text.length) at++;
      else if (text[at] === quote && text[at + 1] === quote) at++;
      else if (text[at] === quote) return at + 1;
    }
    return at;
  }
}

/** Parses what follows `\copy`. `standardStrings`: backslashes in a query's literals are characters as others. */
export function parseCopy(line: string, standardStrings = true): ParsedCopy {
  if (line === '') return { ok: false, text: '\\copy: arguments required' };
  const words = new Words(line);
  const subject = readSubject(words, standardStrings);
  if (!/^(?:from|to)$/i.test(subject.next ?? '')) return parseError(subject.next);
  const stream = readStream(words);
  if ('error' in stream) return parseError(stream.error);
  return {
    ok: true,
    command: { before: subject.text, isFrom: subject.next?.toLowerCase() === 'from', stream, after: words.rest() },
  };
}

function parseError(at: string | undefined): ParsedCopy {
  return { ok: false, text: at === undefined ? '\\copy: parse error at end of line' : `\\copy: parse error at "${at}"` };
}

/** What stands before FROM or TO, and the word after it. */
function readSubject(words: Words, standardStrings: boolean): { readonly text: string; readonly next: string | undefined } {
  let text = '';
  let word = words.next(inLine);
  if (word?.toLowerCase() === 'binary') {
    text = word;
    word = words.next(inLine);
  }
  if (word === '(') {
    const inQuery: WordRules = { marks: '()', quotes: `"'`, hasEscapes: !standardStrings, hasEscapeStrings: true };
    for (let depth = 1; depth > 0; ) {
      text += ` ${word}`;
      word = words.next(inQuery);
      if (word === undefined) return { text, next: undefined };
      if (word === '(') depth++;
      else if (word === ')') depth--;
    }
  }
  if (word === undefined) return { text, next: undefined };
  text += ` ${word}`;
  let next = words.next(inLine);
  if (next === '.') {
    text += `.${words.next(inLine) ?? ''}`;
    next = words.next(inLine);
  }
  if (next !== '(') return { text, next };
  for (let column: string | undefined = next; column !== ')'; column = words.next(inColumns)) {
    if (column === undefined) return { text, next: undefined };
    text += ` ${column}`;
  }
  return { text: `${text} )`, next: words.next(inLine) };
}

function readStream(words: Words): CopyStream | { readonly error: string | undefined } {
  const name = words.next(inFileName);
  switch (name?.toLowerCase()) {
    case undefined:
      return { error: undefined };
    case 'program': {
      const command = words.next(inFileName);
      const isQuoted = command !== undefined && command.length >= 2 && command.startsWith("'") && command.endsWith("'");
      return isQuoted ? { type: 'program', command: unquoted(command) } : { error: command };
    }
    case 'stdin':
    case 'stdout':
      return { type: 'inline' };
    case 'pstdin':
    case 'pstdout':
      return { type: 'standard' };
    default:
      return { type: 'file', path: unquoted(name ?? '') };
  }
}

/** Without single quotes around it; two of them inside are one. */
function unquoted(word: string): string {
  let text = '';
  for (let at = word.startsWith("'") ? 1 : 0; at < word.length; at++) {
    if (word[at] === "'") {
      if (at === word.length - 1) break;
      if (word[at + 1] === "'") at++;
    }
    text += word[at];
  }
  return text;
}

export const copy: MetaCommand<ControlContext> = {
  names: ['copy'],
  group: 'Input/Output',
  help: [['\\copy ...', 'perform SQL COPY with data stream to the client host']],
  skips: 'whole-line',
  run: async (context, invocation) => {
    const standardStrings = hasStandardStrings(context.session);
    const parsed = parseCopy((await invocation.next('whole-line'))?.value ?? '', standardStrings);
    if (!parsed.ok) {
      context.complain(parsed.text);
      return 'error';
    }
    const { before, isFrom, stream, after } = parsed.command;
    const sql = `COPY ${before} ${isFrom ? 'FROM STDIN' : 'TO STDOUT'} ${after}`;
    return (await context.runCopy(sql, stream, isFrom)) ? 'done' : 'error';
  },
};

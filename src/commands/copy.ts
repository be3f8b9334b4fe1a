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

// psql's strtokx cuts the line into words, quoted parts and single marks, which differ with the place.
const marks = {
  line: /\s*("(?:[^"]|"")*"|[.,()]|[^\s.,()"]+)/y,
  columns: /\s*("(?:[^"]|"")*"|[()]|[^\s()"]+)/y,
  query: /\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|[()]|[^\s()"']+)/y,
};

class Tokens {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(place: keyof typeof marks): string | undefined {
    const token = marks[place];
    token.lastIndex = this.at;
    const found = token.exec(this.#text);
    if (found === null) return undefined;
    this.at = token.lastIndex;
    return found[1];
  }

  /** A file name: a quoted string, or all up to a blank. */
  fileName(): { readonly text: string; readonly isQuoted: boolean } | undefined {
    const pattern = /\s*(?:'((?:[^'\\]|''|\\.)*)'|(\S+))/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found[1] === undefined ? { text: found[2] ?? '', isQuoted: false } : { text: found[1].replaceAll("''", "'"), isQuoted: true };
  }

  rest(): string {
    return this.#text.slice(this.at).trim();
  }
}

/** Parses what follows `\copy`. */
export function parseCopy(line: string): ParsedCopy {
  if (line.trim() === '') return { ok: false, text: '\\copy: arguments required' };
  const tokens = new Tokens(line);
  let word = tokens.next('line');
  let before = '';
  if (word?.toLowerCase() === 'binary') {
    before = word;
    word = tokens.next('line');
  }
  const subject = word === '(' ? readQuery(tokens) : readTable(tokens, word);
  if (subject === undefined || !/^(?:from|to)$/i.test(subject.next ?? '')) return parseError(subject?.next);
  before += ` ${subject.text}`;
  const isFrom = subject.next?.toLowerCase() === 'from';
  const stream = readStream(tokens, isFrom);
  if (stream === undefined) return parseError(undefined);
  return { ok: true, command: { before, isFrom, stream, after: tokens.rest() } };
}

function parseError(at: string | undefined): ParsedCopy {
  return { ok: false, text: at === undefined ? '\\copy: parse error at end of line' : `\\copy: parse error at "${at}"` };
}

interface Subject {
  readonly text: string;
  /** The token after it. */
  readonly next: string | undefined;
}

function readQuery(tokens: Tokens): Subject | undefined {
  let text = '(';
  for (let depth = 1; depth > 0; ) {
    const word = tokens.next('query');
    if (word === undefined) return { text, next: undefined };
    if (word === '(') depth++;
    else if (word === ')') depth--;
    text += ` ${word}`;
  }
  return { text, next: tokens.next('line') };
}

function readTable(tokens: Tokens, first: string | undefined): Subject | undefined {
  if (first === undefined) return undefined;
  let text = first;
  let word = tokens.next('line');
  if (word === '.') {
    text += `.${tokens.next('line') ?? ''}`;
    word = tokens.next('line');
  }
  if (word === '(') {
    text += ' (';
    do {
      word = tokens.next('columns');
      if (word === undefined) return { text, next: undefined };
      text += ` ${word}`;
    } while (word !== ')');
    word = tokens.next('line');
  }
  return { text, next: word };
}

function readStream(tokens: Tokens, isFrom: boolean): CopyStream | undefined {
  const name = tokens.fileName();
  if (name === undefined) return undefined;
  const word = name.text.toLowerCase().replace(/;$/, '');
  if (!name.isQuoted) {
    if (word === 'program') {
      const command = tokens.fileName();
      return command?.isQuoted ? { type: 'program', command: command.text } : undefined;
    }
    if (word === 'stdin' || word === 'stdout') return { type: 'inline' };
    if ((word === 'pstdin' && isFrom) || (word === 'pstdout' && !isFrom)) return { type: 'standard' };
  }
  return { type: 'file', path: name.text };
}

export const copy: MetaCommand<ControlContext> = {
  names: ['copy'],
  group: 'Input/Output',
  help: [['\\copy ...', 'perform SQL COPY with data stream to the client host']],
  skips: 'whole-line',
  run: async (context, invocation) => {
    const parsed = parseCopy((await invocation.next('whole-line'))?.value ?? '');
    if (!parsed.ok) {
      context.complain(parsed.text);
      return 'error';
    }
    const { before, isFrom, stream, after } = parsed.command;
    const sql = `COPY ${before} ${isFrom ? 'FROM STDIN' : 'TO STDOUT'} ${after}`;
    return (await context.runCopy(sql, stream, isFrom)) ? 'done' : 'error';
  },
};

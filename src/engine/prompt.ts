import type { TransactionStatus } from '../result/server-event.ts';
import type { PromptStatus } from '../sql/scanner.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { characterWidth } from '../text/psql-width.ts';
import { visible } from '../text/visible.ts';

/** What a prompt can tell of the session. */
export interface PromptSession {
  readonly database: string;
  /** A name, an address or the folder of a socket; '' for the embedded engine. */
  readonly host: string;
  readonly port: number;
  /** The session's user, as SET SESSION AUTHORIZATION leaves it (%n). */
  readonly sessionUser: string;
  readonly isSuperuser: boolean;
  readonly processId: number;
  /** Of the service file. */
  readonly service?: string | undefined;
  /** undefined: the connection is lost. */
  readonly status: TransactionStatus | undefined;
  /** Of a pipeline that is open: whether an error keeps what follows from running, and whether answers are outstanding. */
  readonly pipeline?: { readonly isAborted: boolean; readonly isAnswered: boolean } | undefined;
}

/** What a prompt may show. */
export interface PromptFacts {
  /** What the next line continues; `copy` while COPY data are typed. */
  readonly status: PromptStatus | 'copy';
  readonly session: PromptSession | undefined;
  /** Databases that %~ shows as `~`: the user's own and PGDATABASE. */
  readonly homeDatabases: readonly string[];
  /** False in a branch of \if that does not run. */
  readonly isActive: boolean;
  readonly isSingleLine: boolean;
  /** Line within the statement, from 1. */
  readonly statementLine: number;
  /** Columns of the last PROMPT1, for %w. */
  readonly firstWidth: number;
  readonly variable: (name: string) => string | undefined;
  /** The first line a shell command writes. */
  readonly run: (command: string) => string;
}

export interface Prompt {
  readonly text: string;
  /** Columns of what follows the last newline, without what %[ and %] enclose. */
  readonly width: number;
}

// psql's MAX_PROMPT_SIZE, in bytes.
const longest = 256;
const defaultSocketFolder = '/var/run/postgresql';

/**
 * A prompt as psql 15 makes it of PROMPT1, PROMPT2 or PROMPT3 (prompt.c). What comes from the server, variables and commands is made
 * visible, but between %[ and %], where only what drives the terminal makes sense.
 */
export function expandPrompt(template: string, facts: PromptFacts): Prompt {
  let text = '';
  let width = 0;
  let isShown = true;
  const add = (piece: string): void => {
    text += piece;
    for (const character of isShown ? piece : '') width = character === '\n' ? 0 : width + Math.max(characterWidth(character), 0);
  };
  for (let at = 0; at < template.length && encodeLossless(text).length < longest; ) {
    const percent = template[at] === '%';
    if (!percent) {
      add(template[at] ?? '');
      at++;
      continue;
    }
    const { length, piece, marks } = escapeAt(template, at + 1, facts);
    if (marks !== undefined) isShown = marks === 'end';
    add(isShown && piece.isForeign ? visible(piece.text) : piece.text);
    at += 1 + length;
  }
  return { text: decodeLossless(withinLimit(encodeLossless(text))), width };
}

interface Escape {
  /** Characters behind the percent sign. */
  readonly length: number;
  readonly piece: { readonly text: string; readonly isForeign: boolean };
  readonly marks?: 'start' | 'end';
}

function escapeAt(template: string, at: number, facts: PromptFacts): Escape {
  const letter = template[at];
  switch (letter) {
    case undefined:
      return { length: 0, piece: own('') };
    case '[':
      return { length: 1, piece: own(''), marks: 'start' };
    case ']':
      return { length: 1, piece: own(''), marks: 'end' };
    case '`':
    case ':': {
      const end = template.indexOf(letter, at + 1);
      const name = template.slice(at + 1, end < 0 ? undefined : end);
      return {
        length: name.length + 2,
        piece: { text: letter === '`' ? facts.run(name) : (facts.variable(name) ?? ''), isForeign: true },
      };
    }
    default: {
      const octal = /^[0-7]+/.exec(template.slice(at))?.[0];
      if (octal !== undefined) return { length: octal.length, piece: own(byte(Number.parseInt(octal, 8))) };
      return { length: 1, piece: { text: simpleEscape(letter, facts), isForeign: true } };
    }
  }
}

function own(text: string): Escape['piece'] {
  return { text, isForeign: false };
}

/** One byte as lossless text has it; C's strings end at 0. */
function byte(code: number): string {
  const value = code & 0xff;
  if (value === 0) return '';
  return String.fromCharCode(value < 0x80 ? value : 0xdc00 + value);
}

function simpleEscape(letter: string, facts: PromptFacts): string {
  const { session } = facts;
  switch (letter) {
    case '/':
      return session?.database ?? '';
    case '~':
      return session === undefined ? '' : facts.homeDatabases.includes(session.database) ? '~' : session.database;
    case 'w':
      return session === undefined ? '' : ' '.repeat(facts.firstWidth);
    case 'M':
    case 'm':
      return session === undefined ? '' : hostText(session.host, letter === 'M');
    case '>':
      return session === undefined ? '' : String(session.port);
    case 'n':
      return session?.sessionUser ?? '';
    case 'p':
      return session === undefined || session.processId === 0 ? '' : String(session.processId);
    case 'R':
      return statusMark(facts);
    case 'x':
      return transactionMark(session);
    // %s and %P are of psql 18.
    case 's':
      return session?.service ?? '';
    case 'P':
      return session === undefined ? '' : pipelineState(session);
    case 'l':
      return String(facts.statementLine);
    case '?':
      return '';
    case '#':
      return session?.isSuperuser === true ? '#' : '>';
    default:
      return letter;
  }
}

function hostText(host: string, isFull: boolean): string {
  if (host !== '' && !/^[/@]/.test(host)) return isFull ? host : (host.split('.')[0] ?? '');
  return host === '' || host === defaultSocketFolder || !isFull ? '[local]' : `[local:${host}]`;
}

function statusMark({ status, isActive, session, isSingleLine }: PromptFacts): string {
  switch (status) {
    case 'ready':
      if (!isActive) return '@';
      if (session === undefined) return '!';
      return isSingleLine ? '^' : '=';
    case 'continue':
      return '-';
    case 'single-quote':
      return "'";
    case 'double-quote':
      return '"';
    case 'dollar-quote':
      return '$';
    case 'comment':
      return '*';
    case 'paren':
      return '(';
    case 'copy':
      return '';
  }
}

function pipelineState({ pipeline }: PromptSession): string {
  if (pipeline === undefined) return 'off';
  return pipeline.isAborted ? 'abort' : 'on';
}

/** While answers are outstanding libpq calls the transaction active, which psql shows like an open one. */
function transactionMark(session: PromptSession | undefined): string {
  if (session?.pipeline?.isAnswered === false) return '*';
  switch (session?.status) {
    case 'idle':
      return '';
    case 'transaction':
      return '*';
    case 'failed':
      return '!';
    case undefined:
      return '?';
  }
}

function withinLimit(bytes: Buffer): Buffer {
  if (bytes.length <= longest) return bytes;
  let end = longest;
  // Not amid a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

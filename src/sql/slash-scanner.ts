import type { InputStack } from './input-stack.ts';
import { quoteShellArgument } from './quote.ts';
import type { ScanEnvironment } from './scan-environment.ts';
import { type ArgumentMode, type ArgumentPiece, argumentText, joinEscapedBytes, type SlashArgument } from './slash-argument.ts';

export interface ArgumentOptions {
  /** Unquoted semicolons at the end are not part of the argument. */
  readonly stripSemicolon?: boolean;
}

const isSpace = /[ \t\n\r\f]/;
const variable = /:([A-Za-z_0-9\u0080-\uffff]+)/y;
const quotedVariable = /:(['"])([A-Za-z_0-9\u0080-\uffff]+)\1/y;
const shellVariable = /:'([A-Za-z_0-9\u0080-\uffff]+)'/y;
const variableTest = /:\{\?([A-Za-z_0-9\u0080-\uffff]+)\}/y;
const octal = /\\([0-7]{1,3})/y;
const hexadecimal = /\\x([0-9A-Fa-f]{1,2})/y;
const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', r: '\r', f: '\f' };

/** The argument being read. */
interface Draft {
  readonly pieces: ArgumentPiece[];
  text: string;
  quote: SlashArgument['quote'];
  /** Characters at the end that no kind of quoting protects: only these may be stripped. */
  unquoted: number;
}

/** Names and arguments of meta-commands, by the rules of psqlscanslash.l. It reads on where the statement's scanner stopped. */
export class SlashScanner {
  /** False in an inactive \if branch: variables and backticks stay text. */
  isActive = true;
  readonly #input: InputStack;
  readonly #environment: ScanEnvironment;

  constructor(input: InputStack, environment: ScanEnvironment) {
    this.#input = input;
    this.#environment = environment;
  }

  /** The name, up to a blank or a backslash. */
  command(): string {
    let name = '';
    for (let next = this.#peek(); next !== undefined && next !== '\\' && !isSpace.test(next); next = this.#peek()) {
      name += next;
      this.#skip(1);
    }
    return name;
  }

  /** The next argument; undefined where there is none, or where a quote does not end (complained about). */
  argument(mode: ArgumentMode, options: ArgumentOptions = {}): SlashArgument | undefined {
    const strip = options.stripSemicolon === true;
    if (mode === 'whole-line') return this.#wholeLine('', strip);
    this.#skipSpace();
    if (mode === 'file-or-pipe' && this.#peek() === '|') {
      this.#skip(1);
      return this.#wholeLine('|', false);
    }
    const draft: Draft = { pieces: [], text: '', quote: '', unquoted: 0 };
    const evaluates = this.isActive && mode !== 'no-evaluation';
    for (let next = this.#peek(); next !== undefined && next !== '\\' && !isSpace.test(next); next = this.#peek()) {
      if (!this.#argumentPart(next, draft, evaluates)) {
        this.#complain(draft, 'unterminated quoted string');
        return draft.pieces.length === 0 ? undefined : { pieces: draft.pieces, quote: draft.quote, isUnterminated: true };
      }
    }
    return finished(draft, mode, strip);
  }

  /** Eats `\\`, which ends a command within a line. */
  end(): void {
    if (this.#startsWith('\\\\')) this.#skip(2);
  }

  /** False: a quote does not end. */
  #argumentPart(next: string, draft: Draft, evaluates: boolean): boolean {
    switch (next) {
      case "'":
        this.#startQuote(draft, next);
        return this.#singleQuoted(draft);
      case '`':
        this.#startQuote(draft, next);
        return this.#backticked(draft, evaluates);
      case '"':
        this.#startQuote(draft, next);
        draft.text += next;
        return this.#doubleQuoted(draft);
      case ':':
        this.#colon(draft, evaluates);
        return true;
      default:
        draft.text += next;
        draft.unquoted++;
        this.#skip(1);
        return true;
    }
  }

  #startQuote(draft: Draft, quote: "'" | '"' | '`'): void {
    draft.quote = quote;
    draft.unquoted = 0;
    this.#skip(1);
  }

  #colon(draft: Draft, evaluates: boolean): void {
    const plain = this.#match(variable);
    const quoted = plain ?? this.#match(quotedVariable);
    if (quoted !== undefined) {
      draft.text += (evaluates ? this.#expand(quoted) : undefined) ?? quoted[0];
      draft.quote = ':';
      draft.unquoted = 0;
      return;
    }
    const test = this.#match(variableTest);
    if (test !== undefined) {
      draft.text += evaluates && this.#environment.variable(test[1] ?? '') !== undefined ? 'TRUE' : 'FALSE';
      return;
    }
    draft.text += ':';
    draft.unquoted++;
    this.#skip(1);
  }

  /** `:name`, whose value is taken as it is, or `:'name'` and `:"name"`. */
  #expand(match: RegExpExecArray): string | undefined {
    const [, first, second] = match;
    const value = this.#environment.variable(second ?? first ?? '');
    if (value === undefined || second === undefined) return value;
    return this.#environment.quote(value, first === "'" ? 'literal' : 'identifier');
  }

  /** '…' with C's escapes; '' is one quote. */
  #singleQuoted(draft: Draft): boolean {
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      if (next === '\\') draft.text += this.#escape();
      else if (this.#startsWith("''")) {
        draft.text += "'";
        this.#skip(2);
      } else {
        this.#skip(1);
        if (next === "'") return true;
        draft.text += next;
      }
    }
    return false;
  }

  #escape(): string {
    const code = this.#match(octal);
    if (code !== undefined) return byte(Number.parseInt(code[1] ?? '', 8));
    const hex = this.#match(hexadecimal);
    if (hex !== undefined) return byte(Number.parseInt(hex[1] ?? '', 16));
    this.#skip(1);
    const frame = this.#input.current();
    const escaped = frame?.text[frame.at];
    if (escaped === undefined || escaped === '\n') return '\\';
    this.#skip(1);
    return controls[escaped] ?? escaped;
  }

  /** A shell command; variables in it are expanded, `:'name'` quoted for the shell. */
  #backticked(draft: Draft, evaluates: boolean): boolean {
    let command = '';
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      if (next === '`') {
        this.#skip(1);
        if (evaluates) draft.pieces.push(draft.text, { backtick: command });
        draft.text = evaluates ? '' : draft.text + command;
        return true;
      }
      const match = this.#match(variable);
      const shellMatch = match ?? this.#match(shellVariable);
      if (shellMatch === undefined) {
        command += next;
        this.#skip(1);
      } else {
        const value = evaluates ? this.#environment.variable(shellMatch[1] ?? '') : undefined;
        command += (match === undefined && value !== undefined ? this.#shellQuoted(draft, value) : value) ?? shellMatch[0];
      }
    }
    return false;
  }

  #shellQuoted(draft: Draft, value: string): string | undefined {
    const quoted = quoteShellArgument(value);
    if (quoted === undefined) this.#complain(draft, `shell command argument contains a newline or carriage return: "${value}"`);
    return quoted;
  }

  #complain(draft: Draft, complaint: string): void {
    if (draft.pieces.length === 0) this.#environment.complain(complaint);
    else draft.pieces.push({ complaint });
  }

  /** "…", kept with its quotes. */
  #doubleQuoted(draft: Draft): boolean {
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      draft.text += next;
      this.#skip(1);
      if (next === '"') return true;
    }
    return false;
  }

  #wholeLine(start: string, strip: boolean): SlashArgument | undefined {
    if (start === '') this.#skipSpace();
    let text = start;
    for (let frame = this.#input.current(); frame !== undefined; frame = this.#input.current()) {
      text += frame.text.slice(frame.at);
      frame.at = frame.text.length;
    }
    if (strip) text = text.replace(/[; \t\n\r\f\v]+$/, '');
    return text === '' ? undefined : { pieces: [text], quote: '' };
  }

  #skipSpace(): void {
    for (let next = this.#peek(); next !== undefined && isSpace.test(next); next = this.#peek()) this.#skip(1);
  }

  #peek(): string | undefined {
    const frame = this.#input.current();
    return frame?.text[frame.at];
  }

  #skip(count: number): void {
    const frame = this.#input.current();
    if (frame !== undefined) frame.at += count;
  }

  #startsWith(text: string): boolean {
    const frame = this.#input.current();
    return frame?.text.startsWith(text, frame.at) === true;
  }

  #match(rule: RegExp): RegExpExecArray | undefined {
    const frame = this.#input.current();
    if (frame === undefined) return undefined;
    rule.lastIndex = frame.at;
    const match = rule.exec(frame.text);
    if (match !== null) frame.at = rule.lastIndex;
    return match ?? undefined;
  }
}

function finished(draft: Draft, mode: ArgumentMode, strip: boolean): SlashArgument | undefined {
  if (strip) {
    for (let left = draft.unquoted; left > 0 && draft.text.endsWith(';'); left--) draft.text = draft.text.slice(0, -1);
  }
  const pieces = draft.text === '' ? draft.pieces : [...draft.pieces, joinEscapedBytes(draft.text)];
  const plain: SlashArgument = { pieces, quote: draft.quote };
  // An empty argument that no quote made is the end of the command.
  if (draft.quote === '' && argumentText(plain) === '') return undefined;
  if (mode === 'sql-identifier') return { ...plain, identifier: 'fold' };
  if (mode === 'sql-identifier-verbatim') return { ...plain, identifier: 'verbatim' };
  return plain;
}

/** One byte, as lossless text has it. */
function byte(code: number): string {
  const value = code & 0xff;
  return String.fromCharCode(value < 0x80 ? value : 0xdc00 + value);
}

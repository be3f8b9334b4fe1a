import { InputStack } from './input-stack.ts';
import { inSql, isInQuote, type LexState } from './lex-state.ts';
import type { ScanEnvironment } from './scan-environment.ts';
import type { ArgumentMode, SlashArgument } from './slash-argument.ts';
import { type ArgumentOptions, SlashScanner } from './slash-scanner.ts';
import { StatementDepth } from './statement-depth.ts';
import { nextToken } from './token.ts';
import type { Token } from './token-kind.ts';

export type { ScanEnvironment } from './scan-environment.ts';

/** What the next line continues; psql's %R shows it. */
export type PromptStatus = 'ready' | 'continue' | 'comment' | 'single-quote' | 'double-quote' | 'dollar-quote' | 'paren';

/** Why scanning stopped. `incomplete` and `end` are the end of the line: only after `end` may the statement be sent as it stands. */
export interface ScanStop {
  readonly stop: 'semicolon' | 'backslash' | 'incomplete' | 'end';
  readonly prompt: PromptStatus;
}

/**
 * psql's scanner (psqlscan.l): takes a line at a time, copies statements into `output` and stops where one ends or a meta-command
 * starts. Newlines between lines are the caller's: psql appends one to the output itself and never feeds it.
 */
export class SqlScanner {
  /** The query buffer. The caller clears it when it has sent it. */
  output = '';
  /** Offset in the line at which the first text of an empty output was found. */
  outputStart = 0;
  readonly #environment: ScanEnvironment;
  readonly #input = new InputStack();
  readonly #slash: SlashScanner;
  readonly #depth = new StatementDepth();
  #state: LexState = inSql;
  #standardStrings = true;

  constructor(environment: ScanEnvironment) {
    this.#environment = environment;
    this.#slash = new SlashScanner(this.#input, environment);
  }

  /** False in an inactive \if branch: nothing is expanded or evaluated. */
  get isActive(): boolean {
    return this.#slash.isActive;
  }

  set isActive(isActive: boolean) {
    this.#slash.isActive = isActive;
  }

  /** psql_scan_in_quote: an empty line belongs to the literal, name or comment. */
  get isInQuote(): boolean {
    return isInQuote(this.#state);
  }

  /** \if keeps it, and gives it back when it discards what an inactive branch has added. */
  get parenDepth(): number {
    return this.#depth.parentheses;
  }

  set parenDepth(depth: number) {
    this.#depth.parentheses = depth;
  }

  /** Offset in the line of what is scanned next. */
  get position(): number {
    return this.#input.position;
  }

  /** The line's text that is not yet scanned, values of variables being expanded included. */
  rest(): string {
    return this.#input.rest;
  }

  /** psql_scan_setup: gives the text to scan, which replaces what is left of the last. */
  feed(line: string): void {
    this.#standardStrings = this.#environment.standardConformingStrings();
    this.#input.setLine(line);
  }

  /** psql_scan_finish: drops what is left of the line. The state stays. */
  finish(): void {
    this.#input.clear();
  }

  /** psql_scan_reset: forgets quotes and depths, as when the query buffer is thrown away. */
  reset(): void {
    this.#state = inSql;
    this.#depth.reset();
  }

  clearOutput(): void {
    this.output = '';
  }

  /** Scans on to the next end of a statement, meta-command or end of line. */
  scan(): ScanStop {
    for (let frame = this.#input.current(); frame !== undefined; frame = this.#input.current()) {
      const token = nextToken(frame.text, frame.at, this.#state, this.#standardStrings);
      const text = frame.text.slice(frame.at, token.end);
      const stop = this.#take(token, text);
      frame.at = token.end;
      this.#state = token.next;
      if (stop !== undefined) return { stop, prompt: 'ready' };
    }
    return this.#lineEnd();
  }

  /** The meta-command's name, after `scan` stopped at its backslash. */
  slashCommand(): string {
    this.#state = inSql;
    return this.#slash.command();
  }

  /** The meta-command's next argument; undefined at its end. */
  slashArgument(mode: ArgumentMode, options?: ArgumentOptions): SlashArgument | undefined {
    return this.#slash.argument(mode, options);
  }

  /** The rest of the line, raw, without leading blanks; '' at its end. */
  slashRest(): string {
    const [text] = this.#slash.argument('whole-line')?.pieces ?? [];
    return typeof text === 'string' ? text : '';
  }

  /** Eats the `\\` that separates a meta-command from what follows on its line. */
  slashEnd(): void {
    this.#slash.end();
  }

  #take(token: Token, text: string): 'semicolon' | 'backslash' | undefined {
    switch (token.kind) {
      case 'space':
      case 'line-comment':
        if (this.output !== '') this.#emit(text);
        return undefined;
      case 'semicolon':
        this.#emit(text);
        if (!this.#depth.isZero) return undefined;
        this.#depth.restartWords();
        return 'semicolon';
      case 'backslash':
        return 'backslash';
      case 'escaped-mark':
        this.#emit(text.slice(1));
        if (text === '\\;') this.#depth.restartWords();
        return undefined;
      case 'variable':
        this.#expand(text);
        return undefined;
      case 'literal-variable':
        this.#emit(this.#quoted(text, 'literal'));
        return undefined;
      case 'identifier-variable':
        this.#emit(this.#quoted(text, 'identifier'));
        return undefined;
      case 'variable-test':
        this.#emit(this.#variable(text.slice(3, -1)) === undefined ? 'FALSE' : 'TRUE');
        return undefined;
      case 'open':
        this.#depth.open();
        break;
      case 'close':
        this.#depth.close();
        break;
      case 'word':
        this.#depth.word(text);
        break;
      case 'comment':
      case 'string':
      case 'quoted-identifier':
      case 'number':
      case 'prefix':
      case 'operator':
      case 'other':
        break;
    }
    this.#emit(text);
    return undefined;
  }

  #emit(text: string): void {
    if (text === '') return;
    if (this.output === '') this.outputStart = this.#input.position;
    this.output += text;
  }

  /** A variable's value is scanned in its place; within its own value the variable stays as typed. */
  #expand(text: string): void {
    const name = text.slice(1);
    const value = this.#variable(name);
    if (value === undefined) {
      this.#emit(text);
    } else if (this.#input.isExpanding(name)) {
      this.#environment.warn(`skipping recursive expansion of variable "${name}"`);
      this.#emit(text);
    } else {
      this.#input.push(value, name);
    }
  }

  #quoted(text: string, as: 'literal' | 'identifier'): string {
    const value = this.#variable(text.slice(2, -1));
    return (value === undefined ? undefined : this.#environment.quote(value, as)) ?? text;
  }

  #variable(name: string): string | undefined {
    return this.isActive ? this.#environment.variable(name) : undefined;
  }

  #lineEnd(): ScanStop {
    switch (this.#state.inside) {
      case 'sql':
      case 'string-end':
        if (this.#depth.parentheses > 0) return { stop: 'incomplete', prompt: 'paren' };
        if (this.#depth.isInBody) return { stop: 'incomplete', prompt: 'continue' };
        return this.output === '' ? { stop: 'incomplete', prompt: 'ready' } : { stop: 'end', prompt: 'continue' };
      case 'string':
      case 'escape-string':
      case 'bit-string':
        return { stop: 'incomplete', prompt: 'single-quote' };
      case 'identifier':
        return { stop: 'incomplete', prompt: 'double-quote' };
      case 'dollar-quote':
        return { stop: 'incomplete', prompt: 'dollar-quote' };
      case 'comment':
        return { stop: 'incomplete', prompt: 'comment' };
    }
  }
}

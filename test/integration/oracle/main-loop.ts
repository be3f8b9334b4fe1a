import { quoteIdentifier, quoteLiteral } from '../../../src/sql/quote.ts';
import { SqlScanner } from '../../../src/sql/scanner.ts';
import { argumentText } from '../../../src/sql/slash-argument.ts';

type Branch = 'true' | 'false' | 'ignored' | 'else-true' | 'else-false';

interface Condition {
  branch: Branch;
  savedLength: number;
  savedDepth: number;
}

const known = new Set(['echo', 'r', 'p', 'set', 'unset', 'g', 'if', 'elif', 'else', 'endif']);

/** As much of psql's MainLoop as shows what the scanner makes of a script: the statements it would send. */
export class MiniLoop {
  readonly statements: string[] = [];
  readonly #variables: Map<string, string>;
  readonly #scanner: SqlScanner;
  readonly #conditions: Condition[] = [];
  #previous = '';
  #newlineAt = -1;

  constructor(variables: Readonly<Record<string, string>>, standardStrings: boolean) {
    this.#variables = new Map(Object.entries(variables));
    this.#scanner = new SqlScanner({
      standardConformingStrings: () => standardStrings,
      variable: (name) => this.#variables.get(name),
      quote: (value, as) => (as === 'literal' ? quoteLiteral(value) : quoteIdentifier(value)),
      warn: () => undefined,
      complain: () => undefined,
    });
  }

  run(script: string): readonly string[] {
    const lines = script.split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const line of lines) this.#line(line);
    if (this.#scanner.output !== '' && this.#isActive) this.statements.push(this.#scanner.output);
    return this.statements;
  }

  get #isActive(): boolean {
    return this.#conditions.every(({ branch }) => branch === 'true' || branch === 'else-true');
  }

  #line(line: string): void {
    const scanner = this.#scanner;
    if (line === '' && !scanner.isInQuote) return;
    this.#newlineAt = -1;
    if (scanner.output !== '') {
      scanner.output += '\n';
      this.#newlineAt = scanner.output.length;
    }
    scanner.feed(line);
    for (;;) {
      scanner.isActive = this.#isActive;
      const { stop } = scanner.scan();
      if (stop === 'semicolon' && this.#isActive) this.#send();
      else if (stop === 'backslash') this.#command();
      else if (stop !== 'semicolon') break;
    }
    scanner.finish();
  }

  #send(): void {
    this.statements.push(this.#scanner.output);
    this.#previous = this.#scanner.output;
    this.#scanner.clearOutput();
    this.#newlineAt = -1;
  }

  #command(): void {
    const scanner = this.#scanner;
    if (scanner.output.length === this.#newlineAt) scanner.output = scanner.output.slice(0, -1);
    this.#newlineAt = -1;
    const name = scanner.slashCommand();
    const result = known.has(name) ? this.#execute(name) : 'error';
    if (result === 'error') scanner.slashRest();
    else {
      scanner.isActive = false;
      while (scanner.slashArgument('normal') !== undefined);
    }
    scanner.slashEnd();
    if (result === 'send') {
      this.#send();
      scanner.reset();
    }
  }

  #execute(name: string): 'done' | 'send' | 'error' {
    if (name === 'if' || name === 'elif' || name === 'else' || name === 'endif') return this.#conditional(name);
    if (!this.#isActive) {
      // Most take their arguments as they are called; \g takes a file, or a pipe with all that follows.
      if (name === 'g') this.#scanner.slashArgument('file-or-pipe');
      else if (name !== 'r' && name !== 'p') this.#arguments();
      return 'done';
    }
    switch (name) {
      case 'r':
        this.#scanner.clearOutput();
        this.#scanner.reset();
        return 'done';
      case 'set': {
        const [variable, ...values] = this.#arguments();
        if (variable !== undefined && !/^[A-Za-z_0-9\u0080-\uffff]+$/.test(variable)) return 'error';
        if (variable !== undefined) this.#variables.set(variable, values.join(''));
        return 'done';
      }
      case 'unset': {
        const argument = this.#scanner.slashArgument('normal');
        if (argument !== undefined) this.#variables.delete(argumentText(argument));
        return 'done';
      }
      case 'echo':
        this.#arguments();
        return 'done';
      case 'g':
        this.#scanner.slashArgument('file-or-pipe');
        if (this.#scanner.output === '') this.#scanner.output = this.#previous;
        return 'send';
      default:
        return 'done';
    }
  }

  #arguments(): string[] {
    const values: string[] = [];
    for (let found = this.#scanner.slashArgument('normal'); found !== undefined; found = this.#scanner.slashArgument('normal')) {
      values.push(argumentText(found));
    }
    return values;
  }

  #conditional(name: 'if' | 'elif' | 'else' | 'endif'): 'done' | 'error' {
    const scanner = this.#scanner;
    if (name === 'if') {
      const wasActive = this.#isActive;
      const condition: Condition = { branch: 'ignored', savedLength: scanner.output.length, savedDepth: scanner.parenDepth };
      this.#conditions.push(condition);
      const isTrue = this.#expression(wasActive);
      if (wasActive) condition.branch = isTrue ? 'true' : 'false';
      return 'done';
    }
    const condition = this.#conditions.at(-1);
    if (condition === undefined) return 'error';
    const { branch } = condition;
    const isElse = branch === 'else-true' || branch === 'else-false';
    if (isElse && name !== 'endif') return 'error';
    if (branch === 'true' && name !== 'endif') {
      condition.savedLength = scanner.output.length;
      condition.savedDepth = scanner.parenDepth;
    } else if (branch !== 'true' && branch !== 'else-true') {
      scanner.output = scanner.output.slice(0, condition.savedLength);
      scanner.parenDepth = condition.savedDepth;
    }
    if (name === 'endif') this.#conditions.pop();
    else if (name === 'else') condition.branch = branch === 'false' ? 'else-true' : 'else-false';
    else if (branch === 'false') condition.branch = this.#expression(true) ? 'true' : 'false';
    else {
      condition.branch = 'ignored';
      this.#expression(false);
    }
    return 'done';
  }

  #expression(isActive: boolean): boolean {
    this.#scanner.isActive = isActive;
    return /^(?:t|tr|tru|true|y|ye|yes|on|1)$/i.test(this.#arguments().join(' '));
  }
}

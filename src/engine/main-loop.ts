import { ConditionStack } from '../commands/condition-stack.ts';
import type { ControlContext, QueryBuffer } from '../commands/control-context.ts';
import type { CommandOutcome } from '../commands/meta-command.ts';
import { hasStandardStrings } from '../server/has-standard-strings.ts';
import { quoteIdentifier, quoteLiteral, quotingRefusal } from '../sql/quote.ts';
import { type PromptStatus, type ScanStop, SqlScanner } from '../sql/scanner.ts';
import { handleCommand } from './command-dispatch.ts';
import type { EngineState, OpenSource } from './engine-state.ts';
import type { InputSource } from './input-source.ts';
import { wasRefused } from './review.ts';
import { sendQuery } from './send-query.ts';
import { systemErrorText } from './system-error.ts';

/** How a source ended, in psql's exit statuses: 0 success, 1 failure, 2 connection lost, 3 an error stopped the script. */
export interface LoopResult {
  readonly status: 0 | 1 | 2 | 3;
  readonly quit: boolean;
  /** The last statement or command failed. */
  readonly failed: boolean;
}

const dumpNotice = `The input is a PostgreSQL custom-format dump.
Use the pg_restore command-line client to restore this dump to a database.

`;

/** psql's MainLoop: one level of input with its scanner, query buffer and \if blocks. */
export class MainLoop {
  readonly state: EngineState;
  readonly scanner: SqlScanner;
  readonly conditions: ConditionStack;
  readonly buffer: QueryBuffer;
  /** A person types here: nothing stops at errors, and what is not ended is not sent. */
  readonly isPrompting: boolean;
  #previous: string;
  #isOk = true;
  #promptStatus: PromptStatus = 'ready';
  #statementLine = 1;
  #wantsRedisplay = false;

  /** `previous`: the query sent before this loop began. */
  constructor(state: EngineState, isPrompting: boolean, previous = '') {
    this.#previous = previous;
    this.state = state;
    this.isPrompting = isPrompting;
    this.scanner = new SqlScanner({
      standardConformingStrings: () => hasStandardStrings(state.session),
      variable: (name) => state.variables.get(name),
      quote: (value, as) => this.#quote(value, as),
      warn: (text) => state.warn(text),
      complain: (text) => state.complain(text),
    });
    this.conditions = new ConditionStack(this.scanner);
    this.buffer = this.#makeBuffer();
  }

  /** What the next line continues. */
  get promptStatus(): PromptStatus {
    return this.scanner.output === '' ? 'ready' : this.#promptStatus;
  }

  /** Line within the statement, as the prompt's %l counts it. */
  get statementLine(): number {
    return this.#statementLine;
  }

  /** Whether an editor has changed the buffer since this was asked last: a person wants to see it again. */
  takeRedisplay(): boolean {
    const wants = this.#wantsRedisplay;
    this.#wantsRedisplay = false;
    return wants;
  }

  /** Ctrl-C at the prompt: the statement being typed is thrown away, and the innermost \if is left. */
  escape(): void {
    this.scanner.finish();
    this.buffer.clear();
    this.#promptStatus = 'ready';
    this.#statementLine = 1;
    if (this.conditions.isEmpty) return;
    this.state.complain('\\if: escaped');
    this.conditions.pop();
  }

  /** Reads the source to its end. `context` is what its commands may do. */
  async run(source: InputSource, context: (loop: MainLoop) => ControlContext, runsRest: boolean): Promise<LoopResult> {
    const { state } = this;
    const open: OpenSource = { source, line: 0 };
    state.sources.push(open);
    try {
      let outcome: CommandOutcome = 'done';
      let status: LoopResult['status'] = 0;
      while (status === 0) {
        void state.face.standardOutput?.flush();
        const line = await this.#read(source);
        if (line === 'unreadable') {
          status = 1;
          break;
        }
        if (line.text === undefined || state.interrupt.signal.aborted) break;
        open.line++;
        const text = open.line === 1 ? withoutMark(line.text) : line.text;
        if (open.line === 1 && !this.isPrompting && text.startsWith('PGDMP')) {
          await state.say(dumpNotice);
          status = 1;
          break;
        }
        if (text === '' && !this.scanner.isInQuote) continue;
        outcome = await this.#line(text, context(this));
        if (outcome === 'quit') break;
        status = this.#statusAfter();
      }
      if (state.interrupt.signal.aborted && !this.isPrompting) status = 3;
      // \q ends the source, and what is in the buffer at its end is sent.
      if (status === 0 && runsRest && this.scanner.output !== '') {
        if (this.conditions.isActive) await this.#send();
        status = this.#statusAfter();
      }
      return {
        status: this.#checkBlocks(status, outcome === 'quit'),
        quit: outcome === 'quit',
        failed: !this.#isOk || wasRefused(state.interrupt.signal),
      };
    } finally {
      state.sources.pop();
    }
  }

  /** One meta-command without its backslash, as -c gives it. */
  async runCommand(text: string, context: (loop: MainLoop) => ControlContext): Promise<CommandOutcome> {
    this.scanner.feed(text);
    const outcome = await handleCommand(this, context(this));
    this.scanner.finish();
    return outcome;
  }

  async #read(source: InputSource): Promise<{ readonly text: string | undefined } | 'unreadable'> {
    try {
      return { text: await source.readLine() };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall !== 'read') throw error;
      this.state.complain(`could not read from input file: ${systemErrorText(error)}`);
      return 'unreadable';
    }
  }

  #statusAfter(): LoopResult['status'] {
    const { state } = this;
    if (state.exit !== undefined) return 2;
    if (this.isPrompting) return 0;
    if (!this.#isOk && state.settings.onErrorStop) return 3;
    return state.session === undefined ? 2 : 0;
  }

  #checkBlocks(status: LoopResult['status'], quit: boolean): LoopResult['status'] {
    if (quit || status === 3 || this.conditions.isEmpty || this.isPrompting) return status;
    this.state.complain('reached EOF without finding closing \\endif(s)');
    return this.state.settings.onErrorStop ? 3 : status;
  }

  async #line(line: string, context: ControlContext): Promise<CommandOutcome> {
    const { scanner, state } = this;
    if (state.settings.echo === 'all' && !this.isPrompting) {
      await state.say(`${line}\n`);
      await state.face.standardOutput?.flush();
    }
    let newlineAt = -1;
    if (scanner.output !== '') {
      scanner.output += '\n';
      newlineAt = scanner.output.length;
    }
    scanner.isActive = this.conditions.isActive;
    scanner.feed(line);
    this.#isOk = true;
    let outcome: CommandOutcome = 'done';
    while (this.#isOk || this.isPrompting || !state.settings.onErrorStop) {
      const stop = scanner.scan();
      this.#promptStatus = stop.prompt;
      if (stop.stop === 'end') this.#statementLine++;
      if (stop.stop === 'backslash') {
        // A newline that nothing follows is not part of the statement.
        if (scanner.output.length === newlineAt) scanner.output = scanner.output.slice(0, -1);
        newlineAt = -1;
        outcome = await this.#command(context);
        if (outcome === 'quit') break;
      } else if (this.#endsStatement(stop)) {
        newlineAt = -1;
        if (this.conditions.isActive) await this.#send();
        else if (this.isPrompting) state.complain('query ignored; use \\endif or Ctrl-C to exit current \\if block');
      }
      if (stop.stop === 'incomplete' || stop.stop === 'end') break;
      if (state.exit !== undefined || state.interrupt.signal.aborted) break;
    }
    scanner.finish();
    return outcome;
  }

  #endsStatement({ stop }: ScanStop): boolean {
    return stop === 'semicolon' || (stop === 'end' && this.state.settings.singleLine);
  }

  async #command(context: ControlContext): Promise<CommandOutcome> {
    const { scanner } = this;
    const outcome = await handleCommand(this, context);
    this.#isOk = outcome !== 'error';
    this.#statementLine = 1;
    scanner.isActive = this.conditions.isActive;
    if (outcome === 'send') {
      if (scanner.output === '') scanner.output = this.#previous;
      await this.#send();
      scanner.reset();
    } else if (outcome === 'buffer-changed') {
      const text = scanner.output;
      scanner.finish();
      scanner.clearOutput();
      scanner.reset();
      scanner.feed(text);
      this.#wantsRedisplay = text !== '';
    }
    return outcome;
  }

  async #send(): Promise<void> {
    const { state, scanner } = this;
    const { mode } = state;
    state.mode = {};
    this.#statementLine = 1;
    const sql = scanner.output;
    this.#isOk = await sendQuery(state, sql, mode);
    this.#previous = sql;
    scanner.clearOutput();
  }

  #quote(value: string, as: 'literal' | 'identifier'): string | undefined {
    if (this.state.session === undefined) {
      this.state.complain('cannot escape without active connection');
      return undefined;
    }
    const refusal = this.state.session.parameters.get('client_encoding') === 'UTF8' ? quotingRefusal(value) : undefined;
    if (refusal !== undefined) {
      this.state.inform(refusal);
      return undefined;
    }
    return as === 'literal' ? quoteLiteral(value) : quoteIdentifier(value);
  }

  #makeBuffer(): QueryBuffer {
    const { scanner } = this;
    const previous = (): string => this.#previous;
    return {
      get text() {
        return scanner.output;
      },
      get previous() {
        return previous();
      },
      get current() {
        return scanner.output === '' ? previous() : scanner.output;
      },
      replace: (text) => {
        scanner.output = text;
      },
      truncate: (length) => {
        scanner.output = scanner.output.slice(0, length);
      },
      clear: () => {
        scanner.clearOutput();
        scanner.reset();
      },
    };
  }
}

function withoutMark(line: string): string {
  return line.startsWith('\ufeff') ? line.slice(1) : line;
}

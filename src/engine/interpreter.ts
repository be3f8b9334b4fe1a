import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { VariableAccess } from '../commands/context.ts';
import type { ConnectRequest } from '../commands/control-context.ts';
import { defaultPrintOptions, type PrintOptions } from '../print/print-options.ts';
import type { Access } from '../server/read-only/read-only-session.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import type { PromptStatus } from '../sql/scanner.ts';
import { type AsideQuery, aside } from './aside.ts';
import type { CommitWitness } from './commit-witness.ts';
import { connectAgain } from './connect-again.ts';
import { setDefaultVariables } from './default-variables.ts';
import { EngineContext } from './engine-context.ts';
import { EngineState } from './engine-state.ts';
import type { InputSource } from './input-source.ts';
import { MainLoop } from './main-loop.ts';
import { openScript } from './open-script.ts';
import { openTarget } from './open-target.ts';
import type { Face } from './output-event.ts';
import { openFileSink } from './output-sink.ts';
import type { RowsRoom } from './rehearsal/pair-rows.ts';
import { rehearse } from './rehearsal/rehearse.ts';
import type { Approval, RehearsalOutcome } from './rehearsal/rehearsed.ts';
import { statementText } from './rehearsal/statement-text.ts';
import { sendQuery, sendSilently } from './send-query.ts';
import { followSession, hasVariablesOf18 } from './session-variables.ts';
import { hookAutomaticSavepoints, hookGuards, hookRehearsal, hookSettings, hookWarnings } from './settings.ts';
import { TextSource } from './text-source.ts';
import type { TransactionRecord } from './transaction/record.ts';
import { TransactionProbe } from './transaction-probe.ts';
import { hookWatchInterval } from './watch-interval.ts';

export interface InterpreterOptions {
  readonly face: Face;
  /** The name the program was called by, for messages. */
  readonly programName: string;
  /** Undefined: not connected (yet): statements then say so. */
  readonly session: Session | undefined;
  readonly connect: (request: ConnectRequest) => Promise<ConnectOutcome>;
  /** Nothing is written, on this session as on those of \c. */
  readonly isReadOnly?: boolean;
  /** psql variables to start with, on top of the defaults, as -v gives them; undefined unsets. */
  readonly variables?: readonly (readonly [name: string, value: string | undefined])[];
  readonly print?: Partial<PrintOptions>;
  /** Default: this process's. \setenv changes it. */
  readonly environment?: Record<string, string | undefined>;
  /** Notes what the outcome of a COMMIT can be looked up by. */
  readonly witness?: CommitWitness;
}

export interface RunOptions {
  /**
   * Text left in the query buffer at the end of the source: true runs it as psql's scripts do (a script's last statement needs no
   * semicolon), false keeps it in `queryBuffer` as an interactive prompt does. Default: true where the face is not interactive.
   */
  readonly runRest?: boolean;
  /** Read as a script even where the face is interactive: startup files. */
  readonly isScript?: boolean;
}

export interface RunResult {
  /** \q was met, or the program must end: `exit` then holds the status. */
  readonly quit: boolean;
  readonly exit?: number;
  /** The last statement or command failed. */
  readonly failed: boolean;
  /** psql's status of the source: 0 success, 1 unreadable, 2 connection lost, 3 stopped by an error. */
  readonly status: 0 | 1 | 2 | 3;
}

/** psql's main loop and everything it steers: one for each face, for the life of the program. */
export class Interpreter {
  readonly #state: EngineState;
  readonly #connect: InterpreterOptions['connect'];
  readonly probe: TransactionProbe;
  /** The prompt's loop: what is typed at one time continues what was typed before. */
  #prompt: MainLoop;

  constructor(options: InterpreterOptions) {
    const { face, programName } = options;
    const print = { ...defaultPrintOptions, ...options.print };
    this.#state = new EngineState(face, programName, print, options.environment ?? process.env);
    this.#connect = options.connect;
    this.probe = new TransactionProbe(this.#state);
    this.#state.witness = options.witness;
    hookSettings(this.#state.variables, this.#state.settings);
    hookWatchInterval(this.#state.variables, () => hasVariablesOf18(this.#state.session));
    if (face.isInteractive) {
      hookAutomaticSavepoints(this.#state.variables, this.#state.settings);
      hookWarnings(this.#state.variables);
      hookRehearsal(this.#state.variables, this.#state.settings);
    }
    if (face.review !== undefined) hookGuards(this.#state.variables);
    setDefaultVariables(this.#state.variables);
    for (const [name, value] of options.variables ?? []) this.#setOption(name, value);
    this.#state.isReadOnly = options.isReadOnly ?? false;
    this.#state.session = options.session;
    followSession(this.#state.variables, options.session);
    this.#prompt = new MainLoop(this.#state, face.isInteractive);
  }

  get session(): Session | undefined {
    return this.#state.session;
  }

  /** Nothing is written on the session, nor on those that \c opens. */
  get isReadOnly(): boolean {
    return this.#state.isReadOnly;
  }

  /** Of a read-only session; undefined of any other. */
  get writeAccess(): Access | undefined {
    return this.#state.wall?.access;
  }

  /** Lets writes through a read-only session until `lock`. False: something runs, or a transaction is open. */
  unlock(): boolean {
    return this.#state.wall?.unlock() ?? false;
  }

  /** Nothing is written from the next statement on; a transaction that may write can only be ended. */
  lock(): void {
    this.#state.wall?.lock();
  }

  /** What is known of the session's transaction, or of the lost session's; undefined where the face is not interactive. */
  get transaction(): TransactionRecord | undefined {
    return this.#state.transaction?.record;
  }

  /** Lets queries of the program's own run on the user's session, which is as it was before afterwards. */
  aside<Result>(work: (query: AsideQuery) => Promise<Result>): Promise<Result | undefined> {
    return aside(this.#state, work);
  }

  /** The pipeline that is open, and how many of its statements' answers are outstanding. */
  get pipeline(): { readonly unread: number; readonly isAborted: boolean } | undefined {
    const pipeline = this.#state.session?.pipeline;
    if (pipeline === undefined) return undefined;
    return { unread: pipeline.unanswered.filter(({ type }) => type === 'request').length, isAborted: pipeline.isAborted };
  }

  /** The SQL of a text as it would be sent, psql's variables put in; undefined where a meta-command is part of it. */
  statementText(text: string): string | undefined {
    return statementText(new MainLoop(this.#state, false).scanner, text);
  }

  /** Runs one statement and leaves its transaction open for an answer. */
  async rehearse(text: string, room: RowsRoom, approve: Approval): Promise<RehearsalOutcome> {
    this.#state.interrupt = new AbortController();
    const sql = this.statementText(text);
    if (sql === undefined) return { type: 'refused', why: 'Only SQL can be rehearsed, without meta-commands.' };
    return await rehearse(this.#state, sql, room, approve);
  }

  /** HOWDAH_REHEARSAL_SECONDS. */
  get rehearsalSeconds(): number {
    return this.#state.settings.rehearsalSeconds;
  }

  get print(): PrintOptions {
    return this.#state.print;
  }

  get variables(): VariableAccess {
    return this.#state.variables;
  }

  get isTiming(): boolean {
    return this.#state.isTiming;
  }

  /** Text typed and not sent yet. */
  get queryBuffer(): string {
    return this.#prompt.scanner.output;
  }

  /** What the prompt tells of the text typed and not sent yet. */
  get prompting(): { readonly status: PromptStatus; readonly isActive: boolean; readonly statementLine: number } {
    const { promptStatus, conditions, statementLine } = this.#prompt;
    return { status: promptStatus, isActive: conditions.isActive, statementLine };
  }

  /** Whether an editor has changed the query buffer since this was asked last. */
  takeRedisplay(): boolean {
    return this.#prompt.takeRedisplay();
  }

  /** Ctrl-C at the prompt: gives up the query buffer and leaves the innermost \if. */
  escape(): void {
    this.#prompt.escape();
  }

  /** Set where the program has to end with this status, whatever else is to do. */
  get exit(): number | undefined {
    return this.#state.exit;
  }

  /** ON_ERROR_STOP. */
  get stopsOnError(): boolean {
    return this.#state.settings.onErrorStop;
  }

  /** A script's -v that is refused ends the program in psql. */
  get hasBadOption(): boolean {
    return this.#hasBadOption;
  }

  #hasBadOption = false;

  /** Reads a source to its end (or \q) and does what it says: psql's MainLoop. */
  async run(source: InputSource, options: RunOptions = {}): Promise<RunResult> {
    const state = this.#state;
    if (state.face.isInteractive) state.interrupt = new AbortController();
    state.isTerse = true;
    const isPrompting = state.face.isInteractive && options.isScript !== true;
    const loop = isPrompting ? this.#prompt : new MainLoop(state, false);
    const { status, quit, failed } = await loop.run(source, this.#context, options.runRest ?? !isPrompting);
    source.close();
    const exit = state.exit;
    return { quit: quit || exit !== undefined, failed, status, ...(exit === undefined ? {} : { exit }) };
  }

  /** The same for a text: the workbench's statement, console line or script. */
  runText(text: string, options?: RunOptions): Promise<RunResult> {
    return this.run(new TextSource(text), options);
  }

  /** -f FILE; `-` is standard input. */
  async runFile(path: string): Promise<RunResult> {
    const source = openScript(this.#state, path);
    if (source === undefined) return { quit: false, failed: true, status: 1 };
    return await this.run(source, { isScript: true });
  }

  /** -c: one meta-command, or one string of SQL sent whole. */
  async runCommand(text: string): Promise<boolean> {
    const state = this.#state;
    state.isTerse = true;
    if (text.startsWith('\\')) {
      return (await new MainLoop(state, false).runCommand(text.slice(1), this.#context)) !== 'error';
    }
    if (state.settings.echo === 'all') await state.say(`${text}\n`);
    // psql counts whatever runs after Ctrl-C as failed.
    return (await sendQuery(state, text, {})) && !state.interrupt.signal.aborted;
  }

  /** One string of SQL, as it is: no variables, no splitting. */
  async runWhole(sql: string): Promise<RunResult> {
    this.#state.interrupt = new AbortController();
    const isOk = await sendQuery(this.#state, sql, {});
    return { quit: false, failed: !isOk, status: isOk ? 0 : 1 };
  }

  /** One statement, sent as if typed: also from within a command. False: it failed. */
  runStatement(sql: string): Promise<boolean> {
    return sendQuery(this.#state, sql, {});
  }

  /** A statement of the program's own (-1): only errors are shown. */
  runSilently(sql: string): Promise<boolean> {
    return sendSilently(this.#state, sql);
  }

  /** Gives up the query buffer, quotes and \if blocks that are open in it; \g and \e still know the query before it. */
  clearBuffer(): void {
    this.#prompt = new MainLoop(this.#state, this.#state.face.isInteractive, this.#prompt.buffer.previous);
  }

  /** Interrupts what runs: a CancelRequest, and sources stop. */
  async cancel(): Promise<void> {
    this.#state.interrupt.abort();
    const { session } = this.#state;
    if (session?.isBusy !== true) return;
    const outcome = await session.cancel();
    if (outcome.ok) this.#state.sayToError('Cancel request sent\n');
    else this.#state.sayToError(`Could not send cancel request: ${outcome.reason}\n`);
  }

  /** Takes a session opened elsewhere (the picker, after a loss), read-only or not. The old one is closed. */
  async adopt(session: Session, isReadOnly = false): Promise<void> {
    const old = this.#state.session;
    this.#state.isReadOnly = isReadOnly;
    this.#state.session = session;
    followSession(this.#state.variables, session);
    await this.#state.emit({ type: 'session', session });
    await old?.close();
  }

  /** -o: false where it cannot be opened. */
  async redirect(target: string): Promise<boolean> {
    this.#state.output = await openTarget(target, this.#state);
    return this.#state.output !== undefined;
  }

  /** -L: false where it cannot be opened. */
  async logTo(path: string): Promise<boolean> {
    const sink = openFileSink(path);
    if (typeof sink !== 'string') this.#state.log = sink;
    else this.#state.complain(`could not open log file "${path}": ${sink}`);
    return typeof sink !== 'string';
  }

  async close(): Promise<void> {
    await this.#state.output?.close();
    await this.#state.log?.close();
    await this.#state.session?.close();
  }

  readonly #context = (loop: MainLoop): EngineContext =>
    new EngineContext(this.#state, loop, {
      connect: (request, isPrompting) => connectAgain(this.#state, this.#connect, request, isPrompting),
      include: (path, isRelative) => this.#include(path, isRelative),
    });

  async #include(path: string, isRelative: boolean): Promise<boolean> {
    const from = this.#state.sources.at(-1)?.source.name;
    const located = isRelative && from !== undefined && !isAbsolute(path) ? join(dirname(from), path) : path;
    const source = openScript(this.#state, located === '-' ? '-' : normalize(located));
    if (source === undefined) return false;
    const { status } = await new MainLoop(this.#state, false).run(source, this.#context, true);
    source.close();
    return status === 0;
  }

  #setOption(name: string, value: string | undefined): void {
    const { variables } = this.#state;
    if (!(value === undefined ? variables.unset(name) : variables.set(name, value))) this.#hasBadOption = true;
  }
}

import type { SendMode } from '../commands/control-context.ts';
import type { PrintSurroundings } from '../print/print-format.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { ServerError } from '../result/server-error.ts';
import type { ServerEvent } from '../result/server-event.ts';
import { ReadOnlySession } from '../server/read-only/read-only-session.ts';
import type { Session } from '../server/session.ts';
import { encodeLossless } from '../text/lossless.ts';
import { visibleForTerminal } from '../text/visible.ts';
import type { CommandQueries } from './command-queries.ts';
import type { CommitWitness } from './commit-witness.ts';
import type { InputSource } from './input-source.ts';
import type { Face, OutputEvent } from './output-event.ts';
import type { OutputSink } from './output-sink.ts';
import { PipelineCounts } from './pipeline/pipeline-counts.ts';
import { formatServerMessage } from './server-message.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { TransactionRecorder } from './transaction/recorder.ts';
import { Variables } from './variables.ts';

export type Notification = Extract<ServerEvent, { type: 'notification' }>;

/** A source being read and how far. */
export interface OpenSource {
  readonly source: InputSource;
  /** Number of the line read last, from 1. */
  line: number;
}

/** psql's `pset`: what the parts of the engine share. */
export class EngineState {
  readonly face: Face;
  readonly programName: string;
  readonly environment: Record<string, string | undefined>;
  readonly settings: Settings = defaultSettings();
  readonly variables: Variables;
  /** Innermost last. */
  readonly sources: OpenSource[] = [];
  print: PrintOptions;
  isTiming = false;
  restrictKey: string | undefined;
  /** Where \o sends query output. */
  output: OutputSink | undefined;
  /** -L: what is sent and its results are written there too. */
  log: OutputSink | undefined;
  lastError: { readonly error: ServerError; readonly sql: string | undefined } | undefined;
  /** How the next statement is sent; \g and its kin set it. */
  mode: SendMode = {};
  /** Set where the program has to end with this status. */
  exit: number | undefined;
  /** Of the last result. */
  lastRowCount = 0;
  pipelineCounts = new PipelineCounts();
  /** What the meta-command that runs has sent of its own, for the next that is shown of it. */
  command: CommandQueries | undefined;
  /** Told after the statement during which they came. */
  readonly notifications: Notification[] = [];
  /** Interrupts what waits; made anew for each run. */
  interrupt = new AbortController();
  /** False while messages still carry the program's name: before the first input is read. */
  isTerse = false;
  /** Where someone is there to be told what became of a COMMIT. */
  witness: CommitWitness | undefined;
  /** Nothing is written on the sessions that are taken from now on. */
  isReadOnly = false;
  #session: Session | undefined;
  #transaction: TransactionRecorder | undefined;

  constructor(face: Face, programName: string, print: PrintOptions, environment: Record<string, string | undefined>) {
    this.face = face;
    this.programName = programName;
    this.print = print;
    this.environment = environment;
    this.variables = new Variables((text) => this.complain(text));
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** The one way in for a session: what protects it stands between it and whatever runs on it. */
  set session(given: Session | undefined) {
    const session = given !== undefined && this.isReadOnly ? new ReadOnlySession(given) : given;
    this.#session = session;
    this.pipelineCounts = new PipelineCounts();
    // Of a session that was lost the record stays until there is another. A script has nobody to show it to.
    if (session !== undefined && this.face.isInteractive) this.#transaction = new TransactionRecorder(session);
  }

  /** The session, where it is read-only. */
  get wall(): ReadOnlySession | undefined {
    return this.#session instanceof ReadOnlySession ? this.#session : undefined;
  }

  get transaction(): TransactionRecorder | undefined {
    return this.#transaction;
  }

  emit(event: OutputEvent): Promise<void> | undefined {
    return this.face.emit(event);
  }

  /** Text for standard output. */
  async say(text: string): Promise<void> {
    const sink = this.face.standardOutput;
    if (sink === undefined) await this.emit({ type: 'text', to: 'stdout', text, sql: this.takeQueries() });
    else await writeText(sink, text, this.print);
  }

  /** Text for the query output. */
  async sayToOutput(text: string): Promise<void> {
    if (this.output !== undefined) await writeText(this.output, text, this.print);
    else if (this.face.standardOutput !== undefined) await writeText(this.face.standardOutput, text, this.print);
    else await this.emit({ type: 'text', to: 'output', text, sql: this.takeQueries() });
  }

  /** The queries behind what is shown now. */
  takeQueries(): readonly string[] {
    return this.command?.take() ?? [];
  }

  /** Where results go while nothing redirects the one statement: undefined: to the face, as events. */
  get queryOutput(): OutputSink | undefined {
    return this.output ?? this.face.standardOutput;
  }

  /** Ctrl-C came: from then on psql prints no table any more, though it runs what -c asks for besides. */
  get printsNothing(): boolean {
    return !this.face.isInteractive && this.interrupt.signal.aborted;
  }

  /** What the printers should know of where they print and of what. */
  surroundings(sink: OutputSink): PrintSurroundings {
    const terminalColumns = sink === this.log ? 0 : this.face.terminalColumns();
    const encoding = this.session?.parameters.get('client_encoding');
    // The encodings of several bytes but UTF-8 show two columns for two bytes nearly everywhere.
    return {
      terminalColumns,
      isExact: !sink.isTerminal,
      encoding: encoding === undefined || encoding === 'UTF8' ? 'utf-8' : 'single-byte',
    };
  }

  complain(text: string): void {
    this.#message('error', `${this.#prefix('error: ')}${text}`);
  }

  warn(text: string): void {
    this.#message('warning', `${this.#prefix('warning: ')}${text}`);
  }

  /** psql's pg_log_info: place but no severity. */
  inform(text: string): void {
    this.#message('info', `${this.#prefix('')}${text}`);
  }

  /** A server's error or notice, worded as libpq does. */
  serverMessage(error: ServerError, sql: string | undefined): void {
    const { verbosity, showContext } = this.settings;
    const text = formatServerMessage(error, verbosity, showContext, sql);
    this.#flushOutputs();
    const severity = /^(?:ERROR|FATAL|PANIC)$/.test(error.severityCode) ? 'error' : error.severityCode === 'WARNING' ? 'warning' : 'notice';
    void this.emit({ type: 'message', severity, text: `${this.#prefix('')}${text}`, error });
  }

  /** The connection is gone. A script ends with psql's status 2; a person is told, and the session stays fenced off. */
  connectionLost(reason: string, givenUp?: 'replication' | 'copy-in-pipeline'): void {
    if (givenUp === 'replication') this.complain(reason);
    else this.inform(reason);
    const session = this.session;
    this.session = undefined;
    void session?.close();
    if (!this.face.isInteractive && givenUp !== 'replication') {
      if (givenUp === undefined) this.complain('connection to server was lost');
      this.exit = 2;
    }
    void this.emit({ type: 'session', session: undefined, reason });
  }

  sayToError(text: string): void {
    this.#message('info', text, true);
  }

  #message(severity: 'error' | 'warning' | 'info', text: string, isWhole = false): void {
    // pg_log writes out what is on its way to standard output, and ends every message with one newline of its own.
    if (!isWhole) this.#flushOutputs();
    void this.emit({ type: 'message', severity, text: isWhole || text.endsWith('\n') ? text : `${text}\n` });
  }

  #flushOutputs(): void {
    void this.face.standardOutput?.flush();
  }

  #prefix(severity: string): string {
    const top = this.sources.at(-1);
    if (top?.source.name !== undefined) return `${this.programName}:${top.source.name}${top.line === 0 ? '' : `:${top.line}`}: ${severity}`;
    return this.isTerse ? '' : `${this.programName}: ${severity}`;
  }
}

async function writeText(sink: OutputSink, text: string, { pager, pagerMinLines }: PrintOptions): Promise<void> {
  const paged = sink.paged?.({ pager, pagerMinLines, isTable: false });
  await (paged ?? sink).write(encodeLossless(sink.isTerminal ? visibleForTerminal(text) : text));
  await paged?.close();
}

import { normalize } from 'node:path';
import type { CatalogRows, CommandTable } from '../commands/context.ts';
import type {
  ConnectRequest,
  ControlContext,
  CopyStream,
  EditOutcome,
  EditRequest,
  SendMode,
  WatchRun,
} from '../commands/control-context.ts';
import type { PrintOptions } from '../print/print-options.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { encodeLossless } from '../text/lossless.ts';
import { callServer, runCatalogQuery, runLookUp } from './catalog-query.ts';
import { checkCopyFile } from './copy-data.ts';
import { editBuffer } from './edit-buffer.ts';
import type { EngineState } from './engine-state.ts';
import { exportLargeObject, importLargeObject } from './large-object-files.ts';
import type { MainLoop } from './main-loop.ts';
import { expandTilde, openTarget } from './open-target.ts';
import { passesReview } from './review.ts';
import { sendQuery } from './send-query.ts';
import { formatServerMessage } from './server-message.ts';
import { closeOutput, exitText, setShellVariables, tellsShellStatus } from './shell-variables.ts';
import { showTable } from './show-table.ts';
import { systemErrorText } from './system-error.ts';

// What setTimeout takes: 24 days. A longer time would be none.
const longestTimer = 0x7fff_ffff;

/** What only the interpreter can do for a command. */
export interface ContextHost {
  connect(request: ConnectRequest, isPrompting: boolean): Promise<boolean>;
  include(path: string, relativeToSource: boolean): Promise<boolean>;
}

/** The engine as meta-commands see it, at one level of input. */
export class EngineContext implements ControlContext {
  readonly #state: EngineState;
  readonly #loop: MainLoop;
  readonly #host: ContextHost;

  constructor(state: EngineState, loop: MainLoop, host: ContextHost) {
    this.#state = state;
    this.#loop = loop;
    this.#host = host;
  }

  get session() {
    return this.#state.session;
  }
  get programName() {
    return this.#state.programName;
  }
  get variables() {
    return this.#state.variables;
  }
  get environment() {
    return this.#state.environment;
  }
  get print() {
    return this.#state.print;
  }
  get isQuiet() {
    return this.#state.settings.quiet;
  }
  get isInteractive() {
    return this.#state.face.isInteractive;
  }
  get isPrompting() {
    return this.#loop.isPrompting;
  }
  get signal() {
    return this.#state.interrupt.signal;
  }
  get buffer() {
    return this.#loop.buffer;
  }
  get conditions() {
    return this.#loop.conditions;
  }
  get isPiping() {
    return this.#state.session?.pipeline !== undefined;
  }
  get isTiming() {
    return this.#state.isTiming;
  }
  set isTiming(isTiming: boolean) {
    this.#state.isTiming = isTiming;
  }

  get restrictKey() {
    return this.#state.restrictKey;
  }
  set restrictKey(key: string | undefined) {
    this.#state.restrictKey = key;
  }

  setPrint(change: Partial<PrintOptions>): void {
    this.#state.print = { ...this.#state.print, ...change };
    void this.#state.emit({ type: 'print-options', options: this.#state.print });
  }

  query(sql: string): Promise<CatalogRows | undefined> {
    return runCatalogQuery(this.#state, sql);
  }

  table(table: CommandTable): Promise<void> {
    return showTable(this.#state, table);
  }

  say(text: string): Promise<void> {
    return this.#state.say(text);
  }
  sayToOutput(text: string): Promise<void> {
    return this.#state.sayToOutput(text);
  }
  sayToError(text: string): void {
    this.#state.sayToError(text);
  }
  complain(text: string): void {
    this.#state.complain(text);
  }
  warn(text: string): void {
    this.#state.warn(text);
  }

  sendAs(mode: SendMode): void {
    this.#state.mode = { ...this.#state.mode, ...mode };
  }

  get mode() {
    return this.#state.mode;
  }
  forgetMode(): void {
    this.#state.mode = {};
  }

  include(path: string, relativeToSource: boolean): Promise<boolean> {
    return this.#host.include(expandTilde(path, this.environment.HOME), relativeToSource);
  }

  connect(request: ConnectRequest): Promise<boolean> {
    return this.#host.connect(request, this.isPrompting);
  }

  async setOutput(target: string | undefined): Promise<boolean> {
    const state = this.#state;
    const opened = target === undefined || target === '' ? undefined : await openTarget(target, state);
    if (target !== undefined && target !== '' && opened === undefined) return false;
    if (state.output !== undefined) await closeOutput(state, state.output);
    state.output = opened;
    return true;
  }

  runStatement(sql: string, { watch, ...mode }: SendMode & { readonly watch?: WatchRun } = {}): Promise<boolean> {
    return sendQuery(this.#state, sql, mode, watch === undefined ? {} : { watch });
  }

  async inWatchPager<Result>(work: (ended: Promise<unknown> | undefined) => Promise<Result>): Promise<Result> {
    const state = this.#state;
    const { pager: setting, pagerMinLines } = state.print;
    const command = this.environment.PSQL_WATCH_PAGER?.trim() ?? '';
    const wanted = setting !== 'off' && command !== '' && this.isInteractive;
    const pager = wanted ? state.face.standardOutput?.paged?.({ pager: 'always', pagerMinLines, isTable: true, command }) : undefined;
    if (pager === undefined) return await work(undefined);
    const before = state.output;
    state.output = pager;
    try {
      return await work(pager.ended);
    } finally {
      state.output = before;
      setShellVariables(state, await pager.close());
    }
  }

  async runCopy(sql: string, stream: CopyStream, isFrom: boolean): Promise<boolean> {
    const state = this.#state;
    if (state.session === undefined) {
      state.complain('You are currently not connected to a database.');
      return false;
    }
    const located = stream.type === 'file' ? { type: 'file' as const, path: this.#located(stream.path) } : stream;
    const fault = located.type === 'file' ? checkCopyFile(located.path, isFrom) : undefined;
    if (fault !== undefined) {
      state.complain(fault);
      return false;
    }
    if (state.session.pipeline !== undefined) return await sendQuery(state, sql, {});
    return await sendQuery(state, sql, {}, { copy: { stream: located } });
  }

  /** As psql words it in its messages: without detours. */
  #located(path: string): string {
    const expanded = expandTilde(path, this.environment.HOME);
    return expanded === '' ? '' : normalize(expanded).replace(/(?<=[^/])\/+$/, '');
  }

  get lastRowCount() {
    return this.#state.lastRowCount;
  }

  ask(prompt: string, isSecret: boolean): Promise<string | undefined> {
    if (isSecret) return this.#state.face.ask({ type: 'secret', prompt });
    return this.#state.face.ask({ type: 'text', prompt, isScripted: this.#state.sources.at(-1)?.source.name !== undefined });
  }

  async shell(command: string): Promise<number> {
    await this.#state.queryOutput?.flush();
    const status = await this.#state.face.child({ command, needsTerminal: command === '' });
    setShellVariables(this.#state, status);
    return status;
  }

  changeFolder(path: string): string | undefined {
    try {
      process.chdir(path);
      return undefined;
    } catch (error) {
      return systemErrorText(error);
    }
  }

  edit(request: EditRequest): Promise<EditOutcome> {
    return editBuffer(this.#state, this.buffer, request);
  }

  async history(): Promise<readonly string[] | undefined> {
    return await this.#state.face.history?.();
  }

  get isAutocommit() {
    return this.#state.settings.autocommit;
  }
  lookUp(sql: string): Promise<CatalogRows | undefined> {
    return runLookUp(this.#state, sql);
  }
  async call(sql: string, parameters: readonly string[]): Promise<CatalogRows | undefined> {
    return (await passesReview(this.#state, sql, { bind: parameters })) ? await callServer(this.#state, sql, parameters) : undefined;
  }
  importLargeObject(path: string): Promise<string | undefined> {
    return importLargeObject(this.#state, path);
  }
  exportLargeObject(object: number, path: string): Promise<boolean> {
    return exportLargeObject(this.#state, object, path);
  }

  async sayToLog(text: string): Promise<void> {
    await this.#state.log?.write(encodeLossless(text));
  }

  async encryptPassword(password: string, user: string): Promise<string | undefined> {
    const algorithm = (await callServer(this.#state, 'show password_encryption', []))?.rows[0]?.[0];
    if (algorithm === undefined || algorithm === null) return undefined;
    const iterations = this.session?.parameters.get('scram_iterations');
    const options = { user, algorithm, ...(iterations === undefined ? {} : { iterations: Number(iterations) }) };
    const { encryptPassword } = await import('../server/encrypt-password.ts');
    const encrypted = encryptPassword(password, options);
    if (encrypted.ok) return encrypted.text;
    this.#state.inform(encrypted.text);
    return undefined;
  }

  async writeFile(target: string, text: string): Promise<boolean> {
    const sink = await openTarget(target, this.#state);
    if (sink === undefined) return false;
    await sink.write(encodeLossless(text));
    await sink.flush();
    const { failure } = sink;
    const status = await closeOutput(this.#state, sink);
    // How much of it a command reads is the command's affair.
    if (failure !== undefined && sink.isCommand !== true) this.complain(`${target}: ${failure}`);
    else if (status !== 0 && tellsShellStatus(this.#state)) this.complain(`${target}: ${exitText(status)}`);
    else return true;
    return false;
  }

  lastErrorText(): string | undefined {
    const last = this.#state.lastError;
    return last === undefined ? undefined : formatServerMessage(last.error, 'verbose', 'always', last.sql);
  }

  pause(milliseconds: number, until?: Promise<unknown>): Promise<boolean> {
    const { signal } = this;
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(true), Math.min(milliseconds, longestTimer));
      const stop = (): void => settle(false);
      const settle = (isOver: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve(isOver);
      };
      signal.addEventListener('abort', stop);
      void until?.then(stop);
    });
  }

  /** PQsetClientEncoding: its error is not the server's but psql's own. */
  async setClientEncoding(name: string): Promise<boolean> {
    const { session } = this.#state;
    if (session === undefined) return true;
    if (session.pipeline !== undefined) return false;
    let isOk = true;
    for await (const event of session.run({ sql: `set client_encoding to ${quoteLiteral(name)}` })) {
      if (event.type === 'error' || event.type === 'lost') isOk = false;
      else if (event.type === 'notification') this.#state.notifications.push(event);
    }
    const encoding = session.parameters.get('client_encoding');
    if (isOk && encoding !== undefined) this.variables.set('ENCODING', encoding);
    return isOk;
  }
}

import type { WatchRun } from '../commands/control-context.ts';
import type { ChildRequest, Face, OutputEvent, Question, ReviewedStatement } from '../engine/output-event.ts';
import type { OutputSink } from '../engine/output-sink.ts';
import type { PrintOptions } from '../print/print-options.ts';
import { type Column, isRightAligned } from '../result/column.ts';
import { packRows, type RowBatch } from '../result/row-batch.ts';
import type { ServerError } from '../result/server-error.ts';
import type { ServerEvent } from '../result/server-event.ts';
import { visible } from '../text/visible.ts';
import { displayWidth } from '../text/width.ts';
import { widen } from './cell-text.ts';
import { tableLines, textLines } from './document.ts';
import type { FaceHost } from './face-host.ts';
import type { Content, GridColumn, ResultTab, RowsContent, RowsState } from './results.ts';
import { RowsReader } from './rows-reader.ts';
import { tabTitle } from './tab-title.ts';
import { Watcher } from './watcher.ts';

/** Longer texts on standard output open as a document instead of passing by in the messages. */
const longestSaid = 6;

/** Takes the engine's output: rows into stores and tabs, the rest into messages. */
export class WorkbenchFace implements Face {
  readonly isInteractive = true;
  readonly showsProgress = true;
  readonly #host: FaceHost;
  #nextTab = 1;
  #sql = '';
  /** What has the statement run again. */
  #input = '';
  #options: PrintOptions | undefined;
  #reader: RowsReader | undefined;
  #watcher: Watcher | undefined;
  /** The command that runs has sent columns: its tag is not all it has to say. */
  #hasRows = false;
  /** The document that \d's further tables go on with. */
  #document: ResultTab | undefined;
  #copy: { rest: Buffer } | undefined;
  /** Of the run: what the server pointed at, and how often statements began. */
  #error: { readonly error: ServerError; readonly sql: string } | undefined;
  #statements = 0;
  /** On the error screen. */
  #shownError: ServerError | undefined;

  constructor(host: FaceHost) {
    this.#host = host;
  }

  /** The first error of the run that is over, and a clean slate for the next. */
  takeError(): { readonly error: ServerError; readonly sql: string } | undefined {
    const error = this.#error;
    this.#error = undefined;
    this.#statements = 0;
    this.#document = undefined;
    this.#watch(undefined);
    return error;
  }

  emit(event: OutputEvent): Promise<void> | undefined {
    switch (event.type) {
      case 'statement':
        this.#sql = event.sql;
        this.#input = event.input ?? event.sql;
        this.#options = event.options;
        this.#document = undefined;
        this.#statements++;
        this.#watch(event.watch);
        return undefined;
      case 'server':
        return this.#take(event.event);
      case 'statement-end':
        this.#endReading({ type: 'complete', milliseconds: event.milliseconds });
        this.#host.dispatch({ type: 'timed', milliseconds: event.milliseconds });
        return undefined;
      case 'table':
        return this.#showTable(event);
      case 'text':
        this.#showText(event.text, event.sql);
        return undefined;
      case 'message':
        // What the error screen shows whole is not said a second time.
        if (event.error === undefined || event.error !== this.#shownError) this.#say(event.severity, event.text);
        return undefined;
      case 'copy-progress':
        this.#host.dispatch(event);
        return undefined;
      case 'timing':
        this.#say('info', event.text);
        return undefined;
      case 'session':
        this.#host.sessionChanged(event);
        return undefined;
      case 'print-options':
        this.#host.dispatch({ type: 'print-options', print: event.options, nullText: nullTextOf(event.options) });
        return undefined;
    }
  }

  ask(question: Question): Promise<string | undefined> {
    return this.#host.ask(question);
  }

  review(statement: ReviewedStatement): Promise<boolean> {
    return this.#host.review(statement);
  }

  child(request: ChildRequest): Promise<number> {
    return this.#host.child(request);
  }

  openCommand(command: string): OutputSink {
    return this.#host.openCommand(command);
  }

  terminalColumns(): number {
    return this.#host.columns();
  }

  /** Another run of \watch, the first one of one, or what ends it. */
  #watch(run: WatchRun | undefined): void {
    if (this.#watcher !== undefined && run !== undefined && run.run > 1) this.#watcher.begin(run);
    else {
      if (this.#watcher !== undefined) this.#host.dispatch({ type: 'watch-over' });
      this.#watcher = run === undefined ? undefined : new Watcher(this.#host, run);
    }
    if (run !== undefined) this.#host.dispatch({ type: 'watch-run' });
  }

  #take(event: ServerEvent): Promise<void> | undefined {
    switch (event.type) {
      case 'columns':
        this.#endReading({ type: 'complete', milliseconds: undefined });
        this.#openRows(event.columns.map(gridColumn));
        this.#hasRows = true;
        return undefined;
      case 'rows':
        return this.#reader?.take(event.batch);
      case 'copyOut':
        this.#copy = { rest: Buffer.alloc(0) };
        this.#openRows([{ name: 'COPY', align: 'left' }]);
        this.#hasRows = true;
        return undefined;
      case 'copyData':
        return this.#reader?.take(this.#copyRows(event.bytes));
      case 'complete':
        if (this.#hasRows) this.#endReading({ type: 'complete', milliseconds: undefined });
        this.#showTag(event.tag);
        this.#hasRows = false;
        return undefined;
      case 'error':
        this.#hasRows = false;
        this.#fail(event.error);
        return undefined;
      case 'ready':
        this.#host.dispatch({ type: 'transaction', status: event.status, record: this.#host.transaction(), now: this.#host.now() });
        return undefined;
      case 'lost':
        this.#endReading({ type: 'incomplete', reason: 'connection lost' });
        this.#host.dispatch({ type: 'lost', reason: event.reason, record: this.#host.transaction(), now: this.#host.now() });
        return undefined;
      case 'empty':
      case 'parsed':
      case 'closed':
      case 'suspended':
      case 'notice':
      case 'copyIn':
      case 'notification':
      case 'parameter':
        return undefined;
    }
  }

  #fail(error: ServerError): void {
    const isCancel = error.code === '57014';
    // The session ends with it: the rows that came stay in front, the question says the rest.
    const isEnd = error.severityCode === 'FATAL' && this.#reader !== undefined;
    this.#endReading(isCancel ? { type: 'cancelled' } : { type: 'incomplete', reason: `error ${error.code}` });
    // psql goes on after an error: the first one is the cause, what follows is in the messages.
    if (isCancel || isEnd || this.#error !== undefined) return;
    this.#error = { error, sql: this.#sql };
    this.#shownError = error;
    const consequence = this.#statements > 1 ? 'this statement changed nothing' : 'nothing was changed';
    this.#open('error', { type: 'error', error, consequence, sql: this.#sql, top: 0 }, [this.#input]);
  }

  #showTag(tag: string): void {
    if (this.#watcher !== undefined) {
      if (!this.#hasRows) this.#watchTag(tag);
      return;
    }
    // What RETURNING shows is not what was done: psql prints both.
    if (!this.#hasRows || /^(?:INSERT|UPDATE|DELETE|MERGE)\b/.test(tag)) this.#say('info', tag);
  }

  /** Without rows the tag is what there is to watch. */
  #watchTag(tag: string): void {
    this.#openRows([{ name: 'command', align: 'left' }]);
    void this.#reader?.take(packRows(1, [[Buffer.from(tag)]]));
    this.#endReading({ type: 'complete', milliseconds: undefined });
  }

  #openRows(columns: readonly GridColumn[]): void {
    const { content, options } = { content: this.#rows(columns), options: this.#options };
    const chooses = options?.expanded === 'auto';
    if (this.#watcher !== undefined) {
      const open = (watched: RowsContent) => this.#open(tabTitle(this.#sql), watched, [this.#input]);
      this.#reader = this.#watcher.read(content, open, chooses);
      return;
    }
    const tab = this.#open(options?.title ?? tabTitle(this.#sql), content, [this.#input], options?.title !== undefined);
    this.#reader = new RowsReader(this.#host, tab, content, chooses);
  }

  #rows(columns: readonly GridColumn[]): RowsContent {
    return {
      type: 'rows',
      columns,
      store: this.#host.openStore(columns.length),
      rowCount: 0,
      state: { type: 'reading', since: this.#host.now(), rowsPerSecond: 0 },
      widths: columns.map((column) => displayWidth(visible(column.name))),
      cursor: { row: 0, column: 0 },
      top: 0,
      left: 0,
      isExpanded: this.#options?.expanded === 'on',
      nullText: this.#options === undefined ? undefined : nullTextOf(this.#options),
      footers: [],
    };
  }

  #endReading(state: RowsState): void {
    this.#reader?.end(state);
    // The time of a statement comes after its rows were said to be complete.
    if (state.type !== 'complete' || state.milliseconds !== undefined) this.#reader = undefined;
    this.#copy = undefined;
  }

  #copyRows(bytes: Buffer): RowBatch {
    const text = this.#copy === undefined ? bytes : Buffer.concat([this.#copy.rest, bytes]);
    const rows: Buffer[][] = [];
    let from = 0;
    for (let end = text.indexOf(0x0a); end >= 0; end = text.indexOf(0x0a, from)) {
      rows.push([text.subarray(from, end)]);
      from = end + 1;
    }
    this.#copy = { rest: Buffer.from(text.subarray(from)) };
    return packRows(1, rows);
  }

  #showTable({ table, options, sql }: OutputEvent & { readonly type: 'table' }): Promise<void> | undefined {
    if (table.isSection === true) {
      this.#extendDocument(table.title?.split('\n')[0] ?? 'description', tableLines(table), sql);
      return undefined;
    }
    this.#document = undefined;
    this.#options = options;
    const content = this.#rows(table.columns.map(({ name, align }) => ({ name, align: align ?? 'left' })));
    const cells = table.rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell))));
    const batch = packRows(table.columns.length, cells);
    const wait = content.store.append(batch);
    const widths = widen(content.widths, batch, 500);
    const footers = (table.footers ?? []).flatMap((footer) => footer.split('\n'));
    const shown: Content = {
      ...content,
      footers,
      widths,
      rowCount: table.rows.length,
      state: { type: 'complete', milliseconds: undefined },
    };
    this.#open(table.title ?? 'table', shown, sql, table.title !== undefined);
    return wait;
  }

  #showText(text: string, sql: readonly string[]): void {
    if (text.split('\n').length <= longestSaid && this.#document === undefined) this.#say('info', text);
    else this.#extendDocument('text', textLines(text), sql);
  }

  /** Sections that follow each other are one document to scroll through. */
  #extendDocument(title: string, lines: Extract<Content, { type: 'document' }>['lines'], sql: readonly string[]): void {
    const content = this.#document?.content;
    if (this.#document === undefined || content?.type !== 'document') {
      this.#document = this.#open(title, { type: 'document', lines, top: 0, left: 0 }, sql);
      return;
    }
    const joined = { ...content, lines: [...content.lines, { text: '', style: 'plain' } as const, ...lines] };
    this.#document = { ...this.#document, sql: [...(this.#document.sql ?? []), ...sql], content: joined };
    this.#host.dispatch({ type: 'tab-changed', tab: this.#document });
  }

  #open(title: string, content: Content, sql: readonly string[], isTitled = false): ResultTab {
    const tab: ResultTab = { id: this.#nextTab++, title, isTitled, sql, content };
    this.#host.dispatch({ type: 'tab-opened', tab });
    return tab;
  }

  #say(severity: 'error' | 'warning' | 'notice' | 'info', text: string): void {
    if (text.trim() !== '') this.#host.dispatch({ type: 'said', severity, text, now: this.#host.now() });
  }
}

function gridColumn(column: Column): GridColumn {
  return { name: column.name, align: isRightAligned(column.typeOid) ? 'right' : 'left', column };
}

function nullTextOf(options: PrintOptions): string | undefined {
  return options.null === '' ? undefined : options.null;
}

import type { ServerEvent, TransactionStatus } from '../../result/server-event.ts';
import type { ReadOnlyPassage } from '../../sql/guard/read-only-passage.ts';
import type { Untrusted } from '../../text/untrusted.ts';
import type { CancelOutcome, Session, SessionInfo, SessionObserver, StatementRequest } from '../session.ts';
import { ownError, ownNotice } from './own-message.ts';
import { RequestJudge } from './request-judge.ts';
import { isTold, type Stage } from './stage.ts';

/** `closing`: locked again while a transaction that may write is still open. */
export type Access = 'locked' | 'unlocked' | 'closing';

const raiseAround: StatementRequest = { sql: 'BEGIN TRANSACTION READ ONLY; SELECT 1' };
const raiseWithin: StatementRequest = { sql: 'SET TRANSACTION READ ONLY; SELECT 1' };
const lower: StatementRequest = { sql: 'ROLLBACK' };
// Each cancel that arrives late can stop one of them.
const lowerAttempts = 5;

/**
 * A session on which nothing is written: whatever is asked of it runs in a READ ONLY transaction that has taken its snapshot, from where
 * on the server itself lets nobody out of it. Outside a transaction of the user's each statement gets one of its own, which ends with
 * ROLLBACK: EXPLAIN ANALYZE of CREATE TABLE … AS writes through READ ONLY, up to PostgreSQL 18 at least.
 */
export class ReadOnlySession implements Session {
  readonly #inner: Session;
  readonly #judge: RequestJudge;
  #observer: SessionObserver | undefined;
  /** Of the request that the session underneath was given last. */
  #stage: Stage = 'open';
  #access: Access = 'locked';
  /** The wall of one statement stands, outside any transaction of the user's. */
  #isAround = false;
  /** The user's transaction is READ ONLY and has its snapshot. */
  #isWithin = false;
  /** The user's transaction has done what its ROLLBACK takes back. */
  #isUndone = false;
  #isClaimed = false;
  #isSettling = false;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(inner: Session) {
    this.#inner = inner;
    this.#judge = new RequestJudge(inner);
    inner.observe({
      sent: (request) => {
        this.#stage = this.#stageOf(request);
      },
      accepted: (event) => {
        if (isTold(event, this.#stage)) this.#observer?.accepted(event);
        if (event.type === 'ready' && this.#stage === 'lowering') this.#stage = 'open';
      },
    });
  }

  get info(): SessionInfo {
    return this.#inner.info;
  }

  get parameters(): ReadonlyMap<string, Untrusted> {
    return this.#inner.parameters;
  }

  get status(): TransactionStatus | undefined {
    const { status } = this.#inner;
    return this.#isAround && status !== undefined ? 'idle' : status;
  }

  get versionNumber(): number {
    return this.#inner.versionNumber;
  }

  get isBusy(): boolean {
    return this.#isClaimed || this.#isSettling || this.#inner.isBusy;
  }

  get access(): Access {
    if (!this.isBusy) this.#finishClosing();
    return this.#access;
  }

  /** Lets writes through until `lock`. False: not now, as a transaction is open or something runs. */
  unlock(): boolean {
    if (this.isBusy || this.status !== 'idle') return false;
    this.#access = 'unlocked';
    return true;
  }

  /** From the next statement on nothing is written; a transaction that may write can only be ended. */
  lock(): void {
    if (this.#access === 'unlocked') this.#access = 'closing';
  }

  run(request: StatementRequest): AsyncIterable<ServerEvent> {
    if (this.#isClaimed) throw new Error('a request is still running on this session');
    this.#isClaimed = true;
    return { [Symbol.asyncIterator]: () => this.#answer(request) };
  }

  readonly pipeline = undefined;

  /** None: between its statements no wall could be raised. */
  openPipeline(): undefined {
    return undefined;
  }

  copyData(bytes: Buffer): Promise<void> {
    return this.#inner.copyData(bytes);
  }

  copyDone(): void {
    this.#inner.copyDone();
  }

  copyFail(message: string): void {
    this.#inner.copyFail(message);
  }

  cancel(): Promise<CancelOutcome> {
    return this.#inner.cancel();
  }

  onIdleEvent(listener: (event: ServerEvent) => void): () => void {
    return this.#inner.onIdleEvent(listener);
  }

  observe(observer: SessionObserver): void {
    this.#observer = observer;
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async *#answer(request: StatementRequest): AsyncGenerator<ServerEvent, void, undefined> {
    try {
      await this.#settled;
      this.#finishClosing();
      for await (const event of this.#pass(request)) {
        if (event.type === 'ready' || event.type === 'lost') this.#isClaimed = false;
        yield event;
      }
    } finally {
      this.#isClaimed = false;
    }
  }

  async *#pass(given: StatementRequest): AsyncGenerator<ServerEvent, void, undefined> {
    // The server reads no further.
    const request = given.sql.includes('\0') ? { ...given, sql: given.sql.slice(0, given.sql.indexOf('\0')) } : given;
    // A session that is lost says so itself.
    const passage: ReadOnlyPassage = this.#inner.status === undefined ? { type: 'bare' } : this.#passageOf(request);
    switch (passage.type) {
      case 'refused':
        yield { type: 'error', error: ownError(passage.why) };
        yield { type: 'ready', status: this.status ?? 'idle' };
        return;
      case 'bare':
      case 'modes':
        yield* this.#open(request);
        return;
      case 'begin':
        yield* this.#open({ ...(request.isOwn === undefined ? {} : { isOwn: request.isOwn }), sql: passage.sql });
        return;
      case 'end':
        yield* this.#end(passage.sql, passage.isCommit);
        return;
      case 'walled':
        yield* this.#walled(request, passage.isUndone);
        return;
    }
  }

  #passageOf(request: StatementRequest): ReadOnlyPassage {
    if (this.#access === 'unlocked') return { type: 'bare' };
    const passage = this.#judge.passageOf(request);
    if (this.#access === 'locked') return passage;
    // What was begun while writing was allowed is ended as the user says.
    if (passage.type === 'end' || (passage.type === 'modes' && request.isOwn === true)) return { type: 'bare' };
    return { type: 'refused', why: 'This session is read-only again: COMMIT or ROLLBACK the transaction that is still open first.' };
  }

  /** As it is. */
  async *#open(request: StatementRequest): AsyncGenerator<ServerEvent, void, undefined> {
    this.#observer?.sent(request);
    yield* this.#noting(request);
    if (this.status !== 'transaction' && this.status !== 'failed') this.#forgetTransaction();
  }

  /** Tells the events, and keeps what is prepared. */
  async *#noting(request: StatementRequest): AsyncGenerator<ServerEvent, void, undefined> {
    this.#judge.note(request);
    for await (const event of this.#inner.run(request)) if (isTold(event, this.#stage)) yield event;
  }

  async *#end(sql: string, isCommit: boolean): AsyncGenerator<ServerEvent, void, undefined> {
    const isUndone = isCommit && this.#isUndone;
    // AND CHAIN begins a transaction that has no snapshot yet.
    this.#forgetTransaction();
    const request = { sql };
    this.#observer?.sent(request);
    for await (const event of this.#inner.run(request)) {
      if (event.type === 'ready' && isUndone)
        yield {
          type: 'notice',
          notice: ownNotice('This session is read-only: what the transaction set or put into temporary tables is undone.'),
        };
      yield event;
    }
  }

  async *#walled(request: StatementRequest, isUndone: boolean): AsyncGenerator<ServerEvent, void, undefined> {
    this.#observer?.sent(request);
    if (this.#inner.status === 'idle') yield* this.#around(request, isUndone);
    else yield* this.#within(request, isUndone);
  }

  /** In the user's transaction. */
  async *#within(request: StatementRequest, isUndone: boolean): AsyncGenerator<ServerEvent, void, undefined> {
    if (!this.#isWithin && this.#inner.status === 'transaction') {
      let hasFailed = false;
      for await (const event of this.#inner.run(raiseWithin)) {
        if (event.type === 'error') hasFailed = true;
        if (isTold(event, 'raising')) yield event;
      }
      const { status } = this.#inner;
      if (status === undefined) return;
      if (hasFailed) {
        const ready = { type: 'ready', status } as const;
        this.#observer?.accepted(ready);
        yield ready;
        return;
      }
      this.#isWithin = true;
    }
    let hasFailed = false;
    for await (const event of this.#noting(request)) {
      if (event.type === 'error') hasFailed = true;
      if (event.type === 'ready' && !hasFailed) this.#isUndone ||= isUndone;
      yield event;
    }
    if (this.#inner.status === 'idle') this.#forgetTransaction();
  }

  /** In a transaction of its own. */
  async *#around(request: StatementRequest, isUndone: boolean): AsyncGenerator<ServerEvent, void, undefined> {
    this.#isAround = true;
    let isOver = false;
    try {
      let hasFailed = false;
      for await (const event of this.#inner.run(raiseAround)) {
        if (event.type === 'error') hasFailed = true;
        if (isTold(event, 'raising')) yield event;
      }
      if (!hasFailed && this.#inner.status === 'transaction') {
        for await (const event of this.#noting(request)) {
          if (event.type === 'error') hasFailed = true;
          yield event;
        }
      }
      isOver = true;
      if (isUndone && !hasFailed && this.#inner.status !== undefined)
        yield { type: 'notice', notice: ownNotice('This session is read-only: what this statement put into temporary tables is undone.') };
      for (const event of await this.#lower()) yield event;
    } finally {
      if (!isOver) {
        this.#isSettling = true;
        this.#settled = this.#lower().finally(() => {
          this.#isSettling = false;
        });
      }
    }
  }

  /** Ends the transaction around one statement. */
  async #lower(): Promise<readonly ServerEvent[]> {
    const told: ServerEvent[] = [];
    for (let attempt = 0; this.#inner.status !== 'idle' && this.#inner.status !== undefined; attempt++) {
      if (attempt === lowerAttempts) await this.#inner.close();
      for await (const event of this.#inner.run(lower)) if (isTold(event, 'lowering')) told.push(event);
    }
    this.#isAround = false;
    return told;
  }

  #stageOf(request: StatementRequest): Stage {
    if (request === raiseAround || request === raiseWithin) return 'raising';
    if (request === lower) return 'lowering';
    return this.#isAround ? 'inside' : 'open';
  }

  #forgetTransaction(): void {
    this.#isWithin = false;
    this.#isUndone = false;
  }

  #finishClosing(): void {
    if (this.#access === 'closing' && this.#inner.status === 'idle' && !this.#inner.isBusy) this.#access = 'locked';
  }
}

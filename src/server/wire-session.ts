import type { ServerEvent, TransactionStatus } from '../result/server-event.ts';
import type { Untrusted } from '../text/untrusted.ts';
import type { Authenticated } from './authenticate.ts';
import type { WireEvent } from './backend-messages.ts';
import { copyDataHeader, copyDoneMessage, copyFailMessage, syncMessage, terminateMessage } from './frontend-messages.ts';
import { isExtended, requestMessages } from './request-messages.ts';
import type { CancelOutcome, Pipeline, Session, SessionInfo, SessionObserver, StatementRequest } from './session.ts';
import { versionNumber } from './version-number.ts';
import type { Wire } from './wire.ts';
import { WirePipeline } from './wire-pipeline.ts';

// A server that invents parameters without end may not fill the memory.
const maximumParameters = 1000;
// Beyond these the socket waits.
const maximumUntold = 1000;
const closeTimeout = 2000; // ms

type Phase = 'idle' | 'running' | 'draining' | 'lost';

/** A session over a wire that has been authenticated. */
export class WireSession implements Session {
  readonly info: SessionInfo;
  readonly #wire: Wire;
  readonly #parameters: Map<string, Untrusted>;
  readonly #cancel: () => Promise<CancelOutcome>;
  readonly #idleListeners = new Set<(event: ServerEvent) => void>();
  #observer: SessionObserver | undefined;
  #status: TransactionStatus | undefined;
  #phase: Phase = 'idle';
  #lost: ServerEvent | undefined;
  #isExtended = false;
  /** Between `run` and the end of its loop; a request left early may still be draining. */
  #isClaimed = false;
  /** The server waits for the data of a COPY. */
  #isCopying = false;
  #drained: Promise<void> = Promise.resolve();
  /** Cancels on their way: they name no statement, so none is sent that they could hit. */
  readonly #cancels = new Set<Promise<CancelOutcome>>();
  /** Asked for while a request waited for an earlier cancel. */
  #isUnwanted = false;
  /** What came while nothing ran and nobody listened: told at the start of the next answer, as psql does. */
  #untold: ServerEvent[];
  #pipeline: WirePipeline | undefined;

  constructor(wire: Wire, info: SessionInfo, opened: Authenticated, cancel: () => Promise<CancelOutcome>) {
    this.info = info;
    this.#wire = wire;
    this.#parameters = opened.parameters;
    this.#status = opened.status;
    this.#untold = opened.notices.map((notice) => ({ type: 'notice', notice }));
    this.#cancel = cancel;
    wire.onArrival = () => this.#readIdle();
  }

  get parameters(): ReadonlyMap<string, Untrusted> {
    return this.#parameters;
  }

  get status(): TransactionStatus | undefined {
    return this.#status;
  }

  get versionNumber(): number {
    return versionNumber(this.#parameters.get('server_version') ?? '');
  }

  get isBusy(): boolean {
    return this.#isClaimed || this.#isAnswering || this.#pipeline?.isAnswering === true;
  }

  get #isAnswering(): boolean {
    return this.#phase === 'running' || this.#phase === 'draining';
  }

  get pipeline(): Pipeline | undefined {
    return this.#pipeline;
  }

  openPipeline(): Pipeline {
    if (this.isBusy) throw new Error('a request is still running on this session');
    const pipeline = new WirePipeline({
      send: (bytes) => this.#wire.send(bytes),
      next: async () => this.#untold.shift() ?? this.#lost ?? this.#accept(await this.#wire.next()),
      sent: (piped) => this.#observer?.piped?.(piped),
      isCancelling: () => this.#cancels.size > 0,
      cancelled: () => this.#cancelled(),
      closed: () => {
        this.#pipeline = undefined;
        this.#readIdle();
      },
    });
    this.#pipeline = pipeline;
    return pipeline;
  }

  run(request: StatementRequest): AsyncIterable<ServerEvent> {
    if (this.#isClaimed || this.#pipeline !== undefined) throw new Error('a request is still running on this session');
    this.#readIdle();
    this.#isClaimed = true;
    const mayStart = this.#phase !== 'draining' && this.#cancels.size === 0;
    const started = mayStart ? this.#start(request) : this.#startLater(request);
    return { [Symbol.asyncIterator]: () => this.#events(started) };
  }

  async copyData(bytes: Buffer): Promise<void> {
    this.#wire.send(copyDataHeader(bytes.length));
    this.#wire.send(bytes);
    await this.#wire.drained();
  }

  copyDone(): void {
    this.#isCopying = false;
    this.#wire.send(copyDoneMessage());
    this.#syncAfterCopy();
  }

  copyFail(message: string): void {
    this.#isCopying = false;
    this.#wire.send(copyFailMessage(message));
    this.#syncAfterCopy();
  }

  /**
   * The server closes the connection that asked only after it has signalled the process, which forgets a signal that comes between
   * statements: what is sent after that cannot be hit.
   */
  async cancel(): Promise<CancelOutcome> {
    this.#isUnwanted = this.#isClaimed && !this.#isAnswering;
    const asked = this.#cancel();
    this.#cancels.add(asked);
    try {
      return await asked;
    } finally {
      this.#cancels.delete(asked);
    }
  }

  onIdleEvent(listener: (event: ServerEvent) => void): () => void {
    this.#idleListeners.add(listener);
    for (const event of this.#untold.splice(0)) listener(event);
    return () => this.#idleListeners.delete(listener);
  }

  observe(observer: SessionObserver): void {
    this.#observer = observer;
  }

  async close(): Promise<void> {
    const { stream } = this.#wire.transport;
    this.#phase = 'lost';
    this.#status = undefined;
    if (stream.destroyed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => stream.destroy(), closeTimeout);
      stream.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      // As PQfinish: gone once the message is out, without waiting for the server's process to end.
      stream.end(terminateMessage(), () => stream.destroy());
    });
  }

  async #startLater(request: StatementRequest): Promise<void> {
    await this.#drained;
    await this.#cancelled();
    this.#start(request);
    if (this.#isUnwanted && this.#phase === 'running') void this.cancel();
    this.#isUnwanted = false;
  }

  async #cancelled(): Promise<void> {
    while (this.#cancels.size > 0) await Promise.allSettled(this.#cancels);
  }

  #start(request: StatementRequest): void {
    if (this.#phase !== 'idle') return;
    this.#phase = 'running';
    this.#observer?.sent(request);
    this.#isExtended = isExtended(request);
    const messages = requestMessages(request);
    this.#wire.send(Buffer.concat(this.#isExtended ? [...messages, syncMessage()] : messages));
  }

  /** The server skips the Sync that was sent before the copying ended (protocol, section "COPY Operations"). */
  #syncAfterCopy(): void {
    if (this.#isExtended) this.#wire.send(syncMessage());
  }

  async *#events(started: Promise<void> | void): AsyncGenerator<ServerEvent, void, undefined> {
    let isOver = false;
    try {
      await started;
      while (!isOver) {
        const event = this.#untold.shift() ?? this.#lost ?? this.#accept(await this.#wire.next());
        isOver = event.type === 'ready' || event.type === 'lost';
        if (isOver) this.#isClaimed = false;
        yield event;
      }
    } finally {
      if (!isOver) {
        this.#isClaimed = false;
        this.#drain();
      }
      this.#readIdle();
    }
  }

  /** Reads the rest of an answer nobody wants, so that the next request can be sent. */
  #drain(): void {
    if (this.#phase !== 'running') return;
    this.#phase = 'draining';
    this.#drained = (async () => {
      while (this.#phase === 'draining') {
        if (this.#isCopying) this.copyFail('copying was abandoned');
        this.#accept(await this.#wire.next());
      }
      this.#readIdle();
    })();
  }

  /** Whether what comes now is for nobody who waits for an answer. */
  get #isIdle(): boolean {
    if (this.#phase !== 'idle') return false;
    if (this.#pipeline === undefined || this.#pipeline.unanswered.length === 0) return true;
    // Answers stay until they are asked for. But who looks on is told of a loss at once: nobody will ask then.
    return !this.#pipeline.isAnswering && this.#wire.isLost && this.#idleListeners.size > 0;
  }

  #readIdle(): void {
    while (this.#isIdle && this.#untold.length < maximumUntold) {
      const event = this.#wire.take();
      if (event === undefined) return;
      const accepted = this.#accept(event);
      if (this.#idleListeners.size === 0) this.#untold.push(accepted);
      else for (const listener of this.#idleListeners) listener(accepted);
    }
  }

  #accept(event: WireEvent): ServerEvent {
    const accepted = this.#judge(event);
    this.#observer?.accepted(accepted);
    return accepted;
  }

  /** Keeps what an event says about the session; turns what may not come now into `lost`. */
  #judge(event: WireEvent): ServerEvent {
    switch (event.type) {
      case 'notice':
      case 'notification':
      case 'error':
        return event;
      case 'parameter':
        if (this.#parameters.size >= maximumParameters && !this.#parameters.has(event.name)) return this.#protocolError('parameter');
        this.#parameters.set(event.name, event.value);
        return event;
      case 'ready':
        if (!this.#isAwaited) return this.#protocolError(event.type);
        this.#status = event.status;
        this.#phase = 'idle';
        return event;
      case 'lost':
        this.#lost = event;
        this.#status = undefined;
        this.#phase = 'lost';
        return event;
      case 'authentication':
      case 'backendKey':
        return this.#protocolError(event.type);
      case 'copyIn':
      case 'copyOut':
        if (!this.#isAwaited) return this.#protocolError(event.type);
        // The server skips a Sync that comes amid the data (protocol, section "COPY Operations"): from here on the two would disagree.
        if (this.#pipeline !== undefined)
          return this.#giveUp('COPY in a pipeline is not supported, aborting connection', 'copy-in-pipeline');
        if (event.type === 'copyIn') this.#isCopying = true;
        return event;
      default:
        return this.#isAwaited ? event : this.#protocolError(event.type);
    }
  }

  /** The server has something to answer. */
  get #isAwaited(): boolean {
    return this.#isAnswering || (this.#pipeline?.unanswered.length ?? 0) > 0;
  }

  #protocolError(what: string): ServerEvent {
    return this.#giveUp(`protocol error: unexpected ${what} message from server`);
  }

  #giveUp(reason: string, givenUp?: 'copy-in-pipeline'): ServerEvent {
    this.#wire.transport.stream.destroy();
    return this.#judge({ type: 'lost', reason: reason as Untrusted, ...(givenUp === undefined ? {} : { givenUp }) });
  }
}

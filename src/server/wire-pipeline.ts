import type { ServerEvent } from '../result/server-event.ts';
import { flushMessage, syncMessage } from './frontend-messages.ts';
import { requestMessages } from './request-messages.ts';
import type { Piped, Pipeline, StatementRequest } from './session.ts';

// What libpq collects before it sends (OUTBUFFER_THRESHOLD), in bytes.
const collectedLimit = 65_536;

/** What a pipeline needs of its session. */
export interface PipelineHost {
  send(bytes: Buffer): void;
  /** The next event, with all its consequences for the session. */
  next(): Promise<ServerEvent>;
  /** It is on its way to the server. */
  sent(piped: Piped): void;
  /** Cancels are on their way: they name no statement, so none is sent that they could hit. */
  isCancelling(): boolean;
  cancelled(): Promise<void>;
  closed(): void;
}

/** A pipeline over the wire of a session. */
export class WirePipeline implements Pipeline {
  readonly #host: PipelineHost;
  #unanswered: Piped[] = [];
  #collected: Buffer[] = [];
  #collectedBytes = 0;
  /** What `#collected` holds. */
  #unsent: Piped[] = [];
  #isAborted = false;
  #isAnswering = false;

  constructor(host: PipelineHost) {
    this.#host = host;
  }

  get unanswered(): readonly Piped[] {
    return this.#unanswered;
  }

  get isAborted(): boolean {
    return this.#isAborted;
  }

  /** Between `answer` and its end. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  append(request: StatementRequest): void {
    this.#add({ type: 'request', request }, requestMessages({ parameters: [], ...request }));
  }

  sync(): void {
    this.#add({ type: 'sync' }, [syncMessage()]);
  }

  requestFlush(): void {
    this.#collect([flushMessage()]);
  }

  flush(): void {
    if (this.#collected.length === 0 || this.#host.isCancelling()) return;
    const bytes = Buffer.concat(this.#collected);
    for (const piped of this.#unsent.splice(0)) this.#host.sent(piped);
    this.#collected = [];
    this.#collectedBytes = 0;
    this.#host.send(bytes);
  }

  async *answer(): AsyncGenerator<ServerEvent, void, undefined> {
    const [head] = this.#unanswered;
    if (head === undefined) return;
    if (this.#isAborted && head.type === 'request') {
      this.#unanswered.shift();
      return;
    }
    this.#isAnswering = true;
    if (this.#host.isCancelling()) await this.#host.cancelled();
    this.flush();
    let isOver = false;
    while (!isOver) {
      const event = await this.#host.next();
      isOver = this.#ends(head, event);
      if (isOver) this.#isAnswering = false;
      yield event;
    }
  }

  close(): void {
    if (this.#unanswered.length > 0) throw new Error('a pipeline with unanswered requests was closed');
    // A request to flush may be left.
    this.flush();
    this.#host.closed();
  }

  #ends(head: Piped, event: ServerEvent): boolean {
    if (event.type === 'lost') return true;
    if (event.type === 'error') {
      this.#isAborted = true;
      // After a fatal one the connection ends; a Sync is answered after an error of the commit that it stands for.
      if (head.type === 'sync' || /^(?:FATAL|PANIC)$/.test(event.error.severityCode)) return false;
    } else if (!isLast(head, event)) return false;
    if (head.type === 'sync') this.#isAborted = false;
    this.#unanswered.shift();
    return true;
  }

  #add(piped: Piped, messages: readonly Buffer[]): void {
    this.#unanswered.push(piped);
    this.#unsent.push(piped);
    this.#collect(messages);
  }

  #collect(messages: readonly Buffer[]): void {
    this.#collected.push(...messages);
    this.#collectedBytes += messages.reduce((sum, message) => sum + message.length, 0);
    if (this.#collectedBytes >= collectedLimit) this.flush();
  }
}

function isLast(head: Piped, { type }: ServerEvent): boolean {
  if (head.type === 'sync') return type === 'ready';
  if (head.request.prepare !== undefined) return type === 'parsed';
  if (head.request.close !== undefined) return type === 'closed';
  return type === 'complete' || type === 'empty' || type === 'suspended';
}

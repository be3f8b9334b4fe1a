import type { ServerEvent } from '../../result/server-event.ts';
import type { Session, StatementRequest } from '../../server/session.ts';
import { advance, newRecord, type TransactionFact, type TransactionRecord } from './record.ts';

/** Keeps the record of one session by what is sent on it and what it answers. */
export class TransactionRecorder {
  #record: TransactionRecord;
  readonly #session: Session;
  #forget: (() => void) | undefined;
  #sentAt = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#record = newRecord(session.status, session.parameters);
  }

  get record(): TransactionRecord {
    return this.#record;
  }

  /** Tells what the session does not: the answers of SHOW. */
  tell(fact: Extract<TransactionFact, { type: 'shown' }>): void {
    this.#record = advance(this.#record, fact);
  }

  /** As the session's own `run`, noted. `isOwn`: the program's own statement, not listed unless it fails. */
  run(request: StatementRequest, isOwn: boolean): AsyncIterable<ServerEvent> {
    // Not before: what came since the session opened is for the first listener, who shows it.
    this.#forget ??= this.#session.onIdleEvent((event) => this.#take(event));
    this.#sentAt = performance.now();
    const isDescribed = request.describeOnly === true;
    this.#record = advance(this.#record, { type: 'sent', sql: request.sql, at: Date.now(), isOwn, isDescribed });
    const events = this.#session.run(request)[Symbol.asyncIterator]();
    const take = (next: IteratorResult<ServerEvent>): IteratorResult<ServerEvent> => {
      if (next.done !== true) this.#take(next.value);
      return next;
    };
    const taken: AsyncIterator<ServerEvent> = {
      next: () => events.next().then(take),
      return: () => events.return?.() ?? Promise.resolve({ done: true, value: undefined }),
    };
    return { [Symbol.asyncIterator]: () => taken };
  }

  /** The session is replaced: nothing more is noted. */
  close(): void {
    this.#forget?.();
  }

  #take(event: ServerEvent): void {
    const fact = this.#factOf(event);
    if (fact !== undefined) this.#record = advance(this.#record, fact);
  }

  #factOf(event: ServerEvent): TransactionFact | undefined {
    switch (event.type) {
      case 'complete':
        return { type: 'complete', tag: event.tag, milliseconds: this.#elapsed };
      case 'error': {
        const { code, message } = event.error;
        return { type: 'error', error: { code, message }, milliseconds: this.#elapsed };
      }
      case 'ready':
        return { type: 'ready', status: event.status, at: Date.now() };
      case 'lost':
        return { type: 'lost', reason: event.reason, at: Date.now() };
      case 'parameter':
        return { type: 'parameter', name: event.name, value: event.value };
      case 'columns':
      case 'rows':
      case 'empty':
      case 'suspended':
      case 'notice':
      case 'copyIn':
      case 'copyOut':
      case 'copyData':
      case 'notification':
        return undefined;
    }
  }

  get #elapsed(): number {
    return performance.now() - this.#sentAt;
  }
}

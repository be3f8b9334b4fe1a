import type { ServerEvent, TransactionStatus } from '../../result/server-event.ts';
import type { Piped, Session, StatementRequest } from '../../server/session.ts';
import { shownText } from '../request-of.ts';
import type { PipedRequest } from './exchange.ts';
import { advance, newRecord, type TransactionFact, type TransactionRecord } from './record.ts';

const setsTimeout = /idle_in_transaction_session_timeout|\b(?:re)?set\s+all\b|\bdiscard\s+all\b/i;

/** Keeps the record of one session by what is sent on it and what it answers. */
export class TransactionRecorder {
  #record: TransactionRecord;
  #sentAt = 0;
  #lastSql = '';
  #isTimeoutInDoubt = false;
  /** Set while the program asks for itself: what ReadyForQuery said last. */
  #apart: { status: TransactionStatus | undefined } | undefined;

  constructor(session: Session) {
    this.#record = newRecord(session.status, session.parameters);
    session.observe({
      sent: (request) => this.#sent(request),
      piped: (piped) => this.#piped(piped),
      accepted: (event) => this.#accepted(event),
    });
  }

  /**
   * Keeps out of the record what the program does on the session in `work`, its transaction control included, as that leaves nothing
   * behind. Should the session be in another state afterwards, the record is told so and doubts itself.
   */
  async apart<Result>(work: () => Promise<Result>): Promise<Result> {
    const apart: { status: TransactionStatus | undefined } = { status: undefined };
    this.#apart = apart;
    try {
      return await work();
    } finally {
      this.#apart = undefined;
      if (apart.status !== undefined) this.#record = advance(this.#record, { type: 'ready', status: apart.status, at: Date.now() });
    }
  }

  get record(): TransactionRecord {
    return this.#record;
  }

  /** The string that was sent last, whoever's it was. */
  get lastSql(): string {
    return this.#lastSql;
  }

  /** Something was sent that may have changed the session's idle timeout: only the session itself knows it now. */
  get isTimeoutInDoubt(): boolean {
    return this.#isTimeoutInDoubt;
  }

  /** The session itself has told it. */
  trustTimeout(): void {
    this.#isTimeoutInDoubt = false;
  }

  /** Tells what nobody but the one who asked can: the answers of SHOW, and what another connection sees. */
  tell(fact: Extract<TransactionFact, { type: 'shown' | 'noted' }>): void {
    this.#record = advance(this.#record, fact);
  }

  #sent(request: StatementRequest): void {
    this.#note(request);
    if (this.#apart !== undefined) return;
    this.#sentAt = performance.now();
    const { isOwn = false } = request;
    this.#record = advance(this.#record, { type: 'sent', ...asked(request), at: Date.now(), isOwn });
  }

  #note({ sql, isOwn }: StatementRequest): void {
    this.#lastSql = sql;
    if (isOwn !== true && setsTimeout.test(sql)) this.#isTimeoutInDoubt = true;
  }

  #piped(piped: Piped): void {
    this.#sentAt = performance.now();
    if (piped.type === 'request') this.#note(piped.request);
    const piece = piped.type === 'sync' ? 'sync' : asked(piped.request);
    this.#record = advance(this.#record, { type: 'piped', piece, at: Date.now() });
  }

  #accepted(event: ServerEvent): void {
    if (this.#apart !== undefined && event.type === 'ready') this.#apart.status = event.status;
    if (this.#apart !== undefined && event.type !== 'lost' && event.type !== 'parameter') return;
    const fact = this.#factOf(event);
    if (fact !== undefined) this.#record = advance(this.#record, fact);
  }

  #factOf(event: ServerEvent): TransactionFact | undefined {
    switch (event.type) {
      case 'parsed':
      case 'closed':
        return { type: 'done', isExecuted: false, milliseconds: this.#elapsed };
      case 'empty':
        return { type: 'done', isExecuted: true, milliseconds: this.#elapsed };
      case 'complete':
        return { type: 'complete', tag: event.tag, milliseconds: this.#elapsed };
      case 'error': {
        const { code, message, severityCode } = event.error;
        const fatal = /^(?:FATAL|PANIC)$/.test(severityCode) ? { isFatal: true as const } : {};
        return { type: 'error', error: { code, message, ...fatal }, milliseconds: this.#elapsed };
      }
      case 'ready':
        return { type: 'ready', status: event.status, at: Date.now() };
      case 'lost':
        return { type: 'lost', reason: event.reason, at: Date.now() };
      case 'parameter':
        return { type: 'parameter', name: event.name, value: event.value };
      case 'columns':
      case 'rows':
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

/** What is asked for, in words that do the same again; not, where it has parameters. */
function asked(request: StatementRequest): PipedRequest {
  const { describeOnly, prepare, close, parameters = [], prepared } = request;
  if (close !== undefined) return { sql: `\\close_prepared ${close}`, isExecuted: false, hasParameters: false };
  const hasParameters = prepared !== undefined || parameters.length > 0;
  return { sql: shownText(request), isExecuted: describeOnly !== true && prepare === undefined, hasParameters };
}

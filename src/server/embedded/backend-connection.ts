import type { PGlite } from '@electric-sql/pglite';
import { type Backend, backendOf, isServerError } from './backend.ts';
import { fatalError, isTerminate, queryMessage, startupSettings, syncMessage } from './wire-messages.ts';
import { beginRequest, endRequest, receive, send, tell } from './worker-channel.ts';

/** The order to close came where the backend waited for the rest of a request. */
export const interrupted = Symbol('closed in the middle of a request');

/** A PostgreSQL backend whose socket is two callbacks, so that its client gets a full-duplex server with back-pressure. */
export class BackendConnection {
  readonly #engine: PGlite;
  readonly #backend: Backend;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Where answers go while the engine talks to itself. */
  #listener: ((bytes: Uint8Array) => void) | undefined;

  constructor(engine: PGlite) {
    this.#engine = engine;
    this.#backend = backendOf(engine);
    const read = this.#backend.addFunction((pointer, limit) => this.#read(pointer, limit), 'ipi');
    const write = this.#backend.addFunction((pointer, length) => this.#write(pointer, length), 'ipi');
    this.#backend._pgl_set_rw_cbs(read, write);
  }

  #read(pointer: number, limit: number): number {
    if (this.#at >= this.#chunk.length) {
      const next = receive();
      if (!(next instanceof Uint8Array)) throw interrupted;
      this.#chunk = next;
      this.#at = 0;
    }
    const length = Math.min(limit, this.#chunk.length - this.#at);
    this.#backend.HEAPU8.set(this.#chunk.subarray(this.#at, this.#at + length), pointer);
    this.#at += length;
    return length;
  }

  #write(pointer: number, length: number): number {
    const bytes = this.#backend.HEAPU8.subarray(pointer, pointer + length);
    if (this.#listener !== undefined) this.#listener(bytes);
    else send(bytes);
    return length;
  }

  /** Works until all of the request is answered. Any exception but a server error is a crash and is thrown. */
  #work(request: Uint8Array): void {
    const backend = this.#backend;
    this.#chunk = request;
    this.#at = 0;
    while (this.#at < this.#chunk.length || backend._pq_buffer_remaining_data() > 0) {
      const stack = backend.stackSave();
      try {
        backend._PostgresMainLoopOnce();
      } catch (thrown) {
        if (!isServerError(thrown)) throw thrown;
        backend.stackRestore(stack);
        backend._PostgresMainLongJmp();
      }
    }
  }

  #flush(): void {
    this.#backend._PostgresSendReadyForQueryIfNecessary();
    this.#backend._pgl_pq_flush();
  }

  #serveRequest(request: Uint8Array): void {
    beginRequest();
    this.#work(request);
    this.#endRequest();
    this.#flush();
  }

  /** A cancel that came too late for this request must not end the next: a server forgets it between commands, this loop does not. */
  #endRequest(): void {
    endRequest();
    const { HEAPU8, _QueryCancelPending } = this.#backend;
    if (_QueryCancelPending !== undefined) HEAPU8[_QueryCancelPending] = 0;
  }

  /** Runs one string of SQL by itself; the listener gets the bytes of the answer, lent for the call. */
  ask(sql: string, listener: (bytes: Uint8Array) => void): void {
    this.#listener = listener;
    this.#work(queryMessage(sql));
    this.#flush();
    this.#listener = undefined;
  }

  /** Ends whatever the client left: a request without its Sync, a transaction, settings, a cancel that came too late. */
  settle(): void {
    this.#listener = () => undefined;
    this.#work(syncMessage());
    for (const sql of ['rollback', 'rollback', 'discard all']) this.#work(queryMessage(sql));
    this.#flush();
    this.#listener = undefined;
  }

  /** Cancels what `ask` runs, from its listener. */
  interruptSelf(): void {
    const { HEAPU8, _InterruptPending, _QueryCancelPending } = this.#backend;
    if (_InterruptPending === undefined || _QueryCancelPending === undefined) return;
    HEAPU8[_QueryCancelPending] = 1;
    HEAPU8[_InterruptPending] = 1;
  }

  #answerTo(sql: string): Buffer {
    const answer: Uint8Array[] = [];
    this.ask(sql, (bytes) => answer.push(Uint8Array.from(bytes)));
    return Buffer.concat(answer);
  }

  /** Sleeps, to be interrupted by the main thread; where that fails the sleep just ends. */
  #selfTest(): boolean {
    beginRequest();
    const answer = this.#answerTo('select pg_catalog.pg_sleep(0.5)');
    this.#endRequest();
    return answer.includes('C57014\0');
  }

  /** The backend was started without the client's settings: they are set one by one before it hears of any. */
  #start(packet: Uint8Array): boolean {
    const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
    for (const [name, value] of startupSettings(packet)) {
      const answer = this.#answerTo(`select pg_catalog.set_config(${quote(name)}, ${quote(value)}, false)`).toString('utf8');
      const error = /SERROR\0.*?\0C(\w{5})\0M([^\0]*)\0/s.exec(answer);
      if (error === null) continue;
      send(fatalError(error[1] ?? '', error[2] ?? ''));
      return false;
    }
    this.#chunk = packet;
    this.#at = 0;
    this.#backend._ProcessStartupPacket(this.#backend._pgl_getMyProcPort(), 1, 1);
    this.#backend._pgl_sendConnData();
    this.#backend._pgl_pq_flush();
    return true;
  }

  /** Serves until the client leaves or is not let in. */
  serve(): void {
    for (;;) {
      const order = receive();
      if (order === 'close') return;
      if (order === 'self-test') {
        tell({ type: 'self-tested', passed: this.#selfTest() });
        continue;
      }
      if (isTerminate(order)) return;
      // Only a StartupMessage begins with a zero: the high byte of its length.
      if (order[0] === 0) {
        if (!this.#start(order)) return;
        continue;
      }
      this.#serveRequest(order);
    }
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}

import type { WireEvent } from './backend-messages.ts';
import { connectReasons } from './connect-messages.ts';
import type { Transport } from './transport.ts';
import { WireReader } from './wire-reader.ts';

// How far the server is read ahead of the consumer, and where reading goes on (bytes).
const highWater = 256 * 1024;
const lowWater = 64 * 1024;

/** A stream and the reader of what comes out of it, with back-pressure: events wait here, and the socket waits for them. */
export class Wire {
  readonly transport: Transport;
  readonly #reader = new WireReader();
  #isPaused = false;
  #isHeld = false;
  /** Until the socket takes more: a server that is itself waiting to be read would never take it. */
  #isBlocked = false;
  #isLost = false;
  #wake: (() => void) | undefined;
  /** Called when something arrives and nobody waits for it. */
  onArrival: (() => void) | undefined;

  constructor(transport: Transport) {
    this.transport = transport;
    transport.listen({
      data: (bytes) => {
        this.#reader.push(bytes);
        this.#arrived();
      },
      closed: (error) => this.lose(closeReason(error)),
    });
  }

  /** The stream is closed; what came before may still wait here. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** The next event that is here, if any. It takes back what the last one lent. */
  take(): WireEvent | undefined {
    const event = this.#reader.take();
    if (event?.type === 'lost') this.transport.stream.destroy();
    if (this.#reader.queuedBytes <= lowWater) this.#resume();
    return event;
  }

  /** The next event, waited for. */
  async next(): Promise<WireEvent> {
    for (;;) {
      const event = this.take();
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  send(bytes: Buffer): void {
    const { stream } = this.transport;
    if (stream.writable) stream.write(bytes);
  }

  /** Resolves when the socket takes more, or is gone. */
  async drained(): Promise<void> {
    const { stream } = this.transport;
    if (!stream.writableNeedDrain || stream.destroyed) return;
    this.#isBlocked = true;
    this.#resume();
    await new Promise<void>((resolve) => {
      const done = () => {
        stream.off('drain', done).off('close', done);
        resolve();
      };
      stream.on('drain', done).on('close', done);
    });
    this.#isBlocked = false;
  }

  lose(reason: string): void {
    this.#isLost = true;
    this.#reader.lose(reason);
    this.#arrived();
  }

  /** Leaves what comes unread until the returned function is called, or for so many milliseconds. */
  hold(limit: number): () => void {
    this.#isHeld = true;
    this.#isPaused = true;
    this.transport.stream.pause();
    const goOn = () => {
      clearTimeout(timer);
      this.#isHeld = false;
      if (this.#reader.queuedBytes <= lowWater) this.#resume();
    };
    const timer = setTimeout(goOn, limit);
    return goOn;
  }

  #resume(): void {
    if (!this.#isPaused || this.#isHeld) return;
    this.#isPaused = false;
    this.transport.stream.resume();
  }

  #arrived(): void {
    if (!this.#isPaused && !this.#isBlocked && this.#reader.queuedBytes > highWater) {
      this.#isPaused = true;
      this.transport.stream.pause();
    }
    if (!this.#reader.hasEvents) return;
    const wake = this.#wake;
    this.#wake = undefined;
    if (wake !== undefined) wake();
    else this.onArrival?.();
  }
}

/** As libpq's pqsecure_raw_read words it. */
function closeReason(error: NodeJS.ErrnoException | undefined): string {
  if (error === undefined || error.code === 'ECONNRESET' || error.code === 'EPIPE') return connectReasons.closed;
  return `could not receive data from server: ${error.message}`;
}

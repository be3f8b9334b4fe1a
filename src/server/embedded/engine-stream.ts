import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { inboundWindow, ringSize, slot, type ToEngine } from './engine-channel.ts';

export interface StreamOwner {
  /** The client has sent its last byte. */
  onEnd(): void;
  /** The client is gone. Resolves when the engine is. */
  onLeave(): Promise<void>;
}

/**
 * The client's end of the engine: a stream that speaks the PostgreSQL protocol, as a socket to a server would. `destroy` and
 * `end` resolve only after the owner's `onLeave`, so whoever waits for 'close' knows that the data folder is free again.
 */
export class EngineStream extends Duplex {
  readonly #port: MessagePort;
  readonly #control: Int32Array;
  readonly #ring: Uint8Array;
  readonly #owner: StreamOwner;
  #isPaused = false;
  #isEnding = false;
  #waitingWriter: (() => void) | undefined;

  constructor(port: MessagePort, control: Int32Array, ring: Uint8Array, owner: StreamOwner) {
    super({ readableHighWaterMark: ringSize, writableHighWaterMark: inboundWindow });
    this.#port = port;
    this.#control = control;
    this.#ring = ring;
    this.#owner = owner;
  }

  /** Posts an order and wakes the worker. */
  post(order: ToEngine): void {
    if (order instanceof Uint8Array) this.#port.postMessage(order, [order.buffer as ArrayBuffer]);
    else this.#port.postMessage(order);
    Atomics.add(this.#control, slot.inboundCount, 1);
    Atomics.notify(this.#control, slot.inboundCount);
  }

  /** The ring has bytes: passes them on while the reader wants more. */
  drain(): void {
    Atomics.store(this.#control, slot.isWoken, 0);
    while (!this.#isPaused) {
      const taken = Atomics.load(this.#control, slot.taken);
      const available = (Atomics.load(this.#control, slot.written) - taken) | 0;
      if (available === 0) {
        if (this.#isEnding) this.push(null);
        return;
      }
      const start = taken & (ringSize - 1);
      const length = Math.min(available, ringSize - start);
      // Buffer.from would copy a view of shared memory through a slow path.
      const chunk = Buffer.allocUnsafeSlow(length);
      chunk.set(this.#ring.subarray(start, start + length));
      Atomics.store(this.#control, slot.taken, (taken + length) | 0);
      Atomics.notify(this.#control, slot.taken);
      this.#isPaused = !this.push(chunk);
    }
  }

  /** The backend has read what was waiting. */
  resumeWriting(): void {
    const writer = this.#waitingWriter;
    this.#waitingWriter = undefined;
    writer?.();
  }

  /** No more will come: what is in the ring is delivered, then `last`, then the end. */
  finish(last?: Buffer): void {
    if (this.#isEnding || this.destroyed) return;
    this.#isEnding = true;
    if (last !== undefined) this.#append(last);
    this.resumeWriting();
    this.drain();
  }

  /** Only after the worker is gone: the main thread is the ring's only user then. */
  #append(bytes: Buffer): void {
    const written = Atomics.load(this.#control, slot.written);
    const free = ringSize - ((written - Atomics.load(this.#control, slot.taken)) | 0);
    if (free < bytes.length) return;
    bytes.forEach((byte, index) => {
      this.#ring[(written + index) & (ringSize - 1)] = byte;
    });
    Atomics.store(this.#control, slot.written, (written + bytes.length) | 0);
  }

  override _read(): void {
    this.#isPaused = false;
    this.drain();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#isEnding) {
      done();
      return;
    }
    const copy = Uint8Array.from(chunk);
    const waiting = Atomics.add(this.#control, slot.inboundBytes, copy.length) + copy.length;
    this.post(copy);
    if (waiting <= inboundWindow) {
      done();
      return;
    }
    this.#waitingWriter = done;
    Atomics.store(this.#control, slot.isWriterWaiting, 1);
    // The worker may have read everything between the count and the flag.
    if (Atomics.load(this.#control, slot.inboundBytes) <= inboundWindow && Atomics.exchange(this.#control, slot.isWriterWaiting, 0) === 1) {
      this.resumeWriting();
    }
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#owner.onEnd();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#owner.onLeave().then(
      () => done(error),
      () => done(error),
    );
  }

  // What is asked of a socket.
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { activity, type EngineWorkerData, type FromEngine, inboundWindow, ringSize, slot, type ToEngine } from './engine-channel.ts';

/** The worker's end of the channel: reading blocks the thread until there is something, writing while the ring is full. */

export const data = workerData as EngineWorkerData;
const control = new Int32Array(data.control);
const ring = new Uint8Array(data.ring);

export function tell(message: FromEngine): void {
  data.port.postMessage(message);
}

/** A request of the client is being worked on, which an interrupt may end. */
export function beginRequest(): void {
  Atomics.store(control, slot.activity, activity.busy);
}

/** From here on no interrupt comes; one that is being set now is complete when this returns. */
export function endRequest(): void {
  while (Atomics.compareExchange(control, slot.activity, activity.busy, activity.idle) === activity.interrupting) {
    Atomics.wait(control, slot.activity, activity.interrupting);
  }
}

/** The next order, waited for as long as it takes. */
export function receive(): ToEngine {
  for (;;) {
    const seen = Atomics.load(control, slot.inboundCount);
    const received = receiveMessageOnPort(data.port) as { message: ToEngine } | undefined;
    if (received !== undefined) {
      if (received.message instanceof Uint8Array) noteRead(received.message.length);
      return received.message;
    }
    Atomics.wait(control, slot.inboundCount, seen);
  }
}

function noteRead(length: number): void {
  const left = Atomics.sub(control, slot.inboundBytes, length) - length;
  if (left <= inboundWindow && Atomics.exchange(control, slot.isWriterWaiting, 0) === 1) tell({ type: 'drained' });
}

/** Puts bytes into the ring, sleeping while it is full. */
export function send(bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) {
    const taken = Atomics.load(control, slot.taken);
    const written = Atomics.load(control, slot.written);
    const free = ringSize - ((written - taken) | 0);
    if (free === 0) {
      Atomics.wait(control, slot.taken, taken);
      continue;
    }
    const start = written & (ringSize - 1);
    const length = Math.min(free, bytes.length - at, ringSize - start);
    ring.set(bytes.subarray(at, at + length), start);
    at += length;
    Atomics.store(control, slot.written, (written + length) | 0);
    if (Atomics.exchange(control, slot.isWoken, 1) === 0) tell({ type: 'data' });
  }
}

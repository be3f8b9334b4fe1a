import { activity, type InterruptAddresses, slot } from './engine-channel.ts';

/**
 * What a real server's SIGINT handler does (StatementCancelHandler): two flags, and the latch set so that a wait ends. The
 * backend looks at the flags at its next CHECK_FOR_INTERRUPTS.
 */
function interruptBackend(addresses: InterruptAddresses): void {
  const bytes = new Uint8Array(addresses.memory);
  Atomics.store(bytes, addresses.queryCancelPending, 1);
  Atomics.store(bytes, addresses.interruptPending, 1);
  const words = new Int32Array(addresses.memory);
  const latch = Atomics.load(words, addresses.latchPointer >> 2);
  if (latch !== 0) Atomics.store(words, latch >> 2, 1);
}

/** Interrupts the request that is worked on; false: none is, and the next one must not be hit. */
export function interruptRequest(control: Int32Array, addresses: InterruptAddresses): boolean {
  if (Atomics.compareExchange(control, slot.activity, activity.busy, activity.interrupting) !== activity.busy) return false;
  interruptBackend(addresses);
  Atomics.store(control, slot.activity, activity.busy);
  Atomics.notify(control, slot.activity);
  return true;
}

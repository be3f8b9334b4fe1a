import type { MessagePort } from 'node:worker_threads';
import type { SeedFacts } from './seed.ts';

/** What both threads of the embedded engine agree on. */

/** Bytes of answer the backend may be ahead of its reader: the ring's size, a power of two. */
export const ringSize = 256 * 1024;

/** Bytes of requests that may wait for the backend before the writer is told to wait. */
export const inboundWindow = 256 * 1024;

/** Slots of the control array (Int32, shared). Counters wrap around; only their differences mean something. */
export const slot = {
  /** Counts messages to the worker; the worker sleeps on it. */
  inboundCount: 0,
  /** Bytes ever put into the ring, by the worker. */
  written: 1,
  /** Bytes ever taken out of the ring, by the main thread; a full ring makes the worker sleep on it. */
  taken: 2,
  /** 1: the main thread has a wake-up message on its way. */
  isWoken: 3,
  /** Bytes of requests posted and not yet read by the backend. */
  inboundBytes: 4,
  /** 1: the main thread waits for inboundBytes to fall. */
  isWriterWaiting: 5,
  /** Whether a request is being worked on, so that an interrupt has something to interrupt. */
  activity: 6,
} as const;

/** While the main thread sets the flags of an interrupt, the worker does not end the request. */
export const activity = { idle: 0, busy: 1, interrupting: 2 } as const;

export const slotCount = 8;

export interface EngineWorkerData {
  readonly port: MessagePort;
  readonly control: SharedArrayBuffer;
  readonly ring: SharedArrayBuffer;
  /** The PostgreSQL data directory; undefined: in memory. */
  readonly dataDirectory: string | undefined;
  /** A tar of a data directory, for a database in memory. */
  readonly archive: Uint8Array | undefined;
  readonly database: string;
  readonly wantsSharedMemory: boolean;
  /** PGlite, compiled (engine-module.ts). */
  readonly module: object;
  readonly ownTables: OwnTablesOrder | undefined;
}

/** To keep an export of the user's own tables: written at the end of a session that changed something. */
export interface OwnTablesOrder {
  readonly path: string;
  readonly facts: SeedFacts;
  /** The session before was killed, so its changes are written at the start. */
  readonly isOverdue: boolean;
  /** Milliseconds in which rows are written: nobody waits longer to quit. Small tables come first. */
  readonly timeForRows: number;
}

/** Main thread to worker: bytes of the protocol, or an order. */
export type ToEngine = Uint8Array | 'self-test' | 'close';

/** Where the interrupt flags live in the shared memory: byte addresses. */
export interface InterruptAddresses {
  readonly memory: SharedArrayBuffer;
  readonly interruptPending: number;
  readonly queryCancelPending: number;
  /** Of the variable that points at this process's latch. */
  readonly latchPointer: number;
}

/** Worker to main thread. */
export type FromEngine =
  | { readonly type: 'ready'; readonly interrupt: InterruptAddresses | undefined; readonly version: string }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'self-tested'; readonly passed: boolean }
  /** The ring has bytes. */
  | { readonly type: 'data' }
  /** inboundBytes has fallen. */
  | { readonly type: 'drained' }
  | { readonly type: 'crashed'; readonly reason: string }
  /** Shut down; `isExported`: the export of the user's own tables is that of the data directory. */
  | { readonly type: 'closed'; readonly isExported: boolean };

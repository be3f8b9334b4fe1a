import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CancelOutcome } from '../session.ts';
import {
  activity,
  type EngineWorkerData,
  type FromEngine,
  type InterruptAddresses,
  type OwnTablesOrder,
  ringSize,
  slot,
  slotCount,
} from './engine-channel.ts';
import { engineModule } from './engine-module.ts';
import { EngineStream } from './engine-stream.ts';
import { interruptRequest } from './interrupt.ts';
import { fatalError } from './wire-messages.ts';

export interface EmbeddedEngineOptions {
  /** The PostgreSQL data directory, made ready before (data-folder.ts), or a database in memory. */
  readonly dataDirectory: string | 'memory';
  /** For a database in memory: a tar of a data directory. Without it the engine runs initdb (seconds). */
  readonly archive?: Uint8Array;
  readonly database: string;
  /** false: never share memory; a cancel then ends the engine. For tests, and after a failed self-test. */
  readonly wantsInterrupt?: boolean;
  /** The engine is gone without having been asked to: the stream has told the client. */
  readonly onCrash?: (reason: string) => void;
  /** The engine has ended, well or not, and lets go of its files. Not called where it did not start. */
  readonly onClosed?: (end: EngineEnd) => Promise<void>;
  readonly ownTables?: OwnTablesOrder;
}

export interface EngineEnd {
  /** The export of the user's own tables is as the data directory is. */
  readonly isExported: boolean;
}

export interface EmbeddedEngine {
  /** The client's end, one per engine. When the client leaves, the engine shuts down. */
  readonly stream: EngineStream;
  /** Whether `cancel` interrupts the query and keeps the session; if not, it ends the engine, and a reopen follows. */
  readonly canInterrupt: boolean;
  cancel(): Promise<CancelOutcome>;
  /** Shuts down: gently where the backend is idle, at once where it is not. Never throws. */
  terminate(): Promise<void>;
  /** `PostgreSQL 18.6 (PGlite 0.5.16) on …`, as version() gives it. */
  readonly version: string;
}

export type EngineOutcome = { readonly ok: true; readonly engine: EmbeddedEngine } | { readonly ok: false; readonly reason: string };

/** Milliseconds an idle backend has for its shutdown checkpoint before it is ended; it recovers at the next start then. */
const shutdownLimit = 5_000;

function workerUrl(): URL {
  // The bundle stands next to its worker; from source, Node runs the TypeScript file.
  if (import.meta.url.endsWith('.ts')) return new URL('./engine-worker.ts', import.meta.url);
  // Code that the bundler splits off stands one folder below its entries.
  return new URL(import.meta.url.includes('/chunks/') ? '../engine-worker.js' : './engine-worker.js', import.meta.url);
}

class RunningEngine implements EmbeddedEngine {
  readonly stream: EngineStream;
  readonly #worker: Worker;
  readonly #control: Int32Array;
  readonly #exited: Promise<void>;
  readonly #onCrash: ((reason: string) => void) | undefined;
  readonly #onClosed: ((end: EngineEnd) => Promise<void>) | undefined;
  #interrupt: InterruptAddresses | undefined;
  #version = '';
  #isReady = false;
  #isLeaving = false;
  #isExported = false;
  #crashReason: string | undefined;
  #onAnswer: ((message: FromEngine) => void) | undefined;

  constructor(options: EmbeddedEngineOptions, module: object) {
    const control = new SharedArrayBuffer(slotCount * 4);
    const ring = new SharedArrayBuffer(ringSize);
    const { port1, port2 } = new MessageChannel();
    const workerData: EngineWorkerData = {
      port: port2,
      control,
      ring,
      dataDirectory: options.dataDirectory === 'memory' ? undefined : options.dataDirectory,
      archive: options.archive,
      database: options.database,
      wantsSharedMemory: options.wantsInterrupt ?? true,
      module,
      ownTables: options.ownTables,
    };
    this.#control = new Int32Array(control);
    this.#onCrash = options.onCrash;
    this.#onClosed = options.onClosed;
    this.stream = new EngineStream(port1, this.#control, new Uint8Array(ring), {
      onEnd: () => this.#stopRunning(),
      onLeave: () => this.terminate(),
    });
    // Infinite recursion in PL/pgSQL must end in PostgreSQL's own 54001: at 4 MB the thread overflows first.
    this.#worker = new Worker(workerUrl(), { workerData, transferList: [port2], resourceLimits: { stackSizeMb: 16 } });
    port1.on('message', (message: FromEngine) => this.#hear(message));
    this.#worker.on('error', (error) => {
      this.#crashReason = error.message;
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#hearRest(port1);
        port1.close();
        this.#gone();
        if (this.#isReady && this.#onClosed !== undefined) void this.#onClosed({ isExported: this.#isExported }).then(resolve);
        else resolve();
      });
    });
  }

  get #isBusy(): boolean {
    return Atomics.load(this.#control, slot.activity) !== activity.idle;
  }

  get canInterrupt(): boolean {
    return this.#interrupt !== undefined;
  }

  get version(): string {
    return this.#version;
  }

  #hear(message: FromEngine): void {
    switch (message.type) {
      case 'data':
        this.stream.drain();
        break;
      case 'drained':
        this.stream.resumeWriting();
        break;
      case 'crashed':
        this.#crashReason = message.reason;
        break;
      case 'ready':
        this.#interrupt = message.interrupt;
        this.#version = message.version;
        this.#onAnswer?.(message);
        break;
      case 'closed':
        this.#isLeaving = true;
        this.#isExported = message.isExported;
        break;
      case 'failed':
      case 'self-tested':
        this.#onAnswer?.(message);
        break;
    }
  }

  /** Its end may be told before the last of what it said has been delivered. */
  #hearRest(port: MessagePort): void {
    for (let left = receiveMessageOnPort(port); left !== undefined; left = receiveMessageOnPort(port))
      this.#hear(left.message as FromEngine);
  }

  /** The thread has ended, for whatever reason. */
  #gone(): void {
    hasEndedEngines = true;
    this.#interrupt = undefined;
    const reason = this.#crashReason ?? 'its thread ended';
    this.#onAnswer?.({ type: 'failed', reason });
    if (this.#isLeaving) {
      this.stream.finish();
      return;
    }
    this.#isLeaving = true;
    // A crash that the thread could report itself is in the ring already.
    this.stream.finish(this.#crashReason === undefined ? fatalError('57P02', `the embedded engine ended: ${reason}`) : undefined);
    this.#onCrash?.(reason);
  }

  /** Resolves with what the thread answers next. */
  #answer(): Promise<FromEngine> {
    return new Promise((resolve) => {
      this.#onAnswer = (message) => {
        this.#onAnswer = undefined;
        resolve(message);
      };
    });
  }

  async start(): Promise<string | undefined> {
    const first = await this.#answer();
    if (first.type === 'failed') {
      this.#isLeaving = true;
      await this.#worker.terminate();
      await this.#exited;
      return first.reason;
    }
    this.#isReady = true;
    if (this.#interrupt !== undefined) await this.#selfTest(this.#interrupt);
    return undefined;
  }

  /**
   * The interrupt relies on exports that PGlite does not document: a sleep is interrupted once at every start (two
   * milliseconds). Where that fails the sleep ends by itself and a cancel ends the engine instead. A sleep that this thread was
   * too busy to interrupt says nothing: it is tried again.
   */
  async #selfTest(addresses: InterruptAddresses): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const answer = this.#answer();
      let pokes = 0;
      this.stream.post('self-test');
      const poke = setInterval(() => {
        if (interruptRequest(this.#control, addresses)) pokes++;
      }, 1);
      const outcome = await answer;
      clearInterval(poke);
      if (outcome.type === 'self-tested' && outcome.passed) return;
      if (pokes > 0) break;
    }
    this.#interrupt = undefined;
  }

  /** The client has left; what it still runs has nobody to answer to. */
  #stopRunning(): void {
    if (this.#interrupt !== undefined) interruptRequest(this.#control, this.#interrupt);
  }

  async cancel(): Promise<CancelOutcome> {
    if (this.#isLeaving) return { ok: false, reason: 'the embedded engine has ended' };
    if (this.#interrupt !== undefined) {
      interruptRequest(this.#control, this.#interrupt);
      return { ok: true };
    }
    if (!this.#isBusy) return { ok: true };
    this.#crashReason = undefined;
    await this.#worker.terminate();
    return { ok: false, reason: 'the embedded engine cannot interrupt a query here: it was ended, and the session with it' };
  }

  async terminate(): Promise<void> {
    if (!this.#isLeaving) {
      this.#isLeaving = true;
      if (this.#isBusy) await this.#worker.terminate();
      else this.stream.post('close');
    }
    const limit = setTimeout(() => void this.#worker.terminate(), shutdownLimit);
    await this.#exited;
    clearTimeout(limit);
  }
}

let hasEndedEngines = false;

/**
 * The memory of an engine that has ended is shared with this thread, whose garbage collector does not know that it is 200 MB:
 * eight engines one after another held 2 GB. Collected before the next one starts; at the end of the program it costs nothing.
 */
function freeEndedEngines(): void {
  if (!hasEndedEngines) return;
  hasEndedEngines = false;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}

/** Starts PGlite in a thread of its own. Resolves when it is ready for a StartupMessage. */
export async function openEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EngineOutcome> {
  freeEndedEngines();
  const engine = new RunningEngine(options, await engineModule(options.wantsInterrupt ?? true));
  const failure = await engine.start();
  return failure === undefined ? { ok: true, engine } : { ok: false, reason: failure };
}

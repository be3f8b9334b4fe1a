import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { type Backend, backendOf, isServerError } from './backend.ts';
import { type EngineWorkerData, type FromEngine, inboundWindow, ringSize, slot, type ToEngine } from './engine-channel.ts';
import { installSharedMemory } from './shared-memory.ts';
import { fatalError, isTerminate, queryMessage, startupSettings } from './wire-messages.ts';

/**
 * The engine's thread: a PostgreSQL backend whose socket is two callbacks. Reading blocks the thread until the main thread
 * sends something; writing blocks while the ring is full. So the client gets a full-duplex server with back-pressure.
 */

const data = workerData as EngineWorkerData;
const control = new Int32Array(data.control);
const ring = new Uint8Array(data.ring);

// What single-user PGlite starts with, but for -O (a learner must not be able to damage the catalogs) and its own search_path.
const startParams = [
  '--single',
  '-F',
  '-j',
  ...[
    'exit_on_error=false',
    'log_checkpoints=false',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'io_method=sync',
  ].flatMap((setting) => ['-c', setting]),
];

function tell(message: FromEngine): void {
  data.port.postMessage(message);
}

/** The next order, waited for as long as it takes. */
function receive(): ToEngine {
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
function send(bytes: Uint8Array): void {
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

/** The order to close came where the backend waited for the rest of a request. */
const interrupted = Symbol('closed in the middle of a request');

class Connection {
  readonly #engine: PGlite;
  readonly #backend: Backend;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Where answers go while the engine talks to itself. */
  #ownAnswer: Uint8Array[] | undefined;

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
    if (this.#ownAnswer !== undefined) this.#ownAnswer.push(Uint8Array.from(bytes));
    else send(bytes);
    return length;
  }

  /** Works until everything read is answered. Any exception but a server error is a crash and is thrown. */
  #work(): void {
    const backend = this.#backend;
    Atomics.store(control, slot.isBusy, 1);
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
    Atomics.store(control, slot.isBusy, 0);
    backend._PostgresSendReadyForQueryIfNecessary();
    backend._pgl_pq_flush();
  }

  /** Runs one string of SQL by itself; the bytes of the answer. */
  #ask(sql: string): Buffer {
    this.#ownAnswer = [];
    this.#chunk = queryMessage(sql);
    this.#at = 0;
    this.#work();
    const answer = Buffer.concat(this.#ownAnswer);
    this.#ownAnswer = undefined;
    return answer;
  }

  /** Sleeps, to be interrupted by the main thread; where that fails the sleep just ends. */
  selfTest(): boolean {
    return this.#ask('select pg_catalog.pg_sleep(0.5)').includes('C57014\0');
  }

  /** The backend was started without the client's settings: they are set one by one before it hears of any. */
  #start(packet: Uint8Array): boolean {
    const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
    for (const [name, value] of startupSettings(packet)) {
      const answer = this.#ask(`select pg_catalog.set_config(${quote(name)}, ${quote(value)}, false)`).toString('utf8');
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

  /** Serves until the client leaves; false: it never came in. */
  serve(): void {
    for (;;) {
      const order = receive();
      if (order === 'close') return;
      if (order === 'self-test') {
        tell({ type: 'self-tested', passed: this.selfTest() });
        continue;
      }
      if (isTerminate(order)) return;
      // Only a StartupMessage begins with a zero: the high byte of its length.
      if (order[0] === 0) {
        if (!this.#start(order)) return;
        continue;
      }
      this.#chunk = order;
      this.#at = 0;
      this.#work();
    }
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}

async function openEngine(): Promise<PGlite> {
  const engine = await PGlite.create({
    ...(data.dataDirectory === undefined ? {} : { dataDir: data.dataDirectory }),
    ...(data.archive === undefined ? {} : { loadDataDir: new Blob([data.archive as Uint8Array<ArrayBuffer>]) }),
    database: data.database,
    startParams,
  });
  // A program cannot be started from here; PGlite throws, which would be a crash. Without a stream, COPY … PROGRAM is an ERROR.
  const runCommand = engine.handleExternalCmd.bind(engine);
  engine.handleExternalCmd = (command, mode) => (command.startsWith('locale -a') ? runCommand(command, mode) : 0);
  return engine;
}

function interruptAddresses(backend: Backend) {
  const { _InterruptPending: interruptPending, _QueryCancelPending: queryCancelPending, _MyLatch: latchPointer } = backend;
  const memory = backend.HEAPU8.buffer as ArrayBufferLike;
  if (!(memory instanceof SharedArrayBuffer)) return undefined;
  if (interruptPending === undefined || queryCancelPending === undefined || latchPointer === undefined) return undefined;
  return { memory, interruptPending, queryCancelPending, latchPointer };
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String((thrown as { message?: unknown } | undefined)?.message ?? thrown);
}

async function main(): Promise<void> {
  let engine: PGlite;
  try {
    if (data.wantsSharedMemory) installSharedMemory();
    engine = await openEngine();
  } catch (thrown) {
    tell({ type: 'failed', reason: textOf(thrown) });
    return;
  }
  const version = (await engine.query<{ version: string }>('select pg_catalog.version()')).rows[0]?.version ?? '';
  const connection = new Connection(engine);
  tell({ type: 'ready', interrupt: interruptAddresses(backendOf(engine)), version });
  try {
    connection.serve();
  } catch (thrown) {
    if (thrown !== interrupted) {
      // Before it exits by itself, PostgreSQL has said why.
      if ((thrown as Error | undefined)?.name !== 'ExitStatus') send(fatalError('57P02', `the embedded engine crashed: ${textOf(thrown)}`));
      tell({ type: 'crashed', reason: textOf(thrown) });
    }
    return;
  }
  // The shutdown checkpoint: the next start has nothing to recover.
  await connection.close();
  tell({ type: 'closed' });
}

await main();
// Ends the thread, not the program: timers of a backend that died would keep it for seconds.
process.exit();

import { PGlite } from '@electric-sql/pglite';
import { type Backend, backendOf } from './backend.ts';
import { BackendConnection, interrupted } from './backend-connection.ts';
import { exportOwnTables } from './own-tables-export.ts';
import { installSharedMemory } from './shared-memory.ts';
import { fatalError } from './wire-messages.ts';
import { data, send, tell } from './worker-channel.ts';

/** The engine's thread: opens PGlite, serves one client, keeps the export of the user's own tables, and shuts down. */

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

async function openEngine(): Promise<PGlite> {
  const engine = await PGlite.create({
    ...(data.dataDirectory === undefined ? {} : { dataDir: data.dataDirectory }),
    ...(data.archive === undefined ? {} : { loadDataDir: new Blob([data.archive as Uint8Array<ArrayBuffer>]) }),
    database: data.database,
    startParams,
    pgliteWasmModule: data.module as never,
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

/** Where the write-ahead log ends: it moves when anything is written. */
function logPosition(connection: BackendConnection): string {
  let answer = '';
  connection.ask('select pg_catalog.pg_current_wal_insert_lsn()', (bytes) => {
    answer += Buffer.from(bytes).toString('latin1');
  });
  return /[0-9A-F]+\/[0-9A-F]+/.exec(answer)?.[0] ?? answer;
}

/** Serves the client; false: the backend did not survive it. */
function serve(connection: BackendConnection): boolean {
  try {
    connection.serve();
    return true;
  } catch (thrown) {
    if (thrown === interrupted) return false;
    const reason = textOf(thrown);
    // Before it exits by itself, and before it aborts in a PANIC, PostgreSQL has said why.
    const isExplained = (thrown as Error | undefined)?.name === 'ExitStatus' || reason.startsWith('Aborted()');
    if (!isExplained) send(fatalError('57P02', `the embedded engine crashed: ${reason}`));
    tell({ type: 'crashed', reason });
    return false;
  }
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
  const connection = new BackendConnection(engine);
  const { ownTables } = data;
  const save = () => ownTables !== undefined && exportOwnTables(connection, ownTables);
  let isExported = ownTables?.isOverdue === false || save();
  const start = logPosition(connection);
  tell({ type: 'ready', interrupt: interruptAddresses(backendOf(engine)), version });
  if (!serve(connection)) return;
  if (!isExported || logPosition(connection) !== start) isExported = save();
  // The shutdown checkpoint: the next start has nothing to recover.
  await connection.close();
  tell({ type: 'closed', isExported });
}

await main();
// Ends the thread, not the program: timers of a backend that died would keep it for seconds.
process.exit();

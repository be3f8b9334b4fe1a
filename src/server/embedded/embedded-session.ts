import type { LockHolder } from '../../system/file-lock.ts';
import { untrusted } from '../../text/untrusted.ts';
import { openSessionOver } from '../open-session.ts';
import type { ConnectFailure, Session } from '../session.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { type EmbeddedEngine, openEmbeddedEngine } from './embedded-engine.ts';
import { engineModule } from './engine-module.ts';
import { readSeed, type Seed } from './seed.ts';

export interface EmbeddedSessionOptions {
  /** Where the database lives, or a throw-away copy in memory. */
  readonly folder: string | 'memory';
  readonly seed: Seed;
  /** The name of the seed's database. */
  readonly database: string;
  readonly programName: string;
  readonly startupParameters?: Readonly<Record<string, string>>;
  /** The engine ended by itself; the session has its `lost` event too. */
  readonly onCrash?: (reason: string) => void;
  /** false: cancel by ending the engine. */
  readonly wantsInterrupt?: boolean;
}

export interface EmbeddedSession {
  readonly ok: true;
  readonly session: Session;
  /** Whether a cancel keeps the session; if not, it ends the engine, and what is committed is kept. */
  readonly canInterrupt: boolean;
  /** version() of the engine. */
  readonly version: string;
  /** What the user should know: a data directory that was set aside. */
  readonly notices: readonly string[];
}

export interface EmbeddedFailure extends ConnectFailure {
  /** Another process has the database open: offer a copy in memory. */
  readonly held?: LockHolder;
}

/** Opens the embedded engine and a session on it. Closing the session shuts the engine down and frees the folder. */
export async function openEmbeddedSession(options: EmbeddedSessionOptions): Promise<EmbeddedSession | EmbeddedFailure> {
  // Compiles while the data directory is made ready; where that fails, opening the engine says so.
  engineModule(options.wantsInterrupt ?? true).catch(() => undefined);
  if (options.folder === 'memory') {
    const archive = await readSeed(options.seed);
    const outcome = await openEmbeddedEngine({ ...engineOptions(options), dataDirectory: 'memory', archive });
    return outcome.ok ? await connect(options, outcome.engine, []) : failure(`the embedded engine did not start: ${outcome.reason}`);
  }
  const data = await openDataFolder(options.folder, options.seed);
  if (!data.ok) return failure(data.text, data.held);
  try {
    const opened = await openOnDisk(options, data);
    if (!opened.ok) {
      await data.release(false);
      return failure(`the embedded engine did not start: ${opened.reason}`);
    }
    return await connect(options, opened.engine, [...data.notices, ...opened.notices]);
  } catch (error) {
    await data.release(false);
    throw error;
  }
}

function engineOptions(options: EmbeddedSessionOptions) {
  const { database, onCrash, wantsInterrupt } = options;
  return { database, ...(onCrash && { onCrash }), ...(wantsInterrupt !== undefined && { wantsInterrupt }) };
}

type Opened =
  | { readonly ok: true; readonly engine: EmbeddedEngine; readonly notices: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** A data directory that the engine cannot open is set aside, but only where a fresh one opens: else the engine is at fault. */
async function openOnDisk(options: EmbeddedSessionOptions, data: DataFolder): Promise<Opened> {
  const open = () =>
    openEmbeddedEngine({
      ...engineOptions(options),
      dataDirectory: data.dataDirectory,
      ownTables: data.ownTables(),
      onClosed: ({ isExported }) => data.release(isExported),
    });
  const first = await open();
  if (first.ok) {
    data.confirm();
    return { ok: true, engine: first.engine, notices: [] };
  }
  const notice = await data.replace();
  const second = await open();
  if (!second.ok) {
    data.restore();
    return { ok: false, reason: first.reason };
  }
  data.confirm();
  return { ok: true, engine: second.engine, notices: [notice] };
}

async function connect(
  options: EmbeddedSessionOptions,
  engine: EmbeddedEngine,
  notices: readonly string[],
): Promise<EmbeddedSession | EmbeddedFailure> {
  const startup = {
    user: 'postgres',
    database: options.database,
    startupParameters: { application_name: options.programName, client_encoding: 'UTF8', ...options.startupParameters },
  };
  const info = {
    host: 'embedded',
    address: options.folder,
    port: 0,
    user: 'postgres',
    database: options.database,
    security: 'embedded' as const,
  };
  const outcome = await openSessionOver(engine.stream, startup, { info, cancel: () => engine.cancel() });
  if (!outcome.ok) {
    await engine.terminate();
    return outcome;
  }
  return { ok: true, session: outcome.session, canInterrupt: engine.canInterrupt, version: engine.version, notices };
}

function failure(text: string, held?: LockHolder): EmbeddedFailure {
  return {
    ok: false,
    kind: 'embedded',
    text: untrusted(text),
    ...(held && { held }),
    advice: `${held === undefined ? 'W' : 'Close it there, or w'}ork on a throw-away copy of the original data in memory.`,
  };
}

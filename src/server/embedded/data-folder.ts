import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LockHolder, type LockRefusal, lockFile, readHolder } from '../../system/file-lock.ts';
import { makeFolder } from '../../system/make-folder.ts';
import { isRunning } from '../../system/process-identity.ts';
import type { OwnTablesOrder } from './engine-channel.ts';
import { markerName, readMarker, writeMarker } from './engine-marker.ts';
import { type Seed, unpackSeed } from './seed.ts';

/**
 * The folder of an embedded database: `cluster` is PostgreSQL's data directory, `engine.json` says which PGlite made it,
 * `own-tables.sql` holds what the user made (another engine cannot open the data directory, so it is written beforehand), and `cluster.lock` keeps other processes out, which PGlite does not: two of them on one data directory lose rows silently.
 */
export interface DataFolder {
  readonly ok: true;
  readonly dataDirectory: string;
  /** What the user should know: a folder set aside, each in a sentence or two. */
  readonly notices: readonly string[];
  /** The engine could open it: notes which engine that was. */
  confirm(): void;
  /** The engine could not: puts it aside and unpacks a fresh one; returns what to tell the user. */
  replace(): Promise<string>;
  /** Undoes `replace`. */
  restore(): void;
  /** What the engine is to do about own-tables.sql. */
  ownTables(): OwnTablesOrder;
  /** `isExported`: own-tables.sql is as the data directory is. */
  release(isExported: boolean): Promise<void>;
}

export interface DataFolderRefusal {
  readonly ok: false;
  readonly text: string;
  /** Who has the database open. */
  readonly held?: LockHolder;
}

const exportName = 'own-tables.sql';

/** Milliseconds (some 50 MB). The export of a table that would take longer names it instead. */
const timeForRows = 1_500;

/** Milliseconds to wait for the lock of a process that is gone to run out (file-lock.ts), or for one that just closes. */
const lockWait = 3_500;

/** Locks the folder and makes its data directory ready to open: unpacked at the first start, set aside where it cannot be opened. */
export async function openDataFolder(folder: string, seed: Seed): Promise<DataFolder | DataFolderRefusal> {
  try {
    makeFolder(folder);
  } catch (error) {
    return { ok: false, text: `cannot make the folder ${folder}: ${(error as Error).message}` };
  }
  const dataDirectory = join(folder, 'cluster');
  const holder = readHolder(dataDirectory);
  const isOpenElsewhere = holder !== undefined && isRunning(holder) !== false;
  const lock = await lockFile(dataDirectory, { wait: isOpenElsewhere ? 0 : lockWait });
  if (!lock.ok) return refusal(lock);
  let asidePath: string | undefined;
  const replaceBecause = async (reason: string): Promise<string> => {
    const { isExported } = readMarker(folder, seed);
    asidePath = setAside(folder);
    const own = ownTablesNotice(asidePath, isExported);
    await makeFresh(folder, seed);
    return `${reason} It was set aside as ${asidePath}; nothing in it was changed or deleted. A fresh database took its place. ${own}`;
  };
  const restore = (): void => {
    if (asidePath === undefined) return;
    rmSync(dataDirectory, { recursive: true, force: true });
    for (const [name, keptName] of companions) {
      if (existsSync(join(asidePath, keptName))) renameSync(join(asidePath, keptName), join(folder, name));
    }
    renameSync(asidePath, dataDirectory);
    asidePath = undefined;
  };
  try {
    removeLeftovers(folder);
    const notices: string[] = [];
    if (!existsSync(dataDirectory)) await makeFresh(folder, seed);
    const obstacle = whyNotOpenable(folder, seed);
    if (obstacle !== undefined) notices.push(await replaceBecause(obstacle));
    return {
      ok: true,
      dataDirectory,
      notices,
      confirm: () => writeMarker(folder, seed, { ...readMarker(folder, seed), isExported: false }),
      replace: () => replaceBecause(whyNotOpened(folder, seed)),
      restore,
      ownTables: () => {
        const { facts, isExported } = readMarker(folder, seed);
        return { path: join(folder, exportName), facts, isOverdue: !isExported, timeForRows };
      },
      release: async (isExported) => {
        if (isExported) writeMarker(folder, seed, { ...readMarker(folder, seed), isExported });
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    return { ok: false, text: `cannot prepare ${dataDirectory}: ${(error as Error).message}` };
  }
}

function refusal({ text, holder }: LockRefusal): DataFolderRefusal {
  if (holder === undefined) return { ok: false, text };
  return {
    ok: false,
    text: `the practice database is in use by process ${holder.pid} on ${holder.host} since ${holder.since}: leave it there first`,
    held: holder,
  };
}

/** Puts the data directory aside, under the lock; the next start unpacks a fresh one. The path, or undefined: there was none. */
export async function setDataFolderAside(
  folder: string,
): Promise<{ readonly ok: true; readonly path: string | undefined } | DataFolderRefusal> {
  if (!existsSync(join(folder, 'cluster'))) return { ok: true, path: undefined };
  const lock = await lockFile(join(folder, 'cluster'), { wait: lockWait });
  if (!lock.ok) return refusal(lock);
  try {
    return { ok: true, path: setAside(folder) };
  } catch (error) {
    return { ok: false, text: `cannot move ${join(folder, 'cluster')}: ${(error as Error).message}` };
  } finally {
    await lock.release();
  }
}

/** Unpacked beside and then renamed: a start that is killed leaves no half of a data directory. */
async function makeFresh(folder: string, seed: Seed): Promise<void> {
  const fresh = join(folder, `cluster.new-${process.pid}`);
  await unpackSeed(seed, fresh);
  renameSync(fresh, join(folder, 'cluster'));
  writeMarker(folder, seed, { facts: seed.facts, isExported: true });
}

function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^(?:cluster|own-tables\.sql)\.new-/.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** What goes with a data directory that is set aside, and its name in there. */
const companions = [
  [markerName, 'howdah-engine.json'],
  [exportName, 'howdah-own-tables.sql'],
] as const;

function setAside(folder: string): string {
  const date = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  let path = join(folder, `set-aside-${date}`);
  for (let next = 2; existsSync(path); next++) path = join(folder, `set-aside-${date}-${next}`);
  renameSync(join(folder, 'cluster'), path);
  for (const [name, keptName] of companions) {
    if (existsSync(join(folder, name))) renameSync(join(folder, name), join(path, keptName));
  }
  return path;
}

/** Why this engine cannot open the data directory, as far as its files tell; undefined: it should. */
function whyNotOpenable(folder: string, seed: Seed): string | undefined {
  const found = readText(join(folder, 'cluster/PG_VERSION'))?.trim();
  if (found === undefined || found === '') return 'The data directory of the practice database is damaged (it has no PG_VERSION).';
  if (found === seed.postgres) return undefined;
  const by = readMarker(folder, seed).engine;
  const opener = by === undefined ? `a PGlite of PostgreSQL ${found}` : `PGlite ${by} (npm install @electric-sql/pglite@${by})`;
  return `The practice database is of PostgreSQL ${found}; this engine is PostgreSQL ${seed.postgres} and cannot read it. ${opener} opens it.`;
}

/** For a data directory that looked right and yet did not open. */
function whyNotOpened(folder: string, seed: Seed): string {
  const by = readMarker(folder, seed).engine;
  if (by === undefined || by === seed.engine) return 'The engine could not open the practice database, which is damaged.';
  return `The practice database is of PGlite ${by}, and PGlite ${seed.engine} could not open it (npm install @electric-sql/pglite@${by} brings one that can).`;
}

/** Where the user's own tables are now, and how they come back. */
function ownTablesNotice(asidePath: string, isExported: boolean): string {
  const path = join(asidePath, 'howdah-own-tables.sql');
  const { mtime } = statSync(path, { throwIfNoEntry: false }) ?? {};
  if (mtime === undefined) return isExported ? 'It held no tables of your own.' : 'Tables of your own, if it holds any, are in it alone.';
  const age = isExported
    ? ''
    : `, as they were on ${mtime.toISOString().slice(0, 16).replace('T', ' at ')} UTC; what changed later is in it alone`;
  return `Your own tables are in ${path}${age}; "howdah practice -f '${path}'" loads them.`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

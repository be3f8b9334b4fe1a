import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** What tells the user's own objects and rows from those of the seed. */
export interface SeedFacts {
  /** Objects from this OID on are the user's. */
  readonly firstObject: number;
  /** Rows of this transaction and later ones are the user's. */
  readonly firstTransaction: number;
  /** How many rows each table has, by its qualified name. */
  readonly rows: Readonly<Record<string, number>>;
}

/** A data directory made by the build: NAME.tar.br, and NAME.json that says by which engine. */
export interface Seed {
  readonly archivePath: string;
  /** PG_VERSION of the data directory: '18'. */
  readonly postgres: string;
  /** The PGlite that made it: '0.5.16'. */
  readonly engine: string;
  readonly facts: SeedFacts;
}

/** The seed of that name; undefined where the build has not made one. */
export function findSeed(folder: string, name: string): Seed | undefined {
  try {
    const { postgres, engine, facts } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Partial<Seed>;
    if (postgres === undefined || engine === undefined || facts === undefined) return undefined;
    return { archivePath: join(folder, `${name}.tar.br`), postgres, engine, facts };
  } catch {
    return undefined;
  }
}

/** The tar of the data directory. */
export async function readSeed(seed: Seed): Promise<Buffer> {
  return await promisify(brotliDecompress)(readFileSync(seed.archivePath));
}

interface TarEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly content: Buffer;
}

/** Walks a ustar archive of files and folders with names below 100 bytes, which is what the build writes. */
function* tarEntries(tar: Buffer): Generator<TarEntry> {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, length: number) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const start = at + 512;
    yield { name: text(0, 100), isFolder: text(156, 1) === '5', content: tar.subarray(start, start + size) };
    at = start + Math.ceil(size / 512) * 512;
  }
}

/**
 * Writes the data directory into a folder that is made for it. PostgreSQL wants it closed to others. Synchronously: of more than
 * a thousand files, most of them small, that takes half as long.
 */
export async function unpackSeed(seed: Seed, folder: string): Promise<void> {
  const tar = await readSeed(seed);
  mkdirSync(folder, { mode: 0o700 });
  for (const { name, isFolder, content } of tarEntries(tar)) {
    const path = join(folder, name);
    if (!path.startsWith(folder)) throw new Error(`the archive ${seed.archivePath} names a file outside its folder`);
    // Folders come before what is in them.
    if (isFolder) mkdirSync(path, { mode: 0o700 });
    else writeFileSync(path, content, { mode: 0o600 });
  }
  chmodSync(folder, 0o700);
}

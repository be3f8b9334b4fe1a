import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

// The practice databases as data directories that are ready to open: initdb and loading take the build seconds and a gigabyte,
// which nobody should wait for at the first start.

const root = join(import.meta.dirname, '..');
const sources = join(root, 'snippets/practice');
// Changes when the way a data directory is made here changes.
const recipe = 'wal-segsize=1, min_wal_size=2MB, sorted by name, brotli 9, facts, no conversions';
// Every conversion calls what the engine does not have, and ends it; without them the server says that it has none.
const withoutConversions = 'delete from pg_conversion';

/**
 * Writes NAME.tar.br and NAME.json for every NAME.sql of snippets/practice into distFolder/practice. What is there already and
 * made of the same inputs stays.
 * @param {string} distFolder
 */
export async function buildPractice(distFolder) {
  const target = join(distFolder, 'practice');
  await mkdir(target, { recursive: true });
  const engine = await engineVersion();
  for (const file of (await readdir(sources)).filter((name) => name.endsWith('.sql')).sort()) {
    const name = file.slice(0, -'.sql'.length);
    const sql = await readFile(join(sources, file), 'utf8');
    const inputs = createHash('sha256').update([recipe, engine, name, sql].join('\0')).digest('hex');
    if (await isUpToDate(target, name, inputs)) continue;
    const { archive, postgres, facts } = await buildOne(name, sql);
    await writeWhole(join(target, `${name}.tar.br`), archive);
    await writeWhole(join(target, `${name}.json`), `${JSON.stringify({ name, postgres, engine, inputs, facts })}\n`);
  }
}

async function engineVersion() {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(await readFile(join(entry, '../../package.json'), 'utf8'));
  return /** @type {string} */ (version);
}

/**
 * @param {string} target
 * @param {string} name
 * @param {string} inputs
 */
async function isUpToDate(target, name, inputs) {
  try {
    const built = JSON.parse(await readFile(join(target, `${name}.json`), 'utf8'));
    await readFile(join(target, `${name}.tar.br`));
    return built.inputs === inputs;
  } catch {
    return false;
  }
}

/**
 * Another build of the same checkout sees the old file or the new one, never half of it.
 * @param {string} path
 * @param {string | Buffer} content
 */
async function writeWhole(path, content) {
  const part = `${path}.${process.pid}`;
  await writeFile(part, content);
  await rename(part, path);
}

/**
 * @param {string} name
 * @param {string} sql
 */
async function buildOne(name, sql) {
  const { PGlite } = await import('@electric-sql/pglite');
  const folder = await mkdtemp(join(tmpdir(), 'howdah-build-'));
  const dataDir = join(folder, 'cluster');
  // Old segments of the log are removed, not kept for reuse.
  const startParams = [...PGlite.defaultStartParams, '-c', 'min_wal_size=2MB', '-c', 'max_wal_size=2MB'];
  try {
    // Write-ahead log in files of 1 MB: the archive is smaller, and so is what the user's disk holds.
    const cluster = await PGlite.create({ dataDir, startParams, initDbStartParams: ['--wal-segsize=1'] });
    await cluster.exec(`create database "${name}"`);
    await cluster.close();
    const database = await PGlite.create({ dataDir, startParams, database: name });
    await database.exec(withoutConversions);
    await database.exec(sql);
    await database.exec('vacuum (freeze, analyze)');
    const facts = await factsOf(database);
    await database.close();
    // Opened once more, so that the archive holds a cleanly shut down cluster without the log of the loading.
    const loaded = await PGlite.create({ dataDir, startParams, database: name });
    await loaded.close();
    const postgres = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
    return { archive: compress(await tarOf(dataDir)), postgres, facts };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Where the user's own objects and rows will begin, and how many rows each table has (SeedFacts of seed.ts).
 * @param {import('@electric-sql/pglite').PGlite} database
 */
async function factsOf(database) {
  // A large object is made and gone again: its OID is the next one.
  const { rows: next } = await database.query('select lo_create(0)::bigint::int as object');
  await database.query('select lo_unlink($1)', [next[0].object]);
  const { rows: transaction } = await database.query('select pg_snapshot_xmax(pg_current_snapshot())::text::int as first');
  const { rows: tables } = await database.query(
    "select format('%I.%I', n.nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace where relkind = 'r' and nspname !~ '^pg_|^information_schema$' order by 1",
  );
  /** @type {Record<string, number>} */
  const rows = {};
  for (const { name } of tables) rows[name] = (await database.query(`select count(*)::int as count from ${name}`)).rows[0].count;
  return { firstObject: next[0].object, firstTransaction: transaction[0].first, rows };
}

/** @param {Buffer} tar */
function compress(tar) {
  return brotliCompressSync(tar, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: tar.length,
    },
  });
}

/**
 * A tar (ustar) of the folder, sorted by file name before folder: the copies of a catalog table that each database has stand
 * side by side, where the compressor sees that they are the same.
 * @param {string} folder
 */
async function tarOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const named = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }));
  const folders = named.filter(({ entry }) => entry.isDirectory()).map(({ path }) => path);
  const files = named.filter(({ entry }) => entry.isFile()).sort((a, b) => order(a.entry.name, b.entry.name) || order(a.path, b.path));
  const parts = folders.sort(order).map((path) => tarHeader(`${path.slice(folder.length + 1)}/`, 0, '5'));
  for (const { path } of files) {
    const content = await readFile(path);
    parts.push(tarHeader(path.slice(folder.length + 1), content.length, '0'), content, Buffer.alloc(-content.length & 511));
  }
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

/**
 * @param {string} a
 * @param {string} b
 */
function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * @param {string} name
 * @param {number} size
 * @param {'0' | '5'} type a file, a folder
 */
function tarHeader(name, size, type) {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write(type === '5' ? '0000700\0' : '0000600\0', 100, 'latin1');
  header.write('0000000\0'.repeat(2), 108, 'latin1');
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write(' '.repeat(8), 148, 'latin1');
  header.write(type, 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

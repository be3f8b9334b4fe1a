import { accessSync, constants } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from './make-folder.ts';

export interface AppPaths {
  /** Settings and profiles. */
  readonly config: string;
  /** Practice databases. */
  readonly data: string;
  /** History and drafts. */
  readonly state: string;
  /** Spooled rows. */
  readonly cache: string;
}

const appName = 'howdah';
const xdgVariables = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'];

/** The home folder; an account without one (a container's bare uid) gets a folder of its own among the temporary files. */
export function homeFolder(): string {
  try {
    const home = homedir();
    if (isAbsolute(home)) return home;
  } catch {
    // No entry for this uid.
  }
  return join(tmpdir(), `${appName}-home-${process.getuid?.() ?? 'user'}`);
}

/** The folders of this program, by the platform's rules. They are not made here. */
export async function appPaths(): Promise<AppPaths> {
  // env-paths reads the home folder while it loads, which throws where there is none.
  if (process.platform !== 'win32' && !isAbsolute(process.env.HOME ?? '')) process.env.HOME = homeFolder();
  // XDG Base Directory Specification: "If an implementation encounters a relative path … it should … ignore it."
  for (const variable of xdgVariables) {
    if (!isAbsolute(process.env[variable] ?? '/')) delete process.env[variable];
  }
  const { default: envPaths } = await import('env-paths');
  const { config, data, log, cache } = envPaths(appName, { suffix: '' });
  // env-paths calls XDG_STATE_HOME "log"; elsewhere logs and state have no common folder.
  const state = process.platform === 'linux' ? log : join(data, 'state');
  return { config, data, state, cache };
}

/** Makes a folder for this account alone. False: it cannot be made or written, so what it was for stays in memory. */
export function ensurePrivateFolder(path: string): boolean {
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

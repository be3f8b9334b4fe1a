import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import type { PassfileAccess } from './passfile.ts';
import { type ResolvedTarget, resolveTarget, type TargetInput, type TargetOptions } from './resolve-target.ts';

/** `resolveTarget` fed from this process: its environment, home and files. */
export function resolveFromProcess(options: TargetOptions, programName = 'howdah'): ResolvedTarget {
  return resolveTarget(processInput(options, programName));
}

export function processInput(options: TargetOptions, programName: string): TargetInput {
  return {
    options,
    programName,
    environment: process.env,
    home: homedir(),
    userName: accountName(),
    exists: existsSync,
    ...processFiles,
  };
}

/** The files of this machine, for `lookupPassword` and the service file. */
export const processFiles: PassfileAccess = {
  readTextFile(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  statFile(path) {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? undefined : { isFile: stat.isFile(), mode: stat.mode };
  },
};

/** An account without an entry in the password database (a container's bare uid) has no name; libpq then needs -U too. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? '';
  }
}

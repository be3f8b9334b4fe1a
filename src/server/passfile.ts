import type { ConnectionTarget, HostAddress } from './target.ts';

/** What is needed of a password file: its text, kind and mode; undefined where there is none. */
export type StatFile = (path: string) => { readonly isFile: boolean; readonly mode: number } | undefined;

export interface PassfileAnswer {
  readonly password?: string;
  /** libpq's line for standard error when the file is not to be trusted. */
  readonly warning?: string;
}

export interface PassfileAccess {
  readTextFile(path: string): string | undefined;
  readonly statFile: StatFile;
}

// Folders of Unix sockets that are some libpq's default; there the file's "localhost" matches.
const defaultSocketFolders = ['/var/run/postgresql', '/tmp'];

/** The password a password file holds for one host of the target (libpq, "The Password File"). */
export function lookupPassword(target: ConnectionTarget, host: HostAddress, files: PassfileAccess): PassfileAnswer {
  if (target.passfile === undefined || target.passfile === '') return {};
  const path = target.passfile;
  const stat = files.statFile(path);
  if (stat === undefined) return {};
  if (!stat.isFile) return { warning: `WARNING: password file "${path}" is not a plain file` };
  if ((stat.mode & 0o077) !== 0 && process.platform !== 'win32') {
    return { warning: `WARNING: password file "${path}" has group or world access; permissions should be u=rw (0600) or less` };
  }
  const name = host.host === '' ? (host.address ?? '') : host.host;
  const hostField = name === '' || defaultSocketFolders.includes(name) ? 'localhost' : name;
  const password = findPassword(files.readTextFile(path) ?? '', [hostField, String(host.port), target.database, target.user]);
  return password === undefined ? {} : { password };
}

/** The password of the first line whose four fields match; blanks are significant, `*` matches all, backslash escapes. */
export function findPassword(text: string, fields: readonly string[]): string | undefined {
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\r+$/, '');
    if (line.startsWith('#')) continue;
    let rest: string | undefined = line;
    for (const field of fields) rest = rest === undefined ? undefined : afterField(rest, field);
    if (rest !== undefined && rest !== '') return readUntilColon(rest).text;
  }
  return undefined;
}

function afterField(line: string, wanted: string): string | undefined {
  if (line.startsWith('*:')) return line.slice(2);
  const field = readUntilColon(line);
  return field.text === wanted && field.end < line.length ? line.slice(field.end + 1) : undefined;
}

function readUntilColon(line: string): { readonly text: string; readonly end: number } {
  let text = '';
  let at = 0;
  while (at < line.length && line[at] !== ':') {
    if (line[at] === '\\' && at + 1 < line.length) at++;
    text += line[at] ?? '';
    at++;
  }
  return { text, end: at };
}

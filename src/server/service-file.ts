import { connectionKeywords, type OptionValues, type ParsedOptions } from './connection-options.ts';

export interface ServiceFiles {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** undefined: there is no such file, or it cannot be read. */
  readTextFile(path: string): string | undefined;
}

// Debian's build; upstream's default lies under its own prefix, where Debian's files are not.
const systemFolder = '/etc/postgresql-common';

/**
 * The parameters of a service: the user's file (`named` by servicefile or PGSERVICEFILE, else ~/.pg_service.conf), then the
 * system's (PGSYSCONFDIR). Errors are libpq's.
 */
export function readService(service: string, files: ServiceFiles, named?: string): ParsedOptions {
  const given = named ?? files.environment.PGSERVICEFILE;
  const userFile = given ?? `${files.home}/.pg_service.conf`;
  const userText = files.readTextFile(userFile);
  if (userText === undefined && given !== undefined) return { ok: false, text: `service file "${given}" not found` };
  const systemFile = `${files.environment.PGSYSCONFDIR ?? systemFolder}/pg_service.conf`;
  for (const [path, text] of [
    [userFile, userText],
    [systemFile, files.readTextFile(systemFile)],
  ] as const) {
    const found = text === undefined ? undefined : findService(service, text, path);
    if (found !== undefined) return found;
  }
  return { ok: false, text: `definition of service "${service}" not found` };
}

/** The names of the services a file defines, in its order. */
export function serviceNames(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*\[([^\]\n]+)\]/gm)].map((match) => match[1] ?? '');
}

function findService(service: string, text: string, path: string): ParsedOptions | undefined {
  const values = new Map<string, string>();
  let isInGroup = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      if (isInGroup) break;
      isInGroup = line.startsWith(`[${service}]`);
    } else if (isInGroup) {
      const fault = readSetting(line, values);
      if (fault !== undefined) return { ok: false, text: `${fault} in service file "${path}", line ${index + 1}` };
    }
  }
  return isInGroup ? { ok: true, values } : undefined;
}

function readSetting(line: string, values: Map<string, string>): string | undefined {
  if (line.startsWith('ldap')) return 'LDAP lookup is not supported';
  const equals = line.indexOf('=');
  const keyword = line.slice(0, Math.max(equals, 0));
  if (keyword === 'service') return 'nested service specifications not supported';
  if (!connectionKeywords.has(keyword)) return 'syntax error';
  // The first of two lines wins, as in libpq.
  if (!values.has(keyword)) values.set(keyword, line.slice(equals + 1));
  return undefined;
}

/** Parameters of `second` where `first` has none. */
export function withFallback(first: OptionValues, second: OptionValues): OptionValues {
  return new Map([...second, ...first]);
}

export type Environment = 'development' | 'staging' | 'production';

export const environments: readonly Environment[] = ['development', 'staging', 'production'];

/** A saved connection. It never holds a secret: passwords come from the password file, the environment or a person. */
export interface Profile {
  readonly name: string;
  readonly environment: Environment;
  /** libpq's keywords: host, port, user, dbname, sslmode, service … */
  readonly connection: Readonly<Record<string, string>>;
  /** Nothing is written through it. Absent in files of before: it is not. */
  readonly isReadOnly?: boolean;
  /** HOWDAH_SAVEPOINTS while it is connected: automatic savepoints. Absent: what is set anyway. */
  readonly savepoints?: SavepointSetting;
}

export type SavepointSetting = 'off' | 'last' | 'every';

export const savepointSettings: readonly SavepointSetting[] = ['off', 'last', 'every'];

const secretKeywords = ['password', 'sslpassword', 'oauth_client_secret', 'scram_client_key', 'scram_server_key'];
const longestName = 64;

export interface NewProfile {
  readonly profile: Profile;
  /** Keywords whose values were secrets and are left out; the caller says so. */
  readonly removed: readonly string[];
}

/** A profile from the parameters of a connection; secrets are taken out. */
export function newProfile(
  name: string,
  environment: Environment,
  connection: Iterable<readonly [string, string]>,
  isReadOnly = false,
  savepoints?: SavepointSetting,
): NewProfile {
  const kept: Record<string, string> = {};
  const removed: string[] = [];
  for (const [keyword, value] of connection) {
    if (secretKeywords.includes(keyword)) removed.push(keyword);
    else kept[keyword] = value;
  }
  const settings = { ...(isReadOnly ? { isReadOnly } : {}), ...(savepoints === undefined ? {} : { savepoints }) };
  return { profile: { name, environment, connection: kept, ...settings }, removed };
}

/** What is wrong with a profile's name; undefined for a good one. */
export function nameFault(name: string): string | undefined {
  if (name.trim() === '') return 'a profile needs a name';
  if (name !== name.trim()) return `profile name "${name}" must not begin or end with a blank`;
  if (name.length > longestName) return `profile name "${name}" is longer than ${longestName} characters`;
  // Names stand in titles, lists and the status line.
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name) ? 'a profile name must not hold control characters' : undefined;
}

export function isEnvironment(text: string): text is Environment {
  return environments.some((environment) => environment === text);
}

export function isSavepointSetting(text: string): text is SavepointSetting {
  return savepointSettings.some((setting) => setting === text);
}

/** A profile read from a file; undefined for anything that is none, a smuggled secret included. */
export function readProfile(value: unknown): Profile | undefined {
  const { name, environment, connection, isReadOnly = false, savepoints } = (value ?? {}) as Partial<Record<keyof Profile, unknown>>;
  if (typeof name !== 'string' || nameFault(name) !== undefined) return undefined;
  if (typeof environment !== 'string' || !isEnvironment(environment)) return undefined;
  if (typeof connection !== 'object' || connection === null || Array.isArray(connection)) return undefined;
  // Taken for writable, one that cannot be read would do harm.
  if (typeof isReadOnly !== 'boolean') return undefined;
  if (savepoints !== undefined && !(typeof savepoints === 'string' && isSavepointSetting(savepoints))) return undefined;
  const entries = Object.entries(connection);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return undefined;
  const { profile, removed } = newProfile(name, environment, entries, isReadOnly, savepoints);
  return removed.length > 0 ? undefined : profile;
}

/** Whether two profiles say the same, whatever the order of their keywords. */
export function sameProfile(a: Profile, b: Profile): boolean {
  const flat = ({ name, environment, connection, isReadOnly = false, savepoints }: Profile) =>
    JSON.stringify([name, environment, Object.entries(connection).sort(), isReadOnly, savepoints]);
  return flat(a) === flat(b);
}

import { isEnvironment, newProfile, type Profile } from '../profiles/profile.ts';
import { openProfileStore, type ProfileStore } from '../profiles/profile-store.ts';
import { formatConninfo, isConnectionString, parseConnectionString } from '../server/conninfo.ts';
import { openSession } from '../server/open-session.ts';
import { processFiles, resolveFromProcess } from '../server/resolve-process.ts';
import { serviceNames } from '../server/service-file.ts';
import { appPaths, homeFolder } from '../system/paths.ts';
import type { PickerEntry, ProfileFields } from './picker.ts';

/** Saved profiles, as the picker edits them. */
export class ProfileKeeper {
  #store: ProfileStore | undefined;

  async list(): Promise<readonly Profile[]> {
    return (await (await this.#open()).list()).profiles;
  }

  async get(name: string): Promise<Profile | undefined> {
    return await (await this.#open()).get(name);
  }

  /** Saves what the form holds; one sentence where that cannot be. Secrets in the connection are taken out. */
  async save(fields: ProfileFields, replaces: string | undefined): Promise<string | undefined> {
    const parsed = isConnectionString(fields.connection)
      ? parseConnectionString(fields.connection)
      : { ok: true as const, values: new Map(fields.connection === '' ? [] : [['dbname', fields.connection]]) };
    if (!parsed.ok) return parsed.text;
    const environment = isEnvironment(fields.environment) ? fields.environment : 'development';
    const { profile } = newProfile(fields.name, environment, parsed.values, fields.isReadOnly, fields.savepoints || undefined);
    const store = await this.#open();
    const was = replaces === undefined ? undefined : await store.get(replaces);
    const outcome = was === undefined ? await store.create(profile) : await store.edit(was, profile);
    return outcome.ok ? undefined : outcome.text;
  }

  async remove(name: string): Promise<string | undefined> {
    const outcome = await (await this.#open()).remove(name);
    return outcome.ok ? undefined : outcome.text;
  }

  async #open(): Promise<ProfileStore> {
    this.#store ??= openProfileStore((await appPaths()).config);
    return this.#store;
  }
}

/** What there is to connect to, told as it is found: at once what needs no asking, then the server of this machine. */
export async function detectEntries(profiles: ProfileKeeper, tell: (entries: readonly PickerEntry[]) => void): Promise<void> {
  const saved = (await profiles.list()).map(savedEntry);
  const found = [practiceEntry, ...environmentEntries(), ...serviceEntries()];
  tell([...saved, ...found, newEntry]);
  if (await answersLocally()) tell([...saved, practiceEntry, localEntry, ...found.slice(1), newEntry]);
}

const practiceEntry: PickerEntry = {
  id: 'practice',
  label: 'Practice database',
  about: 'vendorpay, built in, nothing to install',
  origin: '',
  start: { type: 'start', start: { type: 'practice' } },
};

const localEntry: PickerEntry = {
  id: 'local',
  label: 'localhost:5432',
  about: 'a server answers there',
  origin: '',
  start: { type: 'conninfo', conninfo: 'host=localhost port=5432' },
};

const newEntry: PickerEntry = { id: 'new', label: 'New profile …', about: '', origin: '', start: undefined };

function savedEntry(profile: Profile): PickerEntry {
  const { name, environment, connection, isReadOnly = false, savepoints = '' } = profile;
  const conninfo = formatConninfo(new Map(Object.entries(connection)));
  const { user, host = 'localhost', dbname, service } = connection;
  const about =
    service === undefined
      ? `${user === undefined ? '' : `${user}@`}${host}${dbname === undefined ? '' : `/${dbname}`}`
      : `service ${service}`;
  return {
    id: `profile:${name}`,
    label: name,
    about,
    origin: isReadOnly ? `${environment}, read-only` : environment,
    start: { type: 'conninfo', conninfo: conninfo === '' ? 'host=localhost' : conninfo, profile: name },
    profile: { name, connection: conninfo, environment, isReadOnly, savepoints },
  };
}

function environmentEntries(): readonly PickerEntry[] {
  const url = process.env.DATABASE_URL;
  if (url === undefined || url === '') return [];
  const parsed = parseConnectionString(url);
  const values = parsed.ok ? parsed.values : new Map<string, string>();
  const about = parsed.ok ? `${values.get('user') ?? ''}@${values.get('host') ?? 'localhost'}/${values.get('dbname') ?? ''}` : parsed.text;
  return [{ id: 'DATABASE_URL', label: 'DATABASE_URL', about, origin: 'from the environment', start: { type: 'conninfo', conninfo: url } }];
}

function serviceEntries(): readonly PickerEntry[] {
  const path = process.env.PGSERVICEFILE ?? `${homeFolder()}/.pg_service.conf`;
  return serviceNames(processFiles.readTextFile(path) ?? '').map((name) => ({
    id: `service:${name}`,
    label: `service "${name}"`,
    about: '',
    origin: 'from the service file',
    start: { type: 'conninfo', conninfo: formatConninfo(new Map([['service', name]])) },
  }));
}

/** Whether something that speaks PostgreSQL listens on this machine: it may refuse us, but not the connection. */
async function answersLocally(): Promise<boolean> {
  const resolved = resolveFromProcess({ database: 'host=localhost port=5432 connect_timeout=2' });
  if (!resolved.ok) return false;
  const outcome = await openSession({ ...resolved.target, connectTimeout: 2 }, { programName: 'howdah' });
  if (!outcome.ok) return outcome.kind === 'server' || outcome.kind === 'password-needed';
  await outcome.session.close();
  return true;
}

import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../system/atomic-file.ts';
import { lockFile } from '../system/file-lock.ts';
import { ensurePrivateFolder } from '../system/paths.ts';
import { nameFault, type Profile, readProfile, sameProfile } from './profile.ts';

export type StoreOutcome =
  | { readonly ok: true; readonly warning?: string }
  /** One sentence, and nothing was changed. */
  | { readonly ok: false; readonly text: string };

export interface ProfileList {
  /** In the order in which they were made. */
  readonly profiles: readonly Profile[];
  /** One sentence when the file was damaged. */
  readonly warning?: string;
}

export type ProfileTest =
  | { readonly ok: true; readonly summary: string }
  | { readonly ok: false; readonly text: string; readonly advice?: string };

/** Opens a connection as the profile says, and closes it. */
export type ProfileConnect = (profile: Profile) => Promise<ProfileTest>;

export interface ProfileStore {
  readonly path: string;
  list(): Promise<ProfileList>;
  get(name: string): Promise<Profile | undefined>;
  create(profile: Profile): Promise<StoreOutcome>;
  /** Replaces `was`; refused when another process changed it meanwhile. The new one may have another name. */
  edit(was: Profile, profile: Profile): Promise<StoreOutcome>;
  rename(from: string, to: string): Promise<StoreOutcome>;
  remove(name: string): Promise<StoreOutcome>;
  test(name: string, connect: ProfileConnect): Promise<ProfileTest>;
}

const configName = 'profiles';
const lockWait = 10_000;

type Change = (profiles: readonly Profile[]) => readonly Profile[] | string;

/** The profiles of the configuration folder, shared with other processes: every change reads, changes and writes under one lock. */
export function openProfileStore(folder: string): ProfileStore {
  const path = join(folder, `${configName}.json`);
  const change = (how: Change) => changeProfiles(folder, path, how);
  const list = () => listProfiles(path);
  const get = async (name: string) => (await list()).profiles.find((profile) => profile.name === name);
  return {
    path,
    list,
    get,
    create: (profile) => change((profiles) => nameFault(profile.name) ?? nameTaken(profiles, profile.name) ?? [...profiles, profile]),
    edit: (was, profile) => change((profiles) => replaceProfile(profiles, was, profile)),
    rename: (from, to) =>
      change((profiles) => {
        const found = profiles.find(({ name }) => name === from);
        return found === undefined ? noProfile(from) : replaceProfile(profiles, found, { ...found, name: to });
      }),
    remove: (name) =>
      change((profiles) =>
        profiles.some((profile) => profile.name === name) ? profiles.filter((profile) => profile.name !== name) : noProfile(name),
      ),
    async test(name, connect) {
      const profile = await get(name);
      return profile === undefined ? { ok: false, text: noProfile(name) } : await connect(profile);
    },
  };
}

export function noProfile(name: string): string {
  return `there is no profile "${name}"`;
}

function nameTaken(profiles: readonly Profile[], name: string): string | undefined {
  return profiles.some((profile) => profile.name === name) ? `there is a profile "${name}" already` : undefined;
}

function replaceProfile(profiles: readonly Profile[], was: Profile, profile: Profile): readonly Profile[] | string {
  const found = profiles.find(({ name }) => name === was.name);
  if (found === undefined) return noProfile(was.name);
  if (!sameProfile(found, was)) return `profile "${was.name}" was changed elsewhere meanwhile: look at it again`;
  const fault = nameFault(profile.name) ?? (profile.name === was.name ? undefined : nameTaken(profiles, profile.name));
  return fault ?? profiles.map((other) => (other === found ? profile : other));
}

interface ReadProfiles {
  readonly profiles: readonly Profile[];
  readonly isDamaged: boolean;
}

/** Without the lock: the file is replaced in one step, so what is read is whole. Throws where it cannot be read. */
async function readProfiles(path: string): Promise<ReadProfiles> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { profiles: [], isDamaged: false };
    throw error;
  }
  try {
    const { profiles = [] } = JSON.parse(text) as { readonly profiles?: unknown };
    if (!Array.isArray(profiles)) return { profiles: [], isDamaged: true };
    const read = profiles.map(readProfile);
    const good = read.filter((profile) => profile !== undefined);
    return { profiles: good, isDamaged: good.length < read.length };
  } catch {
    return { profiles: [], isDamaged: true };
  }
}

async function listProfiles(path: string): Promise<ProfileList> {
  try {
    const { profiles, isDamaged } = await readProfiles(path);
    if (!isDamaged) return { profiles };
    return { profiles, warning: `${path} is damaged: what can be read is used, and the file is kept aside before anything is saved` };
  } catch (error) {
    return { profiles: [], warning: `cannot read the profiles: ${(error as Error).message}` };
  }
}

async function changeProfiles(folder: string, path: string, how: Change): Promise<StoreOutcome> {
  if (!ensurePrivateFolder(folder)) return { ok: false, text: `cannot save the profile: ${folder} cannot be written` };
  // 140 ms to load, which nobody shall wait for at the lock; only whoever saves pays it.
  const { default: Conf } = await import('conf');
  const lock = await lockFile(path, { wait: lockWait });
  if (!lock.ok) return { ok: false, text: `cannot save the profile: ${lock.text}` };
  try {
    const { profiles, isDamaged } = await readProfiles(path);
    const changed = how(profiles);
    if (typeof changed === 'string') return { ok: false, text: changed };
    const warning = isDamaged ? await keepAside(path, profiles) : undefined;
    writeProfiles(Conf, folder, changed);
    return warning === undefined ? { ok: true } : { ok: true, warning };
  } catch (error) {
    return { ok: false, text: `cannot save the profile: ${(error as Error).message}` };
  } finally {
    await lock.release();
  }
}

/** Keeps a copy of a damaged file, and leaves one with its readable profiles in its place for conf to go on with. */
async function keepAside(path: string, readable: readonly Profile[]): Promise<string> {
  const aside = `${path}.corrupt-${new Date().toISOString().replaceAll(':', '-')}`;
  await copyFile(path, aside);
  await writeFileAtomic(path, JSON.stringify({ profiles: readable }));
  return `${path} was damaged: it is kept as ${aside}`;
}

function writeProfiles(Conf: typeof import('conf').default, folder: string, profiles: readonly Profile[]): void {
  const conf = new Conf<{ profiles: readonly Profile[] }>({
    projectName: 'howdah',
    projectSuffix: '',
    cwd: folder,
    configName,
    configFileMode: 0o600,
    clearInvalidConfig: false,
  });
  conf.set('profiles', profiles);
}

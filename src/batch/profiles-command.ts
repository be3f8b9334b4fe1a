import { parseArgs } from 'node:util';
import {
  type Environment,
  environments,
  isEnvironment,
  isSavepointSetting,
  newProfile,
  type Profile,
  savepointSettings,
} from '../profiles/profile.ts';
import { noProfile, type ProfileConnect, type ProfileStore, type StoreOutcome } from '../profiles/profile-store.ts';
import { storeOption } from '../server/connection-options.ts';
import { formatConninfo, isConnectionString, parseConnectionString } from '../server/conninfo.ts';

export interface ProfilesIo {
  readonly store: ProfileStore;
  readonly connect: ProfileConnect;
  readonly programName: string;
  /** Whole lines, newline included. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** Makes text of a file fit for a terminal; as it is where output goes elsewhere. */
  visible?(text: string): string;
}

const done = 0;
const failed = 1;
// psql's exit code for a connection that went bad.
const connectionFailed = 2;

/** `howdah profiles …`; resolves with the exit code. */
export async function runProfilesCommand(args: readonly string[], io: ProfilesIo): Promise<number> {
  const [command = 'list', ...rest] = args;
  const action = Object.hasOwn(actions, command) ? actions[command] : undefined;
  if (action === undefined) return complain(io, `unknown command "profiles ${command}"`, `Try "${io.programName} profiles help".`);
  return await action(rest, io);
}

type Action = (args: readonly string[], io: ProfilesIo) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {
  list,
  show,
  add,
  edit,
  remove,
  test,
  path: async (_args, io) => print(io, `${io.store.path}\n`),
  help: async (_args, io) => print(io, usage(io.programName)),
  '--help': async (_args, io) => print(io, usage(io.programName)),
};

async function list(_args: readonly string[], io: ProfilesIo): Promise<number> {
  const { profiles, warning } = await io.store.list();
  if (warning !== undefined) warn(io, warning);
  if (profiles.length === 0)
    io.stderr(`No profiles yet. Save one with: ${io.programName} profiles add NAME postgresql://user@host/database\n`);
  const rows = profiles.map((profile) => {
    const environment = profile.isReadOnly === true ? `${profile.environment}, read-only` : profile.environment;
    return [profile.name, environment, connectionText(profile)] as const;
  });
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map(
    ([name, environment, connection]) => `${name.padEnd(widths[0] ?? 0)}  ${environment.padEnd(widths[1] ?? 0)}  ${connection}`,
  );
  return print(io, lines.map((line) => `${line.trimEnd()}\n`).join(''));
}

async function show(args: readonly string[], io: ProfilesIo): Promise<number> {
  const profile = await findProfile(args, io, 'show');
  if (profile === undefined) return failed;
  const rows = [
    ['name', profile.name],
    ['environment', profile.environment],
    ...readOnlyRow(profile),
    ...(profile.savepoints === undefined ? [] : [['savepoints', profile.savepoints]]),
    ...Object.entries(profile.connection),
  ];
  return print(io, rows.map(([key, value]) => `${key}: ${value}\n`).join(''));
}

function readOnlyRow({ isReadOnly = false }: Profile): readonly (readonly [string, string])[] {
  return isReadOnly ? [['read-only', 'yes']] : [];
}

async function add(args: readonly string[], io: ProfilesIo): Promise<number> {
  const request = readRequest(args);
  if (typeof request === 'string') return complain(io, request);
  const { name, profile, removed } = request.applyTo({ name: '', environment: 'development', connection: {} });
  if (name === undefined) return complain(io, 'profiles add: a name is missing', `Usage: ${io.programName} profiles add NAME URI`);
  const outcome = await io.store.create({ ...profile, name });
  return report(io, outcome, removed, `Profile "${name}" is saved.\n`);
}

async function edit(args: readonly string[], io: ProfilesIo): Promise<number> {
  const request = readRequest(args);
  if (typeof request === 'string') return complain(io, request);
  const was = await findProfile(request.name === undefined ? [] : [request.name], io, 'edit');
  if (was === undefined) return failed;
  const { profile, removed } = request.applyTo(was);
  return report(io, await io.store.edit(was, profile), removed, `Profile "${profile.name}" is saved.\n`);
}

async function remove(args: readonly string[], io: ProfilesIo): Promise<number> {
  const [name] = args;
  if (name === undefined) return complain(io, 'profiles remove: a name is missing');
  return report(io, await io.store.remove(name), [], `Profile "${name}" is removed.\n`);
}

async function test(args: readonly string[], io: ProfilesIo): Promise<number> {
  const profile = await findProfile(args, io, 'test');
  if (profile === undefined) return failed;
  const outcome = await io.connect(profile);
  if (outcome.ok) return print(io, `${outcome.summary}\n`);
  complain(io, outcome.text, outcome.advice);
  return connectionFailed;
}

interface ProfileRequest {
  /** The first argument. */
  readonly name: string | undefined;
  applyTo(was: Profile): { readonly name: string | undefined; readonly profile: Profile; readonly removed: readonly string[] };
}

const flags = {
  host: { type: 'string', short: 'h' },
  port: { type: 'string', short: 'p' },
  username: { type: 'string', short: 'U' },
  dbname: { type: 'string', short: 'd' },
  sslmode: { type: 'string' },
  environment: { type: 'string', short: 'e' },
  set: { type: 'string', multiple: true },
  unset: { type: 'string', multiple: true },
  name: { type: 'string' },
  'read-only': { type: 'boolean' },
  'read-write': { type: 'boolean' },
  savepoints: { type: 'string' },
} as const;

/** What `add` and `edit` were told; a sentence where it makes no sense. */
function readRequest(args: readonly string[]): ProfileRequest | string {
  let parsed: ReturnType<typeof parseFlags>;
  try {
    parsed = parseFlags(args);
  } catch (error) {
    // Its first sentence names the option; the rest is about "--" and of no use here.
    return ((error as Error).message.split('. ')[0] ?? '').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  }
  const { values, positionals } = parsed;
  const [name, text, extra] = positionals;
  if (extra !== undefined) return `extra argument "${extra}": a profile takes a name and one connection string`;
  const { environment } = values;
  if (environment !== undefined && !isEnvironment(environment))
    return `invalid environment "${environment}": use ${environments.join(', ')}`;
  const { 'read-only': isReadOnly, 'read-write': isWritable = false } = values;
  if (isReadOnly === true && isWritable) return 'a profile is either --read-only or --read-write';
  const { savepoints } = values;
  if (savepoints !== undefined && !isSavepointSetting(savepoints))
    return `invalid savepoints "${savepoints}": use ${savepointSettings.join(', ')}`;
  const given = readConnection(text, values);
  if (typeof given === 'string') return given;
  return {
    name,
    applyTo(was) {
      // A whole connection string replaces the old connection; options change it.
      const kept = Object.entries(text === undefined ? was.connection : {}).filter(([keyword]) => !values.unset?.includes(keyword));
      const merged = new Map([...kept, ...given]);
      const readsOnly = isReadOnly ?? (was.isReadOnly === true && !isWritable);
      return {
        name,
        ...newProfile(
          values.name ?? was.name,
          (environment as Environment | undefined) ?? was.environment,
          merged,
          readsOnly,
          savepoints ?? was.savepoints,
        ),
      };
    },
  };
}

function parseFlags(args: readonly string[]) {
  return parseArgs({ args: [...args], options: flags, allowPositionals: true });
}

function readConnection(text: string | undefined, values: ReturnType<typeof parseFlags>['values']): ReadonlyMap<string, string> | string {
  const connection = new Map<string, string>();
  for (const string of [text, values.dbname]) {
    if (string === undefined) continue;
    if (!isConnectionString(string)) {
      connection.set('dbname', string);
      continue;
    }
    const parsed = parseConnectionString(string);
    if (!parsed.ok) return parsed.text;
    for (const [keyword, value] of parsed.values) connection.set(keyword, value);
  }
  if (values.host !== undefined) connection.set('host', values.host);
  if (values.port !== undefined) connection.set('port', values.port);
  if (values.username !== undefined) connection.set('user', values.username);
  if (values.sslmode !== undefined) connection.set('sslmode', values.sslmode);
  for (const setting of values.set ?? []) {
    const [, keyword = '', value = ''] = /^([^=]*)=(.*)$/s.exec(setting) ?? [];
    if (!setting.includes('=')) return `--set takes keyword=value, not "${setting}"`;
    if (!storeOption(connection, keyword, value)) return `invalid connection option "${keyword}"`;
  }
  return connection;
}

async function findProfile(args: readonly string[], io: ProfilesIo, command: string): Promise<Profile | undefined> {
  const [name] = args;
  if (name === undefined) {
    complain(io, `profiles ${command}: a name is missing`);
    return undefined;
  }
  const { profiles, warning } = await io.store.list();
  if (warning !== undefined) warn(io, warning);
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) complain(io, noProfile(name), `See them all with "${io.programName} profiles list".`);
  return found;
}

function connectionText(profile: Profile): string {
  return formatConninfo(new Map(Object.entries(profile.connection)));
}

function report(io: ProfilesIo, outcome: StoreOutcome, removed: readonly string[], text: string): number {
  if (!outcome.ok) return complain(io, outcome.text);
  if (outcome.warning !== undefined) warn(io, outcome.warning);
  if (removed.includes('password')) {
    warn(io, 'the password was not saved: keep it in ~/.pgpass or PGPASSWORD, or type it when asked');
  }
  const others = removed.filter((keyword) => keyword !== 'password');
  if (others.length > 0) warn(io, `not saved, being secret: ${others.join(', ')}`);
  return print(io, text);
}

function print(io: ProfilesIo, text: string): number {
  io.stdout(io.visible === undefined ? text : text.split('\n').map(io.visible).join('\n'));
  return done;
}

function warn(io: ProfilesIo, text: string): void {
  io.stderr(`${io.programName}: warning: ${text}\n`);
}

function complain(io: ProfilesIo, text: string, advice?: string): number {
  io.stderr(`${io.programName}: error: ${text}\n`);
  if (advice !== undefined) io.stderr(`${advice}\n`);
  return failed;
}

function usage(programName: string): string {
  return `Usage: ${programName} profiles [COMMAND]

  list                        all profiles (the default)
  show NAME                   one profile
  add NAME URI|KEY=VALUE…     save a connection; or by options, as below
  edit NAME [URI] [OPTION]…   change it
  remove NAME                 delete it
  test NAME                   connect, say what answered, disconnect
  path                        the file they are kept in

Options of add and edit:
  -h, --host=HOST  -p, --port=PORT  -U, --username=NAME  -d, --dbname=NAME  --sslmode=MODE
  -e, --environment=development|staging|production
  --read-only  --read-write (edit)  --savepoints=off|last|every
  --set KEYWORD=VALUE  --unset KEYWORD  --name NEWNAME (edit)

Passwords are never saved.
`;
}

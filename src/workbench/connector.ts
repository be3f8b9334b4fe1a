import type { ConnectRequest } from '../commands/control-context.ts';
import type { Profile, SavepointSetting } from '../profiles/profile.ts';
import { openSession } from '../server/open-session.ts';
import { resolveFromProcess } from '../server/resolve-process.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import type { ConnectionTarget } from '../server/target.ts';
import { untrusted } from '../text/untrusted.ts';
import type { Environment, SessionFacts } from './connection.ts';

export interface ConnectorHost {
  readonly programName: string;
  /** -w, -W, or as the server wants. */
  readonly passwords: 'never' | 'always' | 'when-needed';
  askPassword(prompt: string): Promise<string | undefined>;
  /** What libpq says on standard error while it connects. */
  warn(line: string): void;
  /** Passwords that were given and worked, by user, host and port: kept in memory, never elsewhere. */
  readonly remembered: Map<string, string>;
}

/** A target and what the status line calls it. */
export interface Destination {
  readonly label: string;
  readonly profile: string | undefined;
  readonly environment: Environment | undefined;
  readonly isReadOnly: boolean;
  /** What its profile sets; undefined: nothing. */
  readonly savepoints: SavepointSetting | undefined;
  /** `beside`: at the very server of this session, where a target names several. */
  readonly open: (signal: AbortSignal, beside?: Session) => Promise<ConnectOutcome>;
}

/** Opens a session at a server; a sentence where the target makes no sense. */
export function serverDestination(host: ConnectorHost, target: ConnectionTarget, profile?: Profile): Destination {
  const [first] = target.hosts;
  return {
    label: `${target.user}@${first?.host ?? 'localhost'}/${target.database}`,
    profile: profile?.name,
    environment: profile?.environment,
    isReadOnly: profile?.isReadOnly === true,
    savepoints: profile?.savepoints,
    open: (signal, beside) => open(host, target, signal, beside),
  };
}

function narrowed(target: ConnectionTarget, { info }: Session): ConnectionTarget {
  const hosts = target.hosts.filter((one) => one.host === info.host && one.port === info.port);
  return hosts.length === 0 ? target : { ...target, hosts, targetSessionAttrs: 'any' };
}

async function open(host: ConnectorHost, target: ConnectionTarget, signal?: AbortSignal, beside?: Session): Promise<ConnectOutcome> {
  const key = JSON.stringify([target.user, ...target.hosts.map(({ host: name, port }) => [name, port])]);
  const password = target.password ?? host.remembered.get(key);
  let given = password;
  const asked: ConnectorHost = {
    ...host,
    askPassword: async (prompt) => {
      given = await host.askPassword(prompt);
      return given;
    },
  };
  const there = beside === undefined ? target : narrowed(target, beside);
  const outcome = await openAsked(asked, password === undefined ? there : { ...there, password }, signal);
  if (outcome.ok && given !== undefined) host.remembered.set(key, given);
  else if (!outcome.ok) host.remembered.delete(key);
  return outcome;
}

async function openAsked(host: ConnectorHost, target: ConnectionTarget, signal?: AbortSignal): Promise<ConnectOutcome> {
  const options = { programName: host.programName, warn: (line: string) => host.warn(line), ...(signal && { signal }) };
  if (host.passwords === 'never') return await openSession(target, options);
  const askPassword = (prompt: string) => host.askPassword(prompt);
  if (host.passwords === 'when-needed' || target.password !== undefined) return await openSession(target, { ...options, askPassword });
  const password = await askPassword(`Password for user ${target.user}: `);
  return await openSession(password === undefined ? target : { ...target, password }, options);
}

/** A conninfo string, URI or database name, resolved as psql resolves its first argument. */
export function conninfoDestination(host: ConnectorHost, conninfo: string, profile: Profile | undefined): Destination | string {
  const resolved = resolveFromProcess({ database: conninfo, clientEncoding: 'UTF8' }, host.programName);
  return resolved.ok ? serverDestination(host, resolved.target, profile) : resolved.text;
}

/** What the status line says of a session. */
export function sessionFacts(
  session: Session,
  { profile, environment, isReadOnly }: Pick<Destination, 'profile' | 'environment' | 'isReadOnly'>,
): SessionFacts {
  const { user, host, database, security } = session.info;
  const version = shortVersion(session.parameters.get('server_version') ?? '');
  return { profile, environment, user, host, database, security, version, ...(isReadOnly ? { readOnly: 'transaction' } : {}) };
}

/** `15.18 (Debian 15.18-1)` is 15.18. */
function shortVersion(version: string): string {
  return /^\S+/.exec(version)?.[0] ?? version;
}

/** \c: what is not said is taken from the session before it, where the request wants that, else from the environment. */
export async function connectByCommand(host: ConnectorHost, request: ConnectRequest): Promise<ConnectOutcome> {
  if (request.previous?.info.security === 'embedded') {
    const { reconnectPractice, staysInPractice } = await import('../practice/reconnect-practice.ts');
    if (staysInPractice(request)) return await reconnectPractice(request.previous, request, host.programName);
  }
  const previous = request.reusePrevious && request.previous?.info.security !== 'embedded' ? request.previous?.info : undefined;
  const isElsewhere = previous !== undefined && request.host !== undefined && request.host !== previous.host;
  const asked = {
    host: request.host ?? previous?.host,
    port: request.port ?? (isElsewhere || previous === undefined ? undefined : String(previous.port)),
    user: request.user ?? previous?.user,
    database: request.database ?? previous?.database,
  };
  const options = Object.fromEntries(Object.entries(asked).filter((entry) => entry[1] !== undefined));
  const resolved = resolveFromProcess({ ...options, clientEncoding: 'UTF8' }, host.programName);
  if (!resolved.ok) return { ok: false, text: untrusted(resolved.text), kind: 'bad-target' };
  return await open(host, resolved.target);
}

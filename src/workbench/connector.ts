import type { ConnectRequest } from '../commands/control-context.ts';
import { openSession } from '../server/open-session.ts';
import { resolveFromProcess } from '../server/resolve-process.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import type { ConnectionTarget } from '../server/target.ts';
import { untrusted } from '../text/untrusted.ts';
import type { Environment, SessionFacts } from './connection.ts';
import type { PickerStart } from './picker.ts';

export interface ConnectorHost {
  readonly programName: string;
  askPassword(prompt: string): Promise<string | undefined>;
}

/** A target and what the status line calls it. */
export interface Destination {
  readonly label: string;
  readonly profile: string | undefined;
  readonly environment: Environment | undefined;
  readonly open: (signal: AbortSignal) => Promise<ConnectOutcome>;
}

/** Opens a session at a server; a sentence where the target makes no sense. */
export function serverDestination(host: ConnectorHost, target: ConnectionTarget, profile?: string, environment?: Environment): Destination {
  const [first] = target.hosts;
  return {
    label: `${target.user}@${first?.host ?? 'localhost'}/${target.database}`,
    profile,
    environment,
    open: (signal) => openSession(target, { programName: host.programName, askPassword: (prompt) => host.askPassword(prompt), signal }),
  };
}

/** A conninfo string, URI or database name, resolved as psql resolves its first argument. */
export function conninfoDestination(
  host: ConnectorHost,
  { conninfo, profile }: Extract<PickerStart, { type: 'conninfo' }>,
  environment: Environment | undefined,
): Destination | string {
  const resolved = resolveFromProcess({ database: conninfo, clientEncoding: 'UTF8' }, host.programName);
  return resolved.ok ? serverDestination(host, resolved.target, profile, environment) : resolved.text;
}

/** What the status line says of a session. */
export function sessionFacts(session: Session, profile: string | undefined, environment: Environment | undefined): SessionFacts {
  const { user, host, database, security } = session.info;
  return { profile, environment, user, host, database, security, version: shortVersion(session.parameters.get('server_version') ?? '') };
}

/** `15.18 (Debian 15.18-1)` is 15.18. */
function shortVersion(version: string): string {
  return /^\S+/.exec(version)?.[0] ?? version;
}

/** A profile's keywords as a conninfo string, values quoted. */
export function conninfoOf(connection: Readonly<Record<string, string>>): string {
  return Object.entries(connection)
    .map(([keyword, value]) => `${keyword}='${value.replace(/[\\']/g, '\\$&')}'`)
    .join(' ');
}

/** \c: what is not said is taken from the session before it, where the request wants that, else from the environment. */
export async function connectByCommand(host: ConnectorHost, request: ConnectRequest): Promise<ConnectOutcome> {
  const previous = request.reusePrevious ? request.previous?.info : undefined;
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
  return await openSession(resolved.target, { programName: host.programName, askPassword: (prompt) => host.askPassword(prompt) });
}

import type { ConnectRequest } from '../commands/control-context.ts';
import { resolveFromProcess } from '../server/resolve-process.ts';
import type { ConnectOutcome } from '../server/session.ts';
import type { ConnectionTarget } from '../server/target.ts';

/** \c's target: what is not named comes from the connection there is, all its parameters; the password only for the same user and server. */
export function requestedTarget(
  request: ConnectRequest,
  reached: ConnectionTarget | undefined,
  programName: string,
): ConnectionTarget | Extract<ConnectOutcome, { ok: false }> {
  const old = request.reusePrevious ? reached : undefined;
  const host = request.host ?? old?.hosts[0]?.host;
  const port = request.port ?? old?.hosts[0]?.port.toString();
  const user = request.user ?? old?.user;
  const database = request.database ?? old?.database;
  const resolved = resolveFromProcess(
    {
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(user === undefined ? {} : { user }),
      ...(database === undefined ? {} : { database }),
    },
    programName,
  );
  if (!resolved.ok) return { ok: false, kind: 'bad-target', text: resolved.text as never };
  const { target } = resolved;
  if (old === undefined) return target;
  // A conninfo string may name servers of its own.
  const isPlaceNamed = request.host !== undefined || request.port !== undefined || request.isConninfo === true;
  const hosts = isPlaceNamed ? target.hosts : old.hosts;
  const isSame = old.user === target.user && JSON.stringify(old.hosts) === JSON.stringify(hosts);
  const { password: oldPassword, ...kept } = old;
  const password = isSame ? oldPassword : target.password;
  return {
    ...(request.isConninfo === true ? { ...kept, ...target } : kept),
    hosts,
    user: target.user,
    database: target.database,
    ...(password === undefined ? {} : { password }),
  };
}

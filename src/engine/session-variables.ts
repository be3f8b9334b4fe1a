import type { VariableAccess } from '../commands/context.ts';
import type { Session } from '../server/session.ts';
import { PipelineCounts } from './pipeline/pipeline-counts.ts';

/** DBNAME and its kin say what the session is (psql's SyncVariables); without one they are unset. */
export function followSession(variables: VariableAccess, session: Session | undefined): void {
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) variables.unset(name);
    else variables.set(name, value);
  };
  set('DBNAME', session?.info.database);
  set('USER', session?.info.user);
  set('HOST', session?.info.host);
  set('PORT', session === undefined ? undefined : String(session.info.port));
  set('ENCODING', session?.parameters.get('client_encoding'));
  set('SERVER_VERSION_NAME', session?.parameters.get('server_version'));
  set('SERVER_VERSION_NUM', session === undefined ? undefined : String(session.versionNumber));
  // What psql 18 has from the start, where it leads to a server of its own version. Elsewhere the first pipeline sets its counts.
  const isOf18 = hasVariablesOf18(session);
  set('SERVICE', isOf18 ? session?.info.service : undefined);
  if (isOf18 && variables.get('WATCH_INTERVAL') === undefined) variables.unset('WATCH_INTERVAL');
  if (isOf18 || variables.get('PIPELINE_SYNC_COUNT') !== undefined) new PipelineCounts().show(variables);
}

/** Whether the server's own psql has the variables that came with 18. */
export function hasVariablesOf18(session: Session | undefined): boolean {
  return (session?.versionNumber ?? 0) >= 180_000;
}

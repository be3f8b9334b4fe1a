import type { CatalogRows } from '../commands/context.ts';
import { rowTexts } from '../result/row-texts.ts';
import type { ServerError } from '../result/server-error.ts';
import type { StatementRequest } from '../server/session.ts';
import { encodeLossless } from '../text/lossless.ts';
import type { Untrusted } from '../text/untrusted.ts';
import type { EngineState } from './engine-state.ts';
import { refusesInPipeline } from './pipeline/send-piped.ts';

/** psql's PSQLexec: a query of a meta-command's own, shown first under ECHO_HIDDEN. undefined: it failed, or is not to run, and that was said. */
export async function runCatalogQuery(state: EngineState, sql: string): Promise<CatalogRows | undefined> {
  state.command?.add(sql);
  if (!(await echoHidden(state, sql))) return undefined;
  return await collect(state, { sql, isOwn: true }, (error) => {
    state.lastError = { error, sql };
    state.serverMessage(error, sql);
  });
}

/** The same with the error in psql's short form (minimal_error_message). */
export async function runLookUp(state: EngineState, sql: string): Promise<CatalogRows | undefined> {
  state.command?.add(sql);
  if (!(await echoHidden(state, sql))) return undefined;
  return await collect(state, { sql, isOwn: true }, ({ severity, message }) => state.complain(`${severity}:  ${message}\n`));
}

/** A call that stands for one of libpq's function calls: neither echoed nor kept for \errverbose. */
export function callServer(state: EngineState, sql: string, parameters: readonly string[]): Promise<CatalogRows | undefined> {
  return collect(state, { sql, parameters }, (error) => state.serverMessage(error, undefined));
}

/** What the program itself wants to know, where only the person's own session can tell: not echoed, not listed. */
export function askOwnSession(state: EngineState, sql: string): Promise<CatalogRows | undefined> {
  return collect(state, { sql, isOwn: true }, (error) => state.serverMessage(error, sql));
}

/** False: there is no connection, or nothing is to run. */
async function echoHidden(state: EngineState, sql: string): Promise<boolean> {
  const { session, settings } = state;
  if (session === undefined) {
    state.complain('You are currently not connected to a database.');
    return false;
  }
  if (settings.echoHidden === 'off') return true;
  const text = `********* QUERY **********\n${sql}\n**************************\n\n`;
  await state.say(text);
  await state.face.standardOutput?.flush();
  await state.log?.write(encodeLossless(text));
  return settings.echoHidden !== 'noexec';
}

async function collect(
  state: EngineState,
  request: StatementRequest,
  onError: (error: ServerError) => void,
): Promise<CatalogRows | undefined> {
  const { session } = state;
  if (session === undefined || refusesInPipeline(state)) return undefined;
  let columns: string[] = [];
  const rows: (Untrusted | null)[][] = [];
  let isOk = true;
  for await (const event of session.run(request)) {
    switch (event.type) {
      case 'columns':
        columns = event.columns.map((column) => column.name);
        break;
      case 'rows':
        rows.push(...rowTexts(event.batch));
        break;
      case 'notice':
        state.serverMessage(event.notice, request.sql);
        break;
      case 'notification':
        state.notifications.push(event);
        break;
      case 'error':
        isOk = false;
        onError(event.error);
        break;
      case 'lost':
        isOk = false;
        state.connectionLost(event.reason);
        break;
      default:
        break;
    }
  }
  return isOk ? { columns, rows } : undefined;
}

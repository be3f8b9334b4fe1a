import type { CatalogRows } from '../commands/context.ts';
import { cellBytes } from '../result/row-batch.ts';
import { decodeLossless } from '../text/lossless.ts';
import type { Untrusted } from '../text/untrusted.ts';
import type { EngineState } from './engine-state.ts';

/** psql's PSQLexec: a query of a meta-command's own, shown first under ECHO_HIDDEN. undefined: it failed, or is not to run, and that was said. */
export async function runCatalogQuery(state: EngineState, sql: string): Promise<CatalogRows | undefined> {
  const { session, settings } = state;
  if (session === undefined) {
    state.complain('You are currently not connected to a database.');
    return undefined;
  }
  if (settings.echoHidden !== 'off') {
    await state.say(`********* QUERY **********\n${sql}\n**************************\n\n`);
    await state.face.standardOutput?.flush();
    if (settings.echoHidden === 'noexec') return undefined;
  }
  let columns: string[] = [];
  const rows: (Untrusted | null)[][] = [];
  let isOk = true;
  for await (const event of session.run({ sql })) {
    switch (event.type) {
      case 'columns':
        columns = event.columns.map((column) => column.name);
        break;
      case 'rows':
        for (let row = 0; row < event.batch.rowCount; row++) {
          rows.push(columns.map((_, column) => textOf(cellBytes(event.batch, row, column))));
        }
        break;
      case 'notice':
        state.serverMessage(event.notice, undefined);
        break;
      case 'notification':
        state.notifications.push(event);
        break;
      case 'error':
        isOk = false;
        state.lastError = { error: event.error, sql };
        state.serverMessage(event.error, sql);
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

function textOf(bytes: Buffer | null): Untrusted | null {
  return bytes === null ? null : decodeLossless(bytes);
}

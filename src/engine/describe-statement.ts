import type { SendMode } from '../commands/control-context.ts';
import type { Column } from '../result/column.ts';
import { quoteLiteral } from '../sql/quote.ts';
import type { EngineState } from './engine-state.ts';
import { setErrorVariables } from './result-variables.ts';
import { StatementRunner } from './statement-runner.ts';

/** \gdesc: the columns a statement would return; the server names their types. */
export async function describeStatement(state: EngineState, sql: string, mode: SendMode): Promise<boolean> {
  const { session } = state;
  if (session === undefined) return false;
  let columns: readonly Column[] = [];
  let isOk = true;
  for await (const event of session.run({ sql, describeOnly: true })) {
    if (event.type === 'columns') columns = event.columns;
    else if (event.type === 'notice') state.serverMessage(event.notice, sql);
    else if (event.type === 'lost') state.connectionLost(event.reason);
    else if (event.type === 'error') {
      isOk = false;
      state.lastError = { error: event.error, sql };
      state.serverMessage(event.error, sql);
      setErrorVariables(state.variables, event.error);
    }
  }
  if (!isOk && state.settings.echo === 'errors') state.inform(`STATEMENT:  ${sql}`);
  if (!isOk || state.session === undefined) return false;
  if (columns.length === 0) {
    await state.sayToOutput('The command has no result, or the result has no columns.\n');
    return true;
  }
  const rows = columns.map(({ name, typeOid, typeModifier }) => `(${quoteLiteral(name)}, '${typeOid}'::pg_catalog.oid, ${typeModifier})`);
  const query = `SELECT name AS "Column", pg_catalog.format_type(tp, tpm) AS "Type"\nFROM (VALUES ${rows.join(',')}) s(name, tp, tpm)`;
  return await new StatementRunner(state, mode.target === undefined ? {} : { target: mode.target }).run({ sql: query });
}

import type { SendMode } from '../commands/control-context.ts';
import { cellBytes } from '../result/row-batch.ts';
import { quoteSlashArgument } from '../sql/quote.ts';
import { decodeLossless } from '../text/lossless.ts';
import { makeCrosstab } from './crosstab.ts';
import type { EngineState } from './engine-state.ts';
import type { KeptRows } from './kept-rows.ts';
import { showTable } from './show-table.ts';

/** Sends one of \gexec's statements. */
export type SendGenerated = (sql: string) => Promise<boolean>;

/** What \gset, \gexec and \crosstabview do with the last result. undefined: it is shown as any other; false: failed and said why. */
export async function applyLastResult(
  state: EngineState,
  mode: SendMode,
  rows: KeptRows,
  sql: string,
  send?: SendGenerated,
): Promise<boolean | undefined> {
  if (mode.gset !== undefined) return storeRow(state, mode.gset.prefix, rows);
  if (mode.crosstab !== undefined) return await showCrosstab(state, mode, rows, sql);
  if (mode.gexec === true && send !== undefined) return await runGenerated(state, await statementsOf(rows), send);
  return undefined;
}

/** \gset: the one row becomes variables; NULL unsets. */
async function storeRow(state: EngineState, prefix: string, rows: KeptRows): Promise<boolean> {
  if (rows.rowCount !== 1) {
    state.complain(rows.rowCount === 0 ? 'no rows returned for \\gset' : 'more than one row returned for \\gset');
    return false;
  }
  let isOk = true;
  for await (const batch of rows.batches()) {
    for (const [index, column] of rows.columns.entries()) {
      const name = prefix + column.name;
      if (state.variables.isSpecial(name)) {
        state.warn(`attempt to \\gset into specially treated variable "${name}" ignored`);
        continue;
      }
      const bytes = cellBytes(batch, 0, index);
      if (!(bytes === null ? state.variables.unset(name) : state.variables.set(name, decodeLossless(bytes)))) {
        isOk = false;
        break;
      }
    }
  }
  return isOk;
}

async function showCrosstab(state: EngineState, mode: SendMode, rows: KeptRows, sql: string): Promise<boolean> {
  const options = { ...state.print, ...mode.print };
  const crosstab = await makeCrosstab(rows, mode.crosstab ?? [], options.null);
  if ('error' in crosstab) {
    state.complain(`\\crosstabview: ${crosstab.error}`);
    return false;
  }
  const table = { ...crosstab, options, ...(options.title === undefined ? {} : { title: options.title }) };
  // A semicolon alone leaves a column out.
  const columns = (mode.crosstab ?? []).map((column) => (column === undefined ? ';' : quoteSlashArgument(column)));
  await showTable(state, table, [[sql, '\\crosstabview', ...columns].join(' ')]);
  return true;
}

/** \gexec: every cell that is not NULL is a statement, row by row. */
async function statementsOf(rows: KeptRows): Promise<readonly string[]> {
  const statements: string[] = [];
  for await (const batch of rows.batches()) {
    for (let row = 0; row < batch.rowCount; row++) {
      for (let column = 0; column < batch.columnCount; column++) {
        const bytes = cellBytes(batch, row, column);
        if (bytes !== null) statements.push(decodeLossless(bytes));
      }
    }
  }
  return statements;
}

/** One fails, the next runs all the same, unless ON_ERROR_STOP. */
async function runGenerated(state: EngineState, statements: readonly string[], send: SendGenerated): Promise<boolean> {
  const { settings } = state;
  let isOk = true;
  for (const sql of statements) {
    if (state.interrupt.signal.aborted) return false;
    if (settings.echo === 'all' && !settings.singleStep) await state.say(`${sql}\n`);
    if (await send(sql)) continue;
    isOk = false;
    if (settings.onErrorStop || state.session === undefined) break;
  }
  return isOk;
}

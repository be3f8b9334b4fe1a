import type { CommandTable } from '../commands/context.ts';
import { packRows } from '../result/row-batch.ts';
import { encodeLossless } from '../text/lossless.ts';
import type { EngineState } from './engine-state.ts';
import { printTo } from './print-result.ts';

/** Shows a table the program made itself: printed to the query output, or handed to the face. `sql`: what it is made of. */
export async function showTable(state: EngineState, table: CommandTable, sql = state.takeQueries()): Promise<void> {
  const options = { ...state.print, ...table.options };
  const sink = state.queryOutput;
  if (sink === undefined) {
    await state.emit({ type: 'table', table, options, sql });
    return;
  }
  if (state.printsNothing) return;
  const rows = table.rows.map((row) => row.map((cell) => (cell === null ? null : encodeLossless(cell))));
  const batch = packRows(table.columns.length, rows);
  const printed = {
    columns: table.columns.map(({ name, align }) => ({ name, align: align ?? ('left' as const) })),
    ...(table.title === undefined ? {} : { title: table.title }),
    ...(table.footers === undefined ? {} : { footers: table.footers }),
  };
  async function* batches() {
    yield batch;
  }
  await printTo(sink, printed, batches, options, state.surroundings(sink));
  if (state.log !== undefined) await printTo(state.log, printed, batches, options, state.surroundings(state.log));
}

import { runnable } from '../sql/runnable.ts';
import { move } from '../text/move.ts';
import { fromText, textOf } from '../text/text-value.ts';
import { activeBuffer, type Buffers, changeActive, consoleId, withValue } from './buffers.ts';
import { keepCursorInView } from './editor-update.ts';
import { layoutOf } from './layout.ts';
import { say } from './log.ts';
import type { Model } from './model.ts';
import { focusedPanel } from './panel.ts';
import { activeTab } from './results.ts';
import { addScratch } from './scripts.ts';

/** What was sent for what is shown: the panel's that has the keys, else the rehearsal's or the result's. */
function sqlBehind(model: Model): readonly string[] {
  const panel = focusedPanel(model.panel);
  if (panel?.type === 'transaction') return [...panel.sql, ...(model.outside.look?.sql ?? [])];
  if (panel?.type === 'ddl-report') return panel.sql;
  return model.rehearsal?.rehearsed.sent ?? activeTab(model.results)?.sql ?? [];
}

/** psql's -E, to be changed and run: the SQL behind the screen opens in the console where that is empty, else as a script. */
export function openSqlBehind(model: Model): Model {
  const sql = sqlBehind(model);
  if (sql.length === 0) {
    const text = 'No SQL is behind what is shown.';
    return { ...model, log: say(model.log, { at: model.now, severity: 'info', text }) };
  }
  const text = sql.map(runnable).join('\n\n');
  const { list } = model.buffers;
  // Opened before and not changed since, it is there already.
  const there = list.findIndex(({ value }) => textOf(value) === text);
  const buffers = there >= 0 ? { list, active: there } : withSql(model.buffers, text);
  const panel = focusedPanel(model.panel) === undefined ? model.panel : undefined;
  return readable({ ...model, panel, focus: 'editor', buffers });
}

/** In the console where nothing is typed there, else as a script of its own. */
function withSql(buffers: Buffers, text: string): Buffers {
  const empty = buffers.list.findIndex(({ id, value }) => id === consoleId && textOf(value) === '');
  const opened = empty >= 0 ? { ...buffers, active: empty } : addScratch(buffers);
  return changeActive(opened, (buffer) => ({ ...buffer, value: fromText(text), errorMark: undefined, walk: undefined }));
}

/** What does not fit the editor is shown from its beginning; the end of the rest is where Enter runs it. */
function readable(model: Model): Model {
  const { value } = activeBuffer(model.buffers);
  if (value.lines.length <= layoutOf(model).editor) return keepCursorInView(model);
  return keepCursorInView({
    ...model,
    buffers: changeActive(model.buffers, (buffer) => withValue(buffer, move(buffer.value, 'documentStart'))),
  });
}

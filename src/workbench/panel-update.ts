import { fillSlots } from '../snippets/slots.ts';
import { insert, replaceAll } from '../text/edit.ts';
import { fromText, type TextValue, textOf } from '../text/text-value.ts';
import { activeBuffer, changeBuffer, consoleId } from './buffers.ts';
import { updateDrawer } from './drawer-update.ts';
import { changeText, keepCursorInView, updateEditor } from './editor-update.ts';
import type { Command } from './keymap.ts';
import { layoutOf } from './layout.ts';
import type { Model } from './model.ts';
import { type DrawerPanel, foundHistory, foundSnippets, type Panel } from './panel.ts';
import { panelLines } from './panel-text.ts';
import { rehearseReported } from './rehearsal-update.ts';
import { scrolledTop } from './result-update.ts';
import type { SceneListPanel, ScenePanel } from './scene-panel.ts';
import { updateScenes } from './scene-update.ts';
import { type Step, step } from './step.ts';
import { editText, insertInLine } from './text-commands.ts';

/** Commands of what stands in the result's place. */
export function updatePanel(model: Model, panel: Panel, command: Command): Step {
  switch (command) {
    case 'panel-close':
      return step({ ...model, panel: undefined });
    case 'reader-copy':
      return step(model, { type: 'copy', text: panelLines(model, panel).join('\n'), what: 'text' });
    case 'rehearse-dry':
      return panel.type === 'ddl-report' ? rehearseReported(model, panel) : step(model);
    case 'snippet-insert':
      return insertSnippet(model, panel, false);
    case 'snippet-run':
      return insertSnippet(model, panel, true);
    case 'history-take':
      return takeFromHistory(model, panel);
    default:
      if (panel.type === 'transaction') return updateDrawer(model, panel, command);
      if (panel.type === 'scenes' || panel.type === 'scene') return updateScenes(model, panel, command);
      return step({ ...model, panel: moved(model, panel, command) });
  }
}

export function typeInPanel(model: Model, panel: Panel, text: string): Step {
  return step({ ...model, panel: withQuery(panel, (query) => insertInLine(query, text)) });
}

function moved(model: Model, panel: Exclude<Panel, DrawerPanel | SceneListPanel | ScenePanel>, command: Command): Panel {
  if (panel.type === 'snippets' || panel.type === 'history') {
    const page = Math.max(1, layoutOf(model).result - 3);
    const steps: Partial<Record<Command, number>> = { 'list-up': -1, 'list-down': 1, 'list-page-up': -page, 'list-page-down': page };
    const by = steps[command];
    if (by === undefined) return withQuery(panel, (query) => editText(query, command) ?? query);
    const last = Math.max(0, listLength(model, panel) - 1);
    return { ...panel, chosen: Math.max(0, Math.min(last, panel.chosen + by)) };
  }
  const lines = layoutOf(model).result;
  const last = Math.max(0, panelLines(model, panel).length - lines);
  return { ...panel, top: scrolledTop(panel.top, command, Math.max(1, lines - 1), last) };
}

function listLength(model: Model, panel: Panel & { readonly type: 'snippets' | 'history' }): number {
  return panel.type === 'snippets' ? foundSnippets(model.snippets, panel.query).length : foundHistory(model.history, panel.query).length;
}

function withQuery(panel: Panel, change: (query: TextValue) => TextValue): Panel {
  if (panel.type !== 'snippets' && panel.type !== 'history') return panel;
  const query = change(panel.query);
  return { ...panel, query, chosen: textOf(query) === textOf(panel.query) ? panel.chosen : 0 };
}

function insertSnippet(model: Model, panel: Panel, runs: boolean): Step {
  if (panel.type !== 'snippets') return step(model);
  const entry = foundSnippets(model.snippets, panel.query)[panel.chosen];
  if (entry === undefined) return step(model);
  const sql = fillSlots(entry);
  const closed: Model = { ...model, panel: undefined, focus: 'editor' };
  const isEmpty = textOf(activeBuffer(model.buffers).value).trim() === '';
  const inserted = changeText(closed, (value) => (isEmpty ? replaceAll(value, sql) : insert(value, sql)));
  if (!runs) return step(inserted);
  const command = activeBuffer(inserted.buffers).kind === 'console' ? 'submit' : 'run-statement';
  return updateEditor(inserted, command);
}

function takeFromHistory(model: Model, panel: Panel): Step {
  if (panel.type !== 'history') return step(model);
  const text = foundHistory(model.history, panel.query)[panel.chosen];
  if (text === undefined) return step({ ...model, panel: undefined });
  const active = activeBuffer(model.buffers);
  const id = active.kind === 'console' ? active.id : consoleId;
  const buffers = changeBuffer(model.buffers, id, (buffer) => ({
    ...buffer,
    value: fromText(text),
    errorMark: undefined,
    walk: undefined,
  }));
  return step(
    keepCursorInView({
      ...model,
      panel: undefined,
      focus: 'editor',
      buffers: { ...buffers, active: buffers.list.findIndex((buffer) => buffer.id === id) },
    }),
  );
}

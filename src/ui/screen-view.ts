import { factsOf } from '../workbench/connection.ts';
import { isTooSmall, layoutOf, panelColumns, shownPanel, smallest } from '../workbench/layout.ts';
import type { Model } from '../workbench/model.ts';
import { focusedPanel } from '../workbench/panel.ts';
import { completionView } from './draw-completion.ts';
import { bufferTabs, editorView } from './draw-editor.ts';
import { footerParts } from './draw-footer.ts';
import { type PanelView, panelView } from './draw-panel.ts';
import { pickerTitle, pickerView } from './draw-picker.ts';
import { questionView } from './draw-question.ts';
import { rehearsalView } from './draw-rehearsal.ts';
import { resultRows, resultRule, stripRows } from './draw-result.ts';
import { statusLine, statusRule } from './draw-status.ts';
import { cut, type Part, paint, part, sideBySide } from './paint.ts';
import type { Theme } from './theme.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The whole screen: its rows as the terminal gets them, what lies over them, and where the cursor stands. */
export interface ScreenView {
  readonly rows: readonly string[];
  readonly over: { readonly at: Point; readonly rows: readonly string[] } | undefined;
  readonly cursor: Point | undefined;
}

export function screenView(model: Model, theme: Theme): ScreenView {
  if (isTooSmall(model.size)) return tooSmall(model, theme);
  const base = model.screen === 'picker' ? pickerScreen(model, theme) : workScreen(model, theme);
  const { columns, rows: height } = model.size;
  const rows = Array.from({ length: height }, (_, row) => paint(base.rows[row] ?? [], columns, theme));
  const [question] = model.questions;
  if (question === undefined) return { rows, over: listOver(model, base.cursor, theme), cursor: base.cursor };
  const asked = questionView(model, question);
  const over = { at: { x: asked.x, y: asked.y }, rows: asked.rows.map((row) => paint(row, asked.width, theme, true)) };
  return { rows, over, cursor: asked.cursor };
}

/** The list of candidates at the editor's cursor. */
function listOver(model: Model, cursor: Point | undefined, theme: Theme): ScreenView['over'] {
  if (model.completion === undefined || cursor === undefined || focusedPanel(model.panel) !== undefined || model.screen === 'picker')
    return undefined;
  const list = completionView(model.completion, cursor, model.size);
  return { at: { x: list.x, y: list.y }, rows: list.rows.map((row) => paint(row, list.width, theme, true)) };
}

interface Base {
  readonly rows: readonly (readonly Part[])[];
  readonly cursor: Point | undefined;
}

function workScreen(model: Model, theme: Theme): Base {
  const layout = layoutOf(model);
  const rule = statusRule(model, theme);
  const tabs = layout.tabs === 0 ? [] : [bufferTabs(model)];
  const editor = editorView(model, layout.editor);
  const shown = shownPanel(model);
  const panel = shown === undefined ? undefined : panelView(model, shown, layout.result);
  const editorTop = 2 + tabs.length;
  const resultTop = editorTop + layout.editor + 1;
  const left = model.size.columns - panelColumns(model);
  const rows = [
    statusLine(model, theme),
    rule,
    ...tabs,
    ...filled(editor.rows, layout.editor),
    ...resultPane(model, panel, layout.result, left),
    ...filled(stripRows(model, layout.strip), layout.strip),
    footerParts(model),
  ];
  const cursor =
    panel === undefined || focusedPanel(model.panel) === undefined
      ? model.focus === 'editor'
        ? { x: editor.cursor.x, y: editorTop + editor.cursor.y }
        : undefined
      : panel.cursor && { x: left + panel.cursor.x, y: resultTop + panel.cursor.y };
  return { rows, cursor };
}

/** The result, or the panel in its place, or both: its rule and its rows. `left`: columns for the result beside a panel. */
function resultPane(model: Model, panel: PanelView | undefined, lines: number, left: number): readonly (readonly Part[])[] {
  if (panel === undefined) {
    const { rule, rows } = resultView(model, lines);
    return [rule, ...filled(rows, lines)];
  }
  if (left === 0) return [panel.rule, ...filled(panel.rows, lines)];
  const beside: Model = { ...model, size: { ...model.size, columns: left - 1 } };
  const result = resultView(beside, lines);
  const rule = [...cut(result.rule, left - 1), part('┬', 'rule'), ...panel.rule];
  return [rule, ...sideBySide(result.rows, panel.rows, left - 1, lines, '│')];
}

/** The result, or the rehearsal that stands in its place. */
function resultView(model: Model, lines: number): PanelView {
  if (model.rehearsal !== undefined) return rehearsalView(model, model.rehearsal, lines);
  return { rule: resultRule(model, lines), rows: resultRows(model, lines) };
}

function pickerScreen(model: Model, theme: Theme): Base {
  const { rows: height } = model.size;
  // The session there is stays in sight, and its environment with it.
  const isConnected = factsOf(model.connection) !== undefined;
  const rule = statusRule(model, theme);
  const room = height - 4;
  const panel = model.panel === undefined ? undefined : panelView(model, model.panel, room - 1);
  const picker = pickerView(model, room);
  const body = panel === undefined ? picker.rows : [panel.rule, ...panel.rows];
  const rows = [isConnected ? statusLine(model, theme) : pickerTitle(model), rule, ...filled(body, room), rule, footerParts(model)];
  return { rows, cursor: panel === undefined && picker.cursor !== undefined ? { x: picker.cursor.x, y: 2 + picker.cursor.y } : undefined };
}

function filled(rows: readonly (readonly Part[])[], lines: number): readonly (readonly Part[])[] {
  return Array.from({ length: lines }, (_, row) => rows[row] ?? []);
}

/** One line says what is needed; the session lives on. */
function tooSmall(model: Model, theme: Theme): ScreenView {
  const { columns, rows: height } = model.size;
  const long = `needs ${smallest.columns}x${smallest.rows}, has ${columns}x${height}`;
  const text = columns >= long.length ? long : `${smallest.columns}x${smallest.rows}`;
  const rows = Array.from({ length: Math.max(1, height) }, (_, row) => paint(row === 0 ? [part(text)] : [], columns, theme));
  return { rows, over: undefined, cursor: undefined };
}

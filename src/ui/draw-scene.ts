import type { SceneEntry, SceneSession } from '../engine/scene-player.ts';
import type { SceneSide } from '../snippets/scene.ts';
import { visible } from '../text/visible.ts';
import { wrap } from '../text/width.ts';
import { tableLines } from '../workbench/document.ts';
import { panelColumns } from '../workbench/layout.ts';
import type { Model } from '../workbench/model.ts';
import { clockText } from '../workbench/result-rule.ts';
import type { SceneListPanel, ScenePanel } from '../workbench/scene-panel.ts';
import { cut, type Part, part, sideBySide, titledRule } from './paint.ts';
import type { Style } from './theme.ts';

type Row = readonly Part[];
interface View {
  readonly rule: Row;
  readonly rows: readonly Row[];
}

/** The list, and below it what the chosen scene teaches or why it cannot be played. */
export function sceneListView(model: Model, panel: SceneListPanel, lines: number): View {
  const columns = panelColumns(model);
  const chosen = panel.scenes[panel.chosen];
  const list = panel.scenes.map(({ title, order }, index): Row => {
    const isChosen = index === panel.chosen;
    return [part(isChosen ? ' ▸ ' : '   ', 'accent'), part(`${order}  ${title}`, isChosen ? 'chosen' : 'plain')];
  });
  const note = panel.note === '' ? [] : [...paragraph(panel.note, columns, 'warning'), []];
  const lesson = chosen === undefined ? [] : paragraph(chosen.why, columns, 'plain');
  const rule = titledRule([part('two sessions'), part(` · ${panel.scenes.length} scenes`, 'dim')], [], columns, 'accent');
  return { rule, rows: [...list, [], ...note, ...lesson].slice(0, lines) };
}

/** Both sessions, time going down, and below them what there is to see. */
export function sceneView(model: Model, panel: ScenePanel, lines: number): View {
  const columns = panelColumns(model);
  const width = Math.floor((columns - 1) / 2);
  const told = paragraph(wordsOf(panel), columns, 'plain');
  const rule = titledRule([part('two sessions'), part(` · ${panel.scene.title}`, 'dim')], placeOf(panel), columns, 'accent');
  const { state } = panel;
  if (state === undefined) return { rule, rows: [[part(' opening the sessions …', 'dim')], [], ...told] };
  const head = sideBySide([headRow('A', state.sessions.A, model.now)], [headRow('B', state.sessions.B, model.now)], width, 1, '│');
  const below: readonly Row[] = [[part('─'.repeat(columns), 'rule')], ...told];
  const room = Math.max(1, lines - head.length - below.length);
  const rows = state.entries.flatMap((entry) => {
    const own = entryRows(entry, width - 1);
    return entry.side === 'A' ? sideBySide(own, [], width, own.length, '│') : sideBySide([], own, width, own.length, '│');
  });
  const shown = rows.slice(-room);
  const filled = Array.from({ length: room }, (_, row) => shown[row] ?? sideBySide([], [], width, 1, '│')[0] ?? []);
  return { rule, rows: [...head, ...filled, ...below] };
}

function wordsOf({ scene, played, state, schema }: ScenePanel): string {
  const step = scene.steps[played - 1];
  if (step !== undefined) return `${step.note}${played === scene.steps.length ? ' The end.' : ''}`;
  const place = state === undefined ? '' : ` It plays in a schema of its own, ${schema}, which is dropped in the end.`;
  return `${scene.why}${place}`;
}

function placeOf({ scene, played, isPlaying }: ScenePanel): readonly Part[] {
  const place = played === 0 ? `${scene.steps.length} steps` : `step ${played} of ${scene.steps.length}`;
  return [part(`${place}${isPlaying ? ' · playing' : ''}`, 'dim')];
}

function headRow(side: SceneSide, { status, isRunning, waitsSince }: SceneSession, now: number): Row {
  const words: readonly [string, Style] =
    waitsSince !== undefined
      ? [`waits for a lock ${clockText(now - waitsSince)}`, 'warning']
      : isRunning
        ? ['runs', 'plain']
        : status === undefined
          ? ['? lost', 'danger']
          : status === 'failed'
            ? ['! failed', 'danger']
            : status === 'transaction'
              ? ['* in transaction', 'warning']
              : ['idle', 'dim'];
  return [part(` ${side} `, 'heading'), part(' '), part(...words)];
}

function entryRows(entry: SceneEntry, width: number): readonly Row[] {
  switch (entry.kind) {
    case 'statement':
      return paragraph(entry.sql, width, 'bold');
    case 'rows':
      return tableLines({ columns: entry.columns, rows: entry.rows, footers: [] }).map(({ text, style }) =>
        cut([part('  '), { text: visible(text), style: style === 'rule' ? 'rule' : 'plain' }], width),
      );
    case 'tag':
      return [[part('  '), { text: visible(entry.tag), style: 'good' }]];
    case 'error':
      return paragraph(`✗ ${entry.code} ${entry.message}`, width, 'danger');
    case 'lost':
      return paragraph(`? lost: ${entry.reason}`, width, 'danger');
  }
}

function paragraph(text: string, columns: number, style: Style): readonly Row[] {
  return wrap(visible(text), Math.max(8, columns - 2)).map((line) => [part(' '), { text: line, style }]);
}

import { firstLine } from '../engine/transaction/sent-statement.ts';
import { fillSlots } from '../snippets/slots.ts';
import type { Snippet } from '../snippets/snippet.ts';
import { highlightLine, initialHighlight } from '../sql/highlight.ts';
import type { TextValue } from '../text/text-value.ts';
import { lineAt } from '../text/text-value.ts';
import { expandTabs, visible } from '../text/visible.ts';
import { displayWidth, pad, truncate, wrap } from '../text/width.ts';
import { panelColumns } from '../workbench/layout.ts';
import type { Model } from '../workbench/model.ts';
import { foundHistory, foundSnippets, type Panel } from '../workbench/panel.ts';
import { panelLines } from '../workbench/panel-text.ts';
import { groupDigits } from '../workbench/result-rule.ts';
import { sceneListView, sceneView } from './draw-scene.ts';
import { transactionView } from './draw-transaction.ts';
import { type Part, part, sideBySide, titledRule } from './paint.ts';
import type { Style } from './theme.ts';

export interface PanelView {
  readonly rule: readonly Part[];
  readonly rows: readonly (readonly Part[])[];
  /** Where the cursor stands in its rows, where text is typed. */
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** What stands in the result's place. */
export function panelView(model: Model, panel: Panel, lines: number): PanelView {
  const columns = panelColumns(model);
  switch (panel.type) {
    case 'help':
    case 'log':
    case 'cell':
    case 'ddl-report': {
      const all = panelLines(model, panel);
      const top = Math.min(panel.top, Math.max(0, all.length - lines));
      const place =
        all.length > lines
          ? ` · lines ${groupDigits(top + 1)}–${groupDigits(Math.min(all.length, top + lines))} of ${groupDigits(all.length)}`
          : '';
      const title = visible(
        panel.type === 'cell'
          ? panel.title
          : panel.type === 'ddl-report'
            ? `before it is sent · ${firstLine(panel.submission.text.trim())}`
            : readerTitles[panel.type],
      );
      const rows = all.slice(top, top + lines).map((text) => [part(' '), { text, style: headingStyle(panel, text) }]);
      return { rule: titledRule([{ text: title, style: 'plain' }, part(place, 'dim')], [], columns, 'accent'), rows };
    }
    case 'snippets':
      return snippetsView(model, panel, lines);
    case 'transaction':
      return transactionView(model, panel, lines);
    case 'scenes':
      return sceneListView(model, panel, lines);
    case 'scene':
      return sceneView(model, panel, lines);
    case 'history':
      return historyView(model, panel, lines);
  }
}

const readerTitles = { help: 'help', log: 'messages' } as const;

function headingStyle(panel: Panel, text: string): Style {
  return panel.type === 'help' && text !== '' && !text.startsWith(' ') ? 'heading' : 'plain';
}

/** A list with a lesson and the statement beside it; below where it is narrow and there are lines for both. */
function snippetsView(model: Model, panel: Panel & { readonly type: 'snippets' }, lines: number): PanelView {
  const columns = panelColumns(model);
  const found = foundSnippets(model.snippets, panel.query);
  const entry = found[panel.chosen];
  const isWide = columns >= 70;
  const width = isWide ? Math.min(56, Math.floor(columns / 2)) : columns;
  const listLines = isWide || lines < 14 ? lines : Math.ceil(lines / 2);
  const list = [queryRow(panel.query), ...snippetList(found, panel.chosen, listLines - 1, width)];
  const preview = entry === undefined ? [] : previewRows(entry, isWide ? columns - width - 3 : columns - 2);
  const below = [[part('─'.repeat(columns), 'rule')], ...preview.map((row) => [part(' '), ...row])];
  const rows = isWide
    ? sideBySide(list, preview, width, lines, ' │ ')
    : listLines === lines
      ? list
      : [...filledTo(list, listLines), ...below];
  const count = found.length === model.snippets.length ? `${found.length}` : `${found.length} of ${model.snippets.length}`;
  const rule = titledRule([part('snippets', 'plain'), part(` · ${count} · typing filters`, 'dim')], [], columns, 'accent');
  return { rule, rows: rows.slice(0, lines), cursor: queryCursor(panel.query) };
}

function snippetList(found: readonly Snippet[], chosen: number, room: number, width: number): readonly (readonly Part[])[] {
  const top = Math.max(0, Math.min(chosen - room + 1, found.length - room));
  if (found.length === 0) return [[part('   nothing found', 'dim')]];
  return found.slice(top, top + room).map((entry, index) => snippetRow(entry, top + index === chosen, width));
}

function filledTo(rows: readonly (readonly Part[])[], lines: number): readonly (readonly Part[])[] {
  return Array.from({ length: lines }, (_, row) => rows[row] ?? []);
}

function snippetRow(entry: Snippet, isChosen: boolean, width: number): readonly Part[] {
  const topic = pad(truncate(visible(entry.topic), 12), 12);
  const style: Style = isChosen ? 'chosen' : 'plain';
  const title = pad(truncate(visible(entry.title), Math.max(1, width - 17)), Math.max(1, width - 17));
  return [
    part(isChosen ? ' ▸ ' : '   ', 'accent'),
    { text: topic, style: isChosen ? 'chosen' : 'dim' },
    part(isChosen ? ' ' : ' ', style),
    { text: title, style },
  ];
}

function previewRows(entry: Snippet, width: number): readonly (readonly Part[])[] {
  const lesson = wrap(visible(entry.why), width).map((text) => [{ text, style: 'plain' } as const]);
  let state = initialHighlight;
  const sql = fillSlots(entry)
    .split('\n')
    .map((line) => {
      const { spans, state: next } = highlightLine(line, state);
      state = next;
      return spans.map((span) => ({ text: expandTabs(line.slice(span.start, span.end)), style: sqlStyle(span.kind) }));
    });
  return [[{ text: visible(entry.title), style: 'bold' }], ...lesson, [], ...sql];
}

function sqlStyle(kind: string): Style {
  switch (kind) {
    case 'keyword':
    case 'type':
    case 'string':
    case 'number':
    case 'comment':
    case 'command':
    case 'variable':
      return kind;
    default:
      return 'plain';
  }
}

function historyView(model: Model, panel: Panel & { readonly type: 'history' }, lines: number): PanelView {
  const columns = panelColumns(model);
  const found = foundHistory(model.history, panel.query);
  const room = Math.max(1, lines - 1);
  const top = Math.max(0, Math.min(panel.chosen - room + 1, found.length - room));
  const rows = found.slice(top, top + room).map((text, index): readonly Part[] => {
    const isChosen = top + index === panel.chosen;
    return [
      part(isChosen ? ' ▸ ' : '   ', 'accent'),
      { text: truncate(visible(text), Math.max(1, columns - 4)), style: isChosen ? 'chosen' : 'plain' },
    ];
  });
  const list = rows.length === 0 ? [[part('   nothing found', 'dim')]] : rows;
  const rule = titledRule([part('history', 'plain'), part(` · ${groupDigits(found.length)} · newest first`, 'dim')], [], columns, 'accent');
  return { rule, rows: [queryRow(panel.query), ...list], cursor: queryCursor(panel.query) };
}

function queryRow(query: TextValue): readonly Part[] {
  return [part(' / ', 'dim'), { text: visible(lineAt(query, 0)), style: 'plain' }];
}

function queryCursor(query: TextValue): { readonly x: number; readonly y: number } {
  return { x: 3 + displayWidth(visible(lineAt(query, 0).slice(0, query.cursor.column))), y: 0 };
}

import type { ServerError } from '../result/server-error.ts';
import { expandTabs, visible, visibleLines } from '../text/visible.ts';
import { fittingLength, wrap } from '../text/width.ts';
import { conditionNames } from '../workbench/condition-names.ts';
import { offeredFix } from '../workbench/fix-update.ts';
import { shownRows } from '../workbench/grid-geometry.ts';
import { stripOf } from '../workbench/log.ts';
import type { Model } from '../workbench/model.ts';
import { focusedPanel } from '../workbench/panel.ts';
import { rowsText } from '../workbench/result-rule.ts';
import {
  activeTab,
  type DocumentContent,
  type DocumentLine,
  type ErrorContent,
  type ResultTab,
  type RowsContent,
  type WatchedRun,
} from '../workbench/results.ts';
import { retryLabel, retryOffer, retryReason } from '../workbench/retry.ts';
import { changesText, watchTexts } from '../workbench/watch-text.ts';
import { gridRows } from './draw-grid.ts';
import { type Part, part, spread, titledRule, widthOf } from './paint.ts';
import type { Style } from './theme.ts';

/** The rule above the result: what the rows are, and the last results by their numbers. */
export function resultRule(model: Model, lines: number): readonly Part[] {
  const tab = activeTab(model.results);
  const style: Style = model.focus === 'result' && focusedPanel(model.panel) === undefined ? 'accent' : 'rule';
  if (tab === undefined) return titledRule([], [], model.size.columns, style);
  return titledRule(titleOf(model, tab, lines), tabParts(model), model.size.columns, style);
}

function titleOf(model: Model, tab: ResultTab, lines: number): readonly Part[] {
  const number = model.results.tabs.indexOf(tab) + 1;
  switch (tab.content.type) {
    case 'rows': {
      const { first, last } = shownRows(tab.content, lines - (tab.content.isExpanded ? 0 : 2));
      const state = tab.content.state.type;
      const style: Style = state === 'cancelled' || state === 'incomplete' || state === 'paused' ? 'warning' : 'plain';
      const rows = part(rowsText(tab.content, first, last), style);
      if (tab.content.watch !== undefined) {
        const brief = part(rowsText(untimed(tab.content), first, last), style);
        return watchParts(tab.content.watch, rows, brief, model.size.columns - ruleEnds);
      }
      const name = tab.isTitled === true ? tab.title : `result ${number}`;
      return [part(`${name} · `, 'dim'), rows];
    }
    case 'document':
      return [{ text: visible(tab.title), style: 'plain' }, ...documentPlace(tab.content, lines)];
    case 'error': {
      const { error, consequence } = tab.content;
      const name = conditionNames[error.code];
      const isFailed = model.connection.phase === 'open' && model.connection.status === 'failed';
      return [
        { text: visible(`error ${error.code}${name === undefined ? '' : ` ${name}`}`), style: 'danger' },
        part(` · ${isFailed ? 'the transaction has failed: roll back' : consequence}`),
      ];
    }
  }
}

// What a titled rule has around its title.
const ruleEnds = 4;

/** As much as fits: how many rows there are comes before what has changed in them, that before which run it is, and when. */
function watchParts(watch: WatchedRun, rows: Part, brief: Part, width: number): readonly Part[] {
  const { changes } = watch;
  const dot = part(' · ', 'dim');
  const hasChanged = changes !== undefined && (changes.changedCells > 0 || changes.rowsBefore !== changes.rowsAfter);
  const changed = changes === undefined ? [] : [part(changesText(changes), hasChanged ? 'changed' : 'dim'), dot];
  const [fullest = '', ...shorter] = watchTexts(watch);
  const choices = [
    [part(fullest), dot, ...changed, rows],
    ...shorter.map((text) => [part(text), dot, ...changed, brief]),
    [...changed, brief],
  ];
  return choices.find((parts) => widthOf(parts) <= width) ?? [brief];
}

/** Without how long reading them took. */
function untimed(content: RowsContent): RowsContent {
  return content.state.type === 'complete' ? { ...content, state: { type: 'complete', milliseconds: undefined } } : content;
}

function documentPlace(content: DocumentContent, lines: number): readonly Part[] {
  if (content.lines.length <= lines) return [];
  return [part(` · lines ${content.top + 1}–${Math.min(content.lines.length, content.top + lines)} of ${content.lines.length}`, 'dim')];
}

function tabParts(model: Model): readonly Part[] {
  if (model.results.tabs.length < 2) return [];
  return model.results.tabs.flatMap((tab, index) => {
    const isShown = tab.id === model.results.active;
    return [...(index === 0 ? [] : [part('  ')]), { text: visible(`${index + 1} ${tab.title}`), style: isShown ? 'bold' : 'dim' } as const];
  });
}

/** The result pane's rows. */
export function resultRows(model: Model, lines: number): readonly (readonly Part[])[] {
  const tab = activeTab(model.results);
  if (tab === undefined) return emptyPane(model);
  switch (tab.content.type) {
    case 'rows':
      return gridRows(tab.content, model.size.columns, lines, model.focus === 'result');
    case 'document':
      return tab.content.lines
        .slice(tab.content.top, tab.content.top + lines)
        .map((line) => documentRow(line, tab.content as DocumentContent));
    case 'error':
      return [...errorRows(tab.content, model.size.columns), ...fixRow(model, tab.content), ...retryRows(model, tab.content)].slice(
        0,
        lines,
      );
  }
}

const documentStyles: Readonly<Record<DocumentLine['style'], Style>> = { title: 'bold', heading: 'heading', plain: 'plain', rule: 'rule' };

function documentRow(line: DocumentLine, { left }: DocumentContent): readonly Part[] {
  const text = expandTabs(line.text);
  const shown = left === 0 ? text : visible(text.slice(fittingLength(text, left)));
  return [part(' '), { text: shown, style: documentStyles[line.style] }];
}

/** The server's message with all it says about it. */
function errorRows({ error }: ErrorContent, columns: number): readonly (readonly Part[])[] {
  const fields: readonly (readonly [label: string, text: string | undefined, style: Style])[] = [
    [`${error.severity}:  `, error.message, 'danger'],
    ['DETAIL:  ', error.detail, 'plain'],
    ['HINT:  ', error.hint, 'good'],
    ['QUERY:  ', error.internalQuery, 'dim'],
    ['CONTEXT:  ', error.where, 'dim'],
    ['', objectText(error), 'dim'],
  ];
  return fields.flatMap(([label, text, style]) => (text === undefined ? [] : fieldRows(label, text, style, columns)));
}

/** What the error means and what can be done about it, while that can be. */
function retryRows(model: Model, { error }: ErrorContent): readonly (readonly Part[])[] {
  const offer = retryOffer(model);
  if (offer === undefined) return [];
  const { columns } = model.size;
  const reason = wrap(visible(retryReason(error.code)), Math.max(8, columns - 2)).map((text) => [
    part(' '),
    { text, style: 'plain' } as const,
  ]);
  return [[], ...reason, spread([part(` ${retryLabel(offer)}`, 'good')], [part('Alt-R', 'key'), part(' ', 'dim')], columns)];
}

/** An offer, while the text it is about is there. */
function fixRow(model: Model, { fix }: ErrorContent): readonly (readonly Part[])[] {
  if (fix === undefined || offeredFix(model) !== fix) return [];
  const left = [part(' Did you mean  '), { text: visible(fix.meant), style: 'good' } as const, part(' ?')];
  return [spread(left, [part('Tab', 'key'), part(' replaces ', 'dim')], model.size.columns)];
}

function fieldRows(label: string, text: string, style: Style, columns: number): readonly (readonly Part[])[] {
  const room = Math.max(8, columns - label.length - 2);
  const lines = visibleLines(text).flatMap((line) => wrap(line, room));
  return lines.map((line, index) => [
    part(' '),
    { text: visible(index === 0 ? label : ' '.repeat(label.length)), style: 'bold' },
    { text: line, style: index === 0 ? style : style },
  ]);
}

function objectText({ schema, table, column, constraint, dataType }: ServerError): string | undefined {
  const named = [
    table === undefined ? undefined : `table ${schema === undefined ? '' : `${schema}.`}${table}`,
    column === undefined ? undefined : `column ${column}`,
    constraint === undefined ? undefined : `constraint ${constraint}`,
    dataType === undefined ? undefined : `type ${dataType}`,
  ].filter((name) => name !== undefined);
  return named.length === 0 ? undefined : named.join(' · ');
}

/** Before the first result: where to begin. */
function emptyPane(model: Model): readonly (readonly Part[])[] {
  if (model.connection.phase === 'connecting')
    return [[], [part('   Connecting. What is typed now runs when the session is open.', 'dim')]];
  const hint = (keys: string, text: string): readonly Part[] => [part(`   ${keys.padEnd(12)}`, 'key'), part(text, 'dim')];
  return [
    [],
    hint('Enter', 'runs a statement that ends with ; or a \\command'),
    hint('\\dt', 'lists tables, \\d NAME describes one'),
    hint('F3', 'snippets: statements to learn from and to use'),
    hint('F1', 'help'),
  ];
}

const severityStyles: Readonly<Record<string, Style>> = { error: 'danger', warning: 'warning', notice: 'accent', info: 'plain' };

/** The strip of messages under the result. */
export function stripRows(model: Model, lines: number): readonly (readonly Part[])[] {
  return stripOf(model.log, lines).map(({ severity, text }) => [
    part(' '),
    { text: expandTabs(text), style: severityStyles[severity] ?? 'plain' },
  ]);
}

import { savepointLabel } from '../engine/transaction/savepoint-name.ts';
import { firstLine } from '../engine/transaction/sent-statement.ts';
import type { TimelineEntry } from '../engine/transaction/timeline.ts';
import { visible } from '../text/visible.ts';
import { conditionNames } from '../workbench/condition-names.ts';
import { firstShown, shownEntries } from '../workbench/drawer-timeline.ts';
import { markedTarget } from '../workbench/drawer-update.ts';
import { panelColumns } from '../workbench/layout.ts';
import type { Model } from '../workbench/model.ts';
import type { DrawerPanel } from '../workbench/panel.ts';
import { durationText, groupDigits } from '../workbench/result-rule.ts';
import { headRows, timeOfDay } from './draw-transaction-head.ts';
import { cut, type Part, part, spread, titledRule } from './paint.ts';
import type { Style } from './theme.ts';

type Row = readonly Part[];

/** Deeper savepoints stand under each other. */
const deepest = 6;

/** The drawer: what the transaction is, then its timeline. */
export function transactionView(model: Model, panel: DrawerPanel, lines: number): { readonly rule: Row; readonly rows: readonly Row[] } {
  const columns = panelColumns(model);
  const head = headRows(model, panel, columns, lines);
  const room = Math.max(1, lines - head.length);
  const entries = shownEntries(model);
  const marked = markedTarget(model.transaction, panel.marked)?.id;
  const top = firstShown(entries, room, panel.marked === undefined ? undefined : marked, panel.scrolled);
  const shown = entries.slice(top, top + room);
  const rows = shown.map((entry) => entryRow(entry, entry.id === marked, columns));
  const place = shown.length < entries.length ? ` · ${top + 1}–${top + shown.length} of ${groupDigits(entries.length)}` : '';
  const title = [part('transaction', 'plain'), part(place, 'dim')];
  return { rule: titledRule(title, [], columns, panel.isFocused ? 'accent' : 'rule'), rows: [...head, ...rows] };
}

function entryRow(entry: TimelineEntry, isMarked: boolean, columns: number): Row {
  const { left, right, style } = entryWords(entry);
  const indent = '  '.repeat(Math.min(deepest, entry.depth));
  const shown = (text: string, own: Style): Part => ({ text: visible(text), style: entry.isUndone ? 'undone' : own });
  const end = [part(' '), shown(right, 'dim'), ...(entry.isUndone ? [part(' undone', 'dim')] : []), part(' ')];
  const start = [part(isMarked ? '▌' : ' ', 'accent'), part(indent), shown(left, isMarked ? 'bold' : style)];
  return spread(cut(start, Math.max(1, columns)), end, columns);
}

interface Words {
  readonly left: string;
  readonly right: string;
  readonly style: Style;
}

function entryWords(entry: TimelineEntry): Words {
  switch (entry.kind) {
    case 'begin':
      return { left: '● begin', right: timeOfDay(entry.at), style: 'plain' };
    case 'savepoint':
      return { left: `◆ ${savepointLabel(entry.name)}`, right: timeOfDay(entry.at), style: 'accent' };
    case 'release':
      return { left: `◇ released ${savepointLabel(entry.name)}`, right: '', style: 'dim' };
    case 'rollback-to':
      return { left: `↩ back to ${savepointLabel(entry.name)}`, right: timeOfDay(entry.at), style: 'plain' };
    case 'unknown':
      return { left: `? unknown since ${timeOfDay(entry.at)}: ${entry.reason}`, right: '', style: 'warning' };
    case 'folded':
      return {
        left: `⋮ ${groupDigits(entry.statements)} statements, ${groupDigits(entry.changedRows)} rows changed`,
        right: '',
        style: 'dim',
      };
    case 'statement': {
      const left = `│ ${firstLine(entry.sql)}`;
      if (entry.error !== undefined) {
        const { code } = entry.error;
        return { left, right: `✗ ${code} ${conditionNames[code] ?? ''}`.trimEnd(), style: 'danger' };
      }
      const rows = entry.rows === undefined ? '' : `${groupDigits(entry.rows)} ${entry.rows === 1 ? 'row' : 'rows'}  `;
      return { left, right: `${rows}${durationText(entry.milliseconds)}`, style: 'plain' };
    }
  }
}

import type { TransactionRecord } from '../engine/transaction/record.ts';
import { savepointLabel } from '../engine/transaction/savepoint-name.ts';
import { firstLine } from '../engine/transaction/sent-statement.ts';
import type { TimelineEntry } from '../engine/transaction/timeline.ts';
import { idleTime, idleTimeLeft, transactionAge } from '../engine/transaction/timers.ts';
import { visible } from '../text/visible.ts';
import { wrap } from '../text/width.ts';
import { conditionNames } from '../workbench/condition-names.ts';
import { markedTarget } from '../workbench/drawer-update.ts';
import { panelColumns } from '../workbench/layout.ts';
import type { Model } from '../workbench/model.ts';
import type { DrawerPanel } from '../workbench/panel.ts';
import { clockText, durationText, groupDigits } from '../workbench/result-rule.ts';
import { cut, type Part, part, spread, titledRule } from './paint.ts';
import type { Style } from './theme.ts';

type Row = readonly Part[];

/** Deeper savepoints stand under each other. */
const deepest = 6;

/** The drawer: what the transaction is, then its timeline, the newest in view unless a savepoint above is marked. */
export function transactionView(model: Model, panel: DrawerPanel, lines: number): { readonly rule: Row; readonly rows: readonly Row[] } {
  const columns = panelColumns(model);
  const head = headRows(model, panel, columns);
  const room = Math.max(1, lines - head.length);
  const record = model.transaction;
  const entries = shownEntries(model);
  const marked = markedTarget(record, panel.marked)?.id;
  const last = Math.max(0, entries.length - room);
  const markedAt = entries.findIndex(({ id }) => id === marked);
  const top = panel.marked === undefined || markedAt < 0 ? last : Math.min(last, markedAt);
  const rows = entries.slice(top, top + room).map((entry) => entryRow(entry, entry.id === marked, columns));
  const rule = titledRule([part('transaction', 'plain')], [], columns, panel.isFocused ? 'accent' : 'rule');
  return { rule, rows: [...head, ...rows] };
}

/** Of the open transaction, or of the one that was lost with its session. Automatic savepoints that are gone would only be in the way. */
function shownEntries({ connection, transaction }: Model): readonly TimelineEntry[] {
  const isShown = connection.phase === 'lost' || (connection.phase === 'open' && connection.status !== 'idle');
  const { entries = [], savepoints = [] } = (isShown ? transaction?.transaction : undefined) ?? {};
  const living = new Set(savepoints.map(({ id }) => id));
  return entries.filter((entry) => !('isAutomatic' in entry) || !entry.isAutomatic || entry.kind === 'rollback-to' || living.has(entry.id));
}

function headRows(model: Model, panel: DrawerPanel, columns: number): readonly Row[] {
  const { transaction: record, connection, now } = model;
  const isOpen = connection.phase === 'open' && connection.status !== 'idle';
  const said = panel.undoing?.text ?? panel.note;
  const style: Style = panel.undoing === undefined ? 'dim' : 'warning';
  return [
    stateRow(model),
    ...(record !== undefined && isOpen ? [modesRow(record), idleRow(record, now)] : endedRows(model)),
    ...(model.automatic === 'off' ? [] : [[part(` automatic savepoints: before ${automaticWords[model.automatic]}`, 'dim')]]),
    ...(said === '' ? [] : wrap(visible(said), Math.max(8, columns - 2)).map((text) => [part(' '), { text, style }])),
    [part(` ${'─'.repeat(Math.max(0, columns - 2))}`, 'rule')],
  ];
}

const automaticWords = { last: 'the last statement', every: 'every statement' } as const;

function stateRow({ connection, transaction: record, now }: Model): Row {
  if (connection.phase === 'lost') return [part(' ? lost: ', 'danger'), { text: visible(connection.reason), style: 'plain' }];
  if (connection.phase !== 'open') return [part(' no session', 'dim')];
  const age = record === undefined ? undefined : transactionAge(record, now);
  const clock = age === undefined ? '' : ` · ${clockText(age)}`;
  switch (connection.status) {
    case 'idle':
      return [part(' no transaction is open · n begins one', 'dim')];
    case 'transaction':
      return [part(' * in transaction', 'warning'), part(clock)];
    case 'failed':
      return [part(' ! failed: roll back, or back to a savepoint', 'danger'), part(clock)];
  }
}

/** What BEGIN, SET TRANSACTION or the server said; older than the last answer, with the time at which it was true. */
function modesRow({ transaction, readyAt = 0 }: TransactionRecord): Row {
  const { isolation, isReadOnly, isDeferrable } = transaction?.characteristics ?? {};
  if (isolation === undefined && isReadOnly === undefined) return [part(' isolation not known', 'dim')];
  const words = [
    ...(isolation === undefined ? [] : [isolation.value]),
    ...(isReadOnly === undefined ? [] : [isReadOnly.value ? 'read only' : 'read write']),
    ...(isDeferrable?.value === true ? ['deferrable'] : []),
  ];
  const times = [isolation, isReadOnly, isDeferrable].flatMap((known) => (known === undefined ? [] : [known.at]));
  const oldest = Math.min(...times);
  return [part(` ${words.join(' · ')}`), part(oldest < readyAt ? ` as of ${timeOfDay(oldest)}` : '', 'dim')];
}

function idleRow(record: TransactionRecord, now: number): Row {
  const idle = idleTime(record, now);
  if (idle === undefined) return [part(' a statement is running', 'dim')];
  const { idleTimeout } = record;
  if (idleTimeout === undefined) return [part(` idle ${clockText(idle)}`)];
  const left = idleTimeLeft(record, idleTimeout.value, now);
  const asOf = idleTimeout.at < (record.readyAt ?? 0) ? ` as of ${timeOfDay(idleTimeout.at)}` : '';
  const end: Row =
    left === undefined
      ? [part(' · the server sets no limit')]
      : [part(` · server ends it in ${clockText(left)}`, left < 60_000 ? 'warning' : 'plain')];
  return [part(` idle ${clockText(idle)}`), ...end, part(asOf, 'dim')];
}

const endedWords = {
  committed: 'committed',
  'rolled-back': 'rolled back',
  'commit-was-rollback': 'rolled back: COMMIT of a failed transaction',
  prepared: 'prepared',
  unknown: 'ended, how is not known',
} as const;

function endedRows({ transaction, connection }: Model): readonly Row[] {
  const ended = transaction?.ended;
  if (ended === undefined || connection.phase !== 'open') return [];
  return [[part(` the last one: ${endedWords[ended.outcome]} at ${timeOfDay(ended.at)}`, 'dim')]];
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

function timeOfDay(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

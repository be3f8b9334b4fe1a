import type { OtherSession, SessionLock } from '../catalog/session-activity.ts';
import { lastWord } from '../engine/transaction/loss.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import { firstLine } from '../engine/transaction/sent-statement.ts';
import { idleTime, idleTimeLeft, transactionAge } from '../engine/transaction/timers.ts';
import { visible } from '../text/visible.ts';
import { wrap } from '../text/width.ts';
import { conditionNames } from '../workbench/condition-names.ts';
import { currentLook, otherText } from '../workbench/look.ts';
import type { Model } from '../workbench/model.ts';
import type { Look } from '../workbench/outside.ts';
import type { DrawerPanel } from '../workbench/panel.ts';
import { clockText } from '../workbench/result-rule.ts';
import { type Part, part, spread, widthOf } from './paint.ts';
import type { Style } from './theme.ts';

type Row = readonly Part[];

/** What the transaction is, what it holds, and who waits for it. `lines`: of the whole drawer, for what may be long. */
export function headRows(model: Model, panel: DrawerPanel, columns: number, lines: number): readonly Row[] {
  const { transaction: record, connection, now } = model;
  const isOpen = connection.phase === 'open' && connection.status !== 'idle';
  const said = panel.undoing?.text ?? panel.note;
  const style: Style = panel.undoing === undefined ? 'dim' : 'warning';
  return [
    ...stateRows(model, columns),
    ...(record !== undefined && isOpen
      ? [modesRow(record), idleRow(record, now)].flatMap((row) => broken(row, columns))
      : endedRows(model, columns)),
    ...lockRows(model, columns, lines < 18 ? 1 : 3),
    ...betweenRows(model, columns, isOpen),
    ...(model.automatic === 'off' ? [] : [[part(` automatic savepoints: before ${automaticWords[model.automatic]}`, 'dim')]]),
    ...(said === '' ? [] : wrappedRows(said, columns, style)),
    [part(` ${'─'.repeat(Math.max(0, columns - 2))}`, 'rule')],
  ];
}

const automaticWords = { last: 'the last statement', every: 'every statement' } as const;

function stateRows(model: Model, columns: number): readonly Row[] {
  const { connection, transaction: record } = model;
  if (connection.phase !== 'lost') return broken(stateRow(model), columns);
  return wrappedRows(`? lost: ${(record && lastWord(record)) ?? firstLine(connection.reason)}`, columns, 'danger');
}

function stateRow(model: Model): Row {
  const { connection, transaction: record, now } = model;
  if (connection.phase !== 'open') return [part(' no session', 'dim')];
  const age = record === undefined ? undefined : transactionAge(record, now);
  const clock = age === undefined ? '' : ` · ${clockText(age)}`;
  const xid = currentLook(model)?.activity.xid;
  const end = [part(clock), part(xid === undefined ? '' : ` · xid ${xid}`)];
  switch (connection.status) {
    case 'idle':
      return [part(` no transaction is open · ${model.running === undefined ? 'n begins one' : 'a statement is running'}`, 'dim')];
    case 'transaction':
      return [part(' * in transaction', 'warning'), ...end];
    case 'failed':
      return [part(' ! failed: roll back, or back to a savepoint', 'danger'), ...end];
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
  prepared: 'prepared, and still holding its locks',
  unknown: 'ended, how is not known',
} as const;

function endedRows({ transaction, connection }: Model, columns: number): readonly Row[] {
  const ended = transaction?.ended;
  if (ended === undefined || connection.phase !== 'open') return [];
  const text = `the last one: ${endedWords[ended.outcome]} at ${timeOfDay(ended.at)}`;
  if (ended.error === undefined) return wrappedRows(text, columns, 'dim');
  // Where the drawer covers the result, the error itself is not seen.
  const { code } = ended.error;
  return wrappedRows(`${text} by an error at its end: ${`${code} ${conditionNames[code] ?? ''}`.trimEnd()}`, columns, 'danger');
}

/** Locks, and who waits for whom. `most`: rows that each of them may take. */
function lockRows(model: Model, columns: number, most: number): readonly Row[] {
  const { connection, running, outside } = model;
  if (connection.phase !== 'open' || (connection.status === 'idle' && running === undefined)) return [];
  const look = currentLook(model);
  if (look !== undefined) return lookRows(look, model, columns, most);
  if (outside.refusal !== undefined) return wrappedRows(outside.refusal, columns, 'dim');
  if (connection.facts.security === 'embedded') return [[part(' locks: l asks the one session there is', 'dim')]];
  if (outside.traits?.isSeen === false) return [[part(' locks: l asks this session, which others cannot see here', 'dim')]];
  return [[part(' locks: not looked at yet', 'dim')]];
}

/** Older than this, in milliseconds, a look says when it was. */
const staleAfter = 5000;

function lookRows({ activity, at }: Look, { now }: Model, columns: number, most: number): readonly Row[] {
  const since = now - at;
  const asOf = since > staleAfter ? part(` as of ${timeOfDay(at)}`, 'dim') : part('');
  const { waiters, holders, locks } = activity;
  const held = wrappedRows(`locks: ${locksText(locks)}`, columns, 'plain');
  const waits = holders.map((holder): Row => {
    const clock = activity.waited === undefined ? '' : ` ${clockText(activity.waited + since)}`;
    return otherRow('waits for ', holder, clock, columns);
  });
  const waiting = waiters.map((waiter): Row => {
    const clock = waiter.milliseconds === undefined ? '' : ` ${clockText(waiter.milliseconds + since)}`;
    return otherRow('waited for by ', waiter, clock, columns);
  });
  const last =
    waiters.length === 0 ? [[part(' nobody waits', 'dim'), asOf]] : [...atMost(waiting, most), ...(since > staleAfter ? [[asOf]] : [])];
  return [...atMost(held, most + 1), ...atMost(waits, most), ...last];
}

function atMost(rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length <= most) return rows;
  return [...rows.slice(0, Math.max(1, most - 1)), [part(` … ${rows.length - Math.max(1, most - 1)} more`, 'dim')]];
}

/** The clock stays, whatever the statement's length. */
function otherRow(what: string, other: OtherSession, clock: string, columns: number): Row {
  return spread([part(` ${what}`, 'warning'), { text: visible(otherText(other)), style: 'plain' }], [part(clock), part(' ')], columns);
}

/** The weak ones in one word; a lock that is waited for comes first. */
function locksText(locks: readonly SessionLock[]): string {
  const shown = [...locks.filter((lock) => !lock.isGranted), ...locks.filter((lock) => lock.isGranted && !lock.isMinor)];
  const minor = locks.filter((lock) => lock.isMinor).length;
  const names = shown.map(({ on, mode, isGranted }) => `${on} ${mode}${isGranted ? '' : ' (waiting)'}`);
  const rest = minor === 0 ? [] : [`${minor} weak`];
  return names.length + rest.length === 0 ? 'none' : [...names, ...rest].join(' · ');
}

/** What stands between, or what the server is, where that changes what a session may do. */
function betweenRows({ outside: { traits }, connection }: Model, columns: number, isOpen: boolean): readonly Row[] {
  if (traits === undefined || connection.phase !== 'open') return [];
  const words = [
    ...(traits.isStandby && !isOpen ? ['A standby: what would write is refused before it is sent.'] : []),
    ...(traits.pooling === 'transaction-pooler'
      ? ['A pooler gives each transaction its server session: SET, LISTEN, temporary tables end with it.']
      : []),
    ...(traits.pooling === 'pooler' ? ['A pooler stands between; whether a session keeps its server session is not known.'] : []),
  ];
  return words.flatMap((text) => wrappedRows(text, columns, 'dim'));
}

/** A row in as many as it needs: what does not fit any more begins the next one. */
function broken(row: Row, columns: number): readonly Row[] {
  const rows: Part[][] = [[]];
  for (const one of row) {
    const last = rows.at(-1) ?? [];
    if (last.length > 0 && widthOf([...last, one]) > columns) rows.push([one]);
    else last.push(one);
  }
  return rows;
}

function wrappedRows(text: string, columns: number, style: Style): readonly Row[] {
  return wrap(visible(text), Math.max(8, columns - 2)).map((line) => [part(' '), { text: line, style }]);
}

export function timeOfDay(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

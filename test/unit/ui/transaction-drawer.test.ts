import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { OtherSession, SessionActivity, SessionLock } from '../../../src/catalog/session-activity.ts';
import type { TransactionRecord } from '../../../src/engine/transaction/record.ts';
import { untrusted } from '../../../src/text/untrusted.ts';
import { screenView } from '../../../src/ui/screen-view.ts';
import { chooseTheme } from '../../../src/ui/theme.ts';
import { lookedAt } from '../../../src/workbench/look.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { recordOf, type Told } from '../../support/transaction-facts.ts';
import { openModel, press, send } from '../workbench/model-builder.ts';

const colour = chooseTheme({ TERM: 'xterm-256color' });
const plain = chooseTheme({ TERM: 'xterm-256color', NO_COLOR: '1' });

const rowsOf = (model: Model, theme = plain) => screenView(model, theme).rows.map((row) => row.trimEnd());
const text = (model: Model) => rowsOf(model).map((row) => stripVTControlCharacters(row).trimEnd());

function shown(record: TransactionRecord, columns = 80, automatic: Model['automatic'] = 'off'): Model {
  const told = send(openModel(columns, 30), { type: 'recorded', record, automatic, now: 10_000 }).model;
  return { ...press(told, '<f4>').model, now: 10_000 };
}

const failed = recordOf(
  ['begin isolation level serializable', 'BEGIN', 'transaction'],
  ['update w set b = 1', 'UPDATE 3', 'transaction'],
  ['savepoint fees', 'SAVEPOINT', 'transaction'],
  ['insert into l values (1)', 'INSERT 0 812', 'transaction'],
  ['savepoint howdah_auto_1', 'SAVEPOINT', 'transaction'],
  ['insert into l values (2)', '!23514', 'failed'],
);

test('the drawer covers a narrow result: state, modes with their age, idle time, timeline', () => {
  const rows = text(shown(failed));
  const top = rows.findIndex((row) => row.startsWith('── transaction'));
  expect(rows.slice(top + 1, top + 5)).toEqual([
    expect.stringMatching(/^ ! failed: roll back, or back to a savepoint · 00:09$/),
    expect.stringMatching(/^ serializable as of \d\d:\d\d:\d\d$/),
    ' idle 00:03',
    ' locks: not looked at yet',
  ]);
  expect(rows.slice(top + 6, top + 12)).toEqual([
    expect.stringMatching(/^ ● begin +\d\d:\d\d:\d\d$/),
    expect.stringMatching(/^ │ update w set b = 1 +3 rows {2}10\.0 ms$/),
    expect.stringMatching(/^ ◆ fees +\d\d:\d\d:\d\d$/),
    expect.stringMatching(/^ {3}│ insert into l values \(1\) +812 rows {2}10\.0 ms$/),
    expect.stringMatching(/^▌ {2}◆ auto 1 +\d\d:\d\d:\d\d$/),
    expect.stringMatching(/^ {5}│ insert into l values \(2\) +✗ 23514 check_violation$/),
  ]);
});

test('the status line counts the savepoints after the state that they are of', () => {
  expect(text(shown(failed))[0]).toMatch(/ {2}! failed, roll back · 2 savepoints(?: {2}idle 00:03)?$/);
});

test('what was undone is struck through, and says so without colour', () => {
  const record = recordOf(
    ['begin', 'BEGIN', 'transaction'],
    ['savepoint a', 'SAVEPOINT', 'transaction'],
    ['delete from t', 'DELETE 2', 'transaction'],
    ['rollback to a', 'ROLLBACK', 'transaction'],
  );
  const model = shown(record);
  expect(text(model).find((row) => row.includes('delete from t'))).toMatch(/2 rows {2}10\.0 ms undone$/);
  expect(rowsOf(model, colour).find((row) => row.includes('delete from t'))).toContain('\x1b[2;9m│ delete from t');
  expect(text(model).join('\n')).toContain('↩ back to a');
});

test('beside a wide result it stays while the keys go to the editor', () => {
  const model = shown(failed, 130);
  expect(text(model).join('\n')).toMatch(/┬── transaction/);
  const left = press(model, '<tab>select').model;
  expect(text(left).join('\n')).toMatch(/┬── transaction/);
  expect(text(left).join('\n')).toContain('select');
  const narrow = press(shown(failed), '<tab>').model;
  expect(narrow.panel).toBeUndefined();
});

test('the countdown of the server, and no limit', () => {
  const open = recordOf(['begin', 'BEGIN', 'transaction']);
  const timed = (value: number) => ({ ...open, idleTimeout: { value, at: 9000 } });
  expect(text(shown(timed(300_000))).join('\n')).toContain('idle 00:08 · server ends it in 04:51');
  expect(text(shown(timed(0))).join('\n')).toContain('idle 00:08 · the server sets no limit');
});

test('without a transaction: how the last one ended, and what is set', () => {
  const record = recordOf(['begin', 'BEGIN', 'transaction'], ['select 1/0', '!22012', 'failed'], ['commit', 'ROLLBACK', 'idle']);
  const rows = text(shown(record, 80, 'every')).join('\n');
  expect(rows).toContain('no transaction is open');
  expect(rows).toContain('the last one: rolled back: COMMIT of a failed transaction at');
  expect(rows).toContain('automatic savepoints: before every statement');
  expect(rows).toContain('COMMIT of a failed transaction: everything was rolled back');
});

test('of automatic savepoints only those that exist are shown', () => {
  const record = recordOf(
    ['begin', 'BEGIN', 'transaction'],
    ['savepoint howdah_auto_1', 'SAVEPOINT', 'transaction'],
    ['delete from t', 'DELETE 2', 'transaction'],
    ['release howdah_auto_1; savepoint howdah_auto_2', 'RELEASE, SAVEPOINT', 'transaction'],
    ['delete from u', 'DELETE 3', 'transaction'],
  );
  const rows = text(shown(record)).join('\n');
  expect(rows).not.toContain('auto 1');
  expect(rows).toMatch(/│ delete from t .*\n.*◆ auto 2 .*\n.*│ delete from u/);
});

const nothing: SessionActivity = { xid: undefined, locks: [], waiters: [], holders: [], waited: undefined };

function looked(model: Model, changes: Partial<SessionActivity>, age = 0): string {
  const of = lookedAt(model);
  if (of === undefined) throw new Error('nothing to look at');
  const look = { activity: { ...nothing, ...changes }, at: model.now - age, of, sql: [] };
  return text(send(model, { type: 'looked', look }).model).join('\n');
}

const lock = (on: string, mode: string, isMinor = false, isGranted = true): SessionLock => ({
  on: untrusted(on),
  mode: untrusted(mode),
  isGranted,
  isMinor,
});

const waiter = (processId: string, query: string): OtherSession => ({
  processId,
  user: untrusted('al\u001bice'),
  query: untrusted(query),
  state: untrusted('active'),
  milliseconds: 11_000,
});

test('the locks, strong ones by name, and the transaction id', () => {
  const locks = [
    lock('t', 'AccessShare', true),
    lock('t', 'RowExclusive'),
    lock('u', 'Share', false, false),
    lock('t_pkey', 'RowExclusive', true),
  ];
  const rows = looked(shown(failed), { xid: '755', locks });
  expect(rows).toContain(' · 00:09 · xid 755');
  expect(rows).toContain('locks: u Share (waiting) · t RowExclusive · 2 weak');
  expect(rows).toContain(' nobody waits');
  expect(looked(shown(failed), {})).toContain('locks: none');
});

test.each<[columns: number, rows: readonly RegExp[]]>([
  [80, [/^ ! failed: roll back, or back to a savepoint · 00:09 · xid 755$/, /^ serializable as of \d\d:\d\d:\d\d$/]],
  [58, [/^ ! failed: roll back, or back to a savepoint · 00:09$/, /^ · xid 755$/, /^ serializable as of \d\d:\d\d:\d\d$/]],
])('in %i columns nothing of the state is cut', (columns, expected) => {
  const rows = looked(shown(failed, columns), { xid: '755' }).split('\n');
  const top = rows.findIndex((row) => row.startsWith(' ! failed'));
  expect(rows.slice(top, top + expected.length)).toEqual(expected.map((row) => expect.stringMatching(row)));
});

test('how the last one ended is wrapped, not cut', () => {
  const record = recordOf(['begin', 'BEGIN', 'transaction'], ['select 1/0', '!22012', 'failed'], ['commit', 'ROLLBACK', 'idle']);
  expect(text(shown(record, 58)).join('\n')).toMatch(/the last one: rolled back: COMMIT of a failed\n transaction at \d\d:\d\d:\d\d/);
});

test('of a COMMIT that failed the error is named: the drawer may cover the result', () => {
  const record = recordOf(['begin', 'BEGIN', 'transaction'], ['commit', '!23505', 'idle']);
  expect(text(shown(record, 110)).join('\n')).toMatch(
    /the last one: rolled back at \d\d:\d\d:\d\d by an error at its end: 23505 unique_violation/,
  );
});

test('who waits and for whom is waited, with a clock that goes on; nothing of it drives the terminal', () => {
  const rows = looked(
    shown(failed),
    { waiters: [waiter('4711', 'update t')], holders: [waiter('4712', 'lock t'), waiter('0', '')], waited: 7000 },
    1000,
  );
  expect(rows).toMatch(/^ waited for by 4711 \(al␛ice\): update t +00:12$/m);
  expect(rows).toMatch(/^ waits for 4712 \(al␛ice\): lock t +00:08$/m);
  expect(rows).toMatch(/^ waits for a prepared transaction +00:08$/m);
});

test('an old look says when it was; many that wait are counted', () => {
  expect(looked(shown(failed), {}, 6000)).toMatch(/nobody waits as of \d\d:\d\d:\d\d/);
  const waiters = Array.from({ length: 9 }, (_, index) => waiter(String(index + 1), 'x'));
  expect(looked(shown(failed), { waiters })).toMatch(/2 \(al␛ice\): x +00:11\n … 7 more/);
});

test('where nobody else can look, the key that asks is named', () => {
  const embedded = { ...shown(failed) };
  if (embedded.connection.phase !== 'open') throw new Error('not open');
  const facts = { ...embedded.connection.facts, security: 'embedded' as const };
  expect(text({ ...embedded, connection: { ...embedded.connection, facts } }).join('\n')).toContain(
    'locks: l asks the one session there is',
  );
  const pooled = send(shown(failed), { type: 'traits-known', traits: { isStandby: false, isSeen: false, pooling: 'transaction-pooler' } });
  expect(text(pooled.model).join('\n')).toContain('locks: l asks this session, which others cannot see here');
  expect(text(pooled.model).join('\n')).toContain('A pooler gives each transaction its server session');
});

test('a long timeline scrolls, and says where it is; marking brings the mark into view', () => {
  const many = recordOf(
    ['begin', 'BEGIN', 'transaction'],
    ['savepoint early', 'SAVEPOINT', 'transaction'],
    ...Array.from({ length: 60 }, (_, index): Told => [`select ${index}`, 'SELECT 1', 'transaction']),
  );
  const last = shown(many);
  expect(text(last).join('\n')).toMatch(/── transaction · \d+–62 of 62/);
  expect(text(last).join('\n')).toContain('select 59');
  const up = press(last, '<pageup><pageup><pageup><pageup><pageup><pageup><pageup>').model;
  expect(text(up).join('\n')).toMatch(/── transaction · 1–\d+ of 62/);
  expect(text(up).join('\n')).toContain('● begin');
  expect(text(press(up, '<pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown>').model).join('\n')).toContain('select 59');
  expect(text(press(last, '<up>').model).join('\n')).toMatch(/^▌◆ early/m);
});

import { expect, test } from 'vitest';
import { advance } from '../../../../src/engine/transaction/record.ts';
import {
  dueWarnings,
  idleTime,
  idleTimeLeft,
  settingMilliseconds,
  transactionAge,
  warningTimes,
} from '../../../../src/engine/transaction/timers.ts';
import { recordOf } from '../../../support/transaction-facts.ts';

// BEGIN was sent at 1000, the last ReadyForQuery came at 2500.
const open = recordOf(['begin', 'BEGIN', 'transaction'], ['select 1', 'SELECT 1', 'transaction']);
const idle = recordOf(['select 1', 'SELECT 1', 'idle']);
const running = advance(open, { type: 'sent', sql: 'select 2', at: 3000 });
const lost = advance(open, { type: 'lost', reason: 'gone', at: 3000 });

test('age, idle time and what is left', () => {
  expect(transactionAge(open, 5000)).toBe(4000);
  expect(idleTime(open, 5000)).toBe(2500);
  expect(idleTimeLeft(open, 10_000, 5000)).toBe(7500);
  expect(idleTimeLeft(open, 1000, 5000)).toBe(0);
  expect(idleTimeLeft(open, 0, 5000)).toBeUndefined();
  expect(transactionAge(open, 0)).toBe(0);
});

test('nothing runs down while a statement runs, outside a transaction, or without a session', () => {
  expect(transactionAge(running, 5000)).toBe(4000);
  expect(idleTime(running, 5000)).toBeUndefined();
  expect(idleTimeLeft(running, 10_000, 5000)).toBeUndefined();
  for (const record of [idle, lost]) {
    expect(transactionAge(record, 5000)).toBeUndefined();
    expect(idleTime(record, 5000)).toBeUndefined();
  }
});

test('each warning falls due once, of those due together the weightiest', () => {
  const times = { age: [2000, 60_000], idle: [1000, 2000], left: [5000, 1000] };
  const due = (earlier: number, now: number, timeout = 10_000) => dueWarnings(open, times, timeout, earlier, now);
  expect(due(2500, 2999)).toEqual([]);
  expect(due(2999, 3000)).toEqual([{ kind: 'age', milliseconds: 2000 }]);
  expect(due(3000, 4500)).toEqual([{ kind: 'idle', milliseconds: 2000 }]);
  expect(due(4500, 7499)).toEqual([]);
  expect(due(7499, 7500)).toEqual([{ kind: 'left', milliseconds: 5000 }]);
  expect(due(7500, 20_000)).toEqual([{ kind: 'left', milliseconds: 1000 }]);
  expect(due(20_000, 70_000)).toEqual([{ kind: 'age', milliseconds: 60_000 }]);
  expect(due(4500, 20_000, 0)).toEqual([]);
  expect(dueWarnings(lost, times, 10_000, 0, 99_000)).toEqual([]);
});

test.each([
  ['0', 0],
  ['500', 500],
  ['30s', 30_000],
  ['5min', 300_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['250ms', 250],
  ['', undefined],
  ['5 fortnights', undefined],
  ['-1', undefined],
])('SHOW says %s', (text, milliseconds) => {
  expect(settingMilliseconds(text)).toBe(milliseconds);
});

test.each([
  ['30s 5min', [30_000, 300_000]],
  [' 10min,1h ', [600_000, 3_600_000]],
  ['off', []],
  ['OFF', []],
  ['5', undefined],
  ['soon', undefined],
  ['30s soon', undefined],
  ['10ms', undefined],
  ['', undefined],
])('times of warnings: %s', (text, times) => {
  expect(warningTimes(text)).toEqual(times);
});

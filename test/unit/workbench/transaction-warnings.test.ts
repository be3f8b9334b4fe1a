import { expect, test } from 'vitest';
import { advance } from '../../../src/engine/transaction/record.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { durationWords, idleWord } from '../../../src/workbench/transaction-warnings.ts';
import { usualWarnings } from '../../../src/workbench/warnings.ts';
import { recordOf } from '../../support/transaction-facts.ts';
import { openModel, send } from './model-builder.ts';

const second = 1000;
const minute = 60 * second;

/** In a transaction begun at 1 s, ready since 1.5 s; the server ends it after so many milliseconds of idling. */
function idling(timeout = 0): Model {
  const record = advance(recordOf(['begin', 'BEGIN', 'transaction']), { type: 'shown', modes: {}, idleTimeout: timeout, at: 1600 });
  return send(openModel(), { type: 'recorded', record, automatic: 'off', warnings: usualWarnings, now: 1600 }).model;
}

/** Ticks twice a second up to then. */
function at(model: Model, until: number): Model {
  let ticked = model;
  for (let now = model.now; now <= until; now += 500) ticked = send(ticked, { type: 'tick', now }).model;
  return ticked;
}

const said = (model: Model) => model.log.entries.map(({ text }) => text);

test('each warning once, at its time, and a word on the status line', () => {
  const quiet = at(idling(), 31 * second);
  expect([said(quiet), idleWord(quiet)]).toEqual([[], undefined]);
  const first = at(quiet, 2 * minute);
  expect(said(first)).toEqual(['The transaction has been idle for 30 s; it keeps its locks. F4 shows it.']);
  expect(idleWord(first)).toMatchObject({ text: 'idle 01:58' });
  const later = at(first, 20 * minute);
  expect(said(later).slice(1)).toEqual([
    expect.stringMatching(/idle for 5 min/),
    'The transaction has been open for 10 min; it holds back VACUUM. F4 shows it.',
  ]);
});

test("before the server's idle timeout strikes", () => {
  const model = at(idling(5 * minute), 5 * minute);
  const texts = said(model);
  expect(texts.slice(1)).toEqual([
    expect.stringMatching(/^The server ends this session in 1 min and rolls back/),
    expect.stringMatching(/^The server ends this session in 10 s/),
  ]);
  expect(idleWord(model)).toEqual({ text: 'ends in 00:01', isLast: true });
});

test('nothing while a statement runs; what fell due is said after it', () => {
  const idle = idling();
  const submission = { bufferId: 'console', mode: 'input', text: 'select 1;', base: 0 } as const;
  const running: Model = { ...idle, running: { since: 2000, isCancelling: false, submission } };
  const long = at(running, 11 * minute);
  expect([said(long), idleWord(long)]).toEqual([[], undefined]);
  expect(said(at({ ...long, running: undefined }, 11 * minute + 500))).toHaveLength(2);
});

test('at times of one’s own, or never', () => {
  const own = send(idling(), {
    type: 'recorded',
    record: idling().transaction,
    automatic: 'off',
    warnings: { ...usualWarnings, idle: [5 * second], age: [] },
    now: 1600,
  }).model;
  expect(said(at(own, 12 * minute))).toEqual([expect.stringMatching(/idle for 5 s;/)]);
});

test('no transaction, no warning', () => {
  expect(said(at(openModel(), 12 * minute))).toEqual([]);
});

test.each([
  [30_000, '30 s'],
  [90_000, '90 s'],
  [300_000, '5 min'],
  [7_200_000, '2 h'],
])('%i ms in words: %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

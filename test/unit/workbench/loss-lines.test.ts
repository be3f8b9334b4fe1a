import { expect, test } from 'vitest';
import { lossLines } from '../../../src/workbench/loss-lines.ts';
import { advanceAll, recordOf } from '../../support/transaction-facts.ts';

const lost = { type: 'lost', reason: 'gone', at: 9000 } as const;
const open = () => recordOf(['begin', 'BEGIN', 'transaction'], ['update a\nset i = 1', 'UPDATE 1200', 'transaction']);

test('the statements of the lost transaction, their first lines and rows', () => {
  expect(lossLines(advanceAll(open(), [lost]))).toEqual(['Statements of the lost transaction:', '  update a (1,200 rows)']);
});

test('a COMMIT on its way: nobody knows', () => {
  const sent = { type: 'sent', sql: 'commit', at: 8000 } as const;
  expect(lossLines(advanceAll(open(), [sent, lost])).slice(2)).toEqual([
    'Sent, and never answered: commit',
    'Whether that was committed is not known.',
  ]);
});

test('nothing was lost where nothing was open, or the session lives', () => {
  expect(lossLines(advanceAll(recordOf(), [lost]))).toEqual([]);
  expect(lossLines(open())).toEqual([]);
  expect(lossLines(undefined)).toEqual([]);
});

test('of many statements the newest', () => {
  const many = Array.from({ length: 9 }, (_, index) => [`select ${index}`, 'SELECT 1', 'transaction'] as const);
  const lines = lossLines(advanceAll(recordOf(['begin', 'BEGIN', 'transaction'], ...many), [lost]));
  expect(lines[1]).toBe('  3 earlier ones; F4 lists them');
  expect(lines.slice(2)).toEqual([3, 4, 5, 6, 7, 8].map((index) => `  select ${index}`));
});

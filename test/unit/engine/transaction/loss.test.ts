import { expect, test } from 'vitest';
import { describeLoss, lastWord } from '../../../../src/engine/transaction/loss.ts';
import { advance, type TransactionFact } from '../../../../src/engine/transaction/record.ts';
import type { EntryError } from '../../../../src/engine/transaction/timeline.ts';
import { advanceAll, recordOf, type Told } from '../../../support/transaction-facts.ts';

const begin: Told = ['begin', 'BEGIN', 'transaction'];
const update: Told = ['update t\n   set i = 1', 'UPDATE 5', 'transaction'];
const failed: Told = ['selec', '!42601', 'failed'];
const lost: TransactionFact = { type: 'lost', reason: 'gone', at: 99_000 };

test('in a transaction: what had been done and was not undone', () => {
  const a: Told = ['savepoint a', 'SAVEPOINT', 'transaction'];
  const record = recordOf(begin, update, a, ['delete from t', 'DELETE 1', 'transaction'], failed, [
    'rollback to a',
    'ROLLBACK',
    'transaction',
  ]);
  const report = describeLoss(advance(record, lost));
  expect(report).toMatchObject({ reason: 'gone', at: 99_000, since: 1000, unlisted: 0, unanswered: [], outcome: 'rolled-back' });
  expect(report?.statements.map(({ sql, changedRows }) => [sql, changedRows])).toEqual([['update t\n   set i = 1', 5]]);
});

test('a long one: how many are not listed', () => {
  const report = describeLoss(advance(recordOf(begin, ...Array.from({ length: 3000 }, () => update)), lost));
  expect((report?.unlisted ?? 0) + (report?.statements.length ?? 0)).toBe(3000);
});

test('the last word of the server is what ended the session, no error before it', () => {
  const after = (error: EntryError) => lastWord(advanceAll(recordOf(begin), [{ type: 'error', error, milliseconds: 1 }, lost]));
  expect(after({ code: '57P01', message: 'terminating connection', isFatal: true })).toBe('terminating connection');
  expect(after({ code: '22012', message: 'division by zero' })).toBeUndefined();
});

test('nothing lost', () => {
  expect(describeLoss(recordOf(begin, update))).toBeUndefined();
  expect(describeLoss(advance(recordOf(begin, update, ['commit', 'COMMIT', 'idle']), lost))).toBeUndefined();
});

const cuts: readonly (readonly [string, readonly Told[], string, readonly string[], 'rolled-back' | 'unknown', readonly string[]])[] = [
  ['a statement in a block', [begin], 'delete from t', [], 'rolled-back', ['delete from t']],
  ['COMMIT', [begin, update], 'commit', [], 'unknown', ['commit']],
  ['PREPARE TRANSACTION', [begin, update], `prepare transaction 'x'`, [], 'unknown', [`prepare transaction 'x'`]],
  ['ROLLBACK', [begin, update], 'rollback', [], 'rolled-back', ['rollback']],
  ['COMMIT of a failed transaction', [begin, failed], 'commit', [], 'rolled-back', ['commit']],
  ['a rollback to a savepoint, and COMMIT', [begin, failed], 'rollback to a; commit', [], 'unknown', ['rollback to a', 'commit']],
  ['a statement on its own', [], 'delete from t', [], 'unknown', ['delete from t']],
  ['a string that opens a block', [], 'begin; delete from t', [], 'rolled-back', ['begin', 'delete from t']],
  ['a string whose COMMIT was answered', [], 'begin; delete from t; commit', ['BEGIN', 'DELETE 1', 'COMMIT'], 'unknown', []],
  ['a string whose COMMIT was not', [], 'begin; delete from t; commit', ['BEGIN', 'DELETE 1'], 'unknown', ['commit']],
  ['a statement behind a ROLLBACK', [begin], 'rollback; delete from t', [], 'unknown', ['rollback', 'delete from t']],
];

test.each(cuts)('on its way: %s', (_, told, sql, tags, outcome, unanswered) => {
  const record = advanceAll(recordOf(...told), [
    { type: 'sent', sql, at: 98_000 },
    ...tags.map((tag, index): TransactionFact => ({ type: 'complete', tag, milliseconds: index })),
    lost,
  ]);
  expect(record.state).toBe('lost');
  const report = describeLoss(record);
  if (unanswered.length === 0) expect([report, record.ended?.outcome]).toEqual([undefined, 'committed']);
  else expect(report).toMatchObject({ outcome, unanswered });
});

test('what is lost stays lost', () => {
  const record = advance(recordOf(begin, update), lost);
  expect(advance(record, { type: 'ready', status: 'idle', at: 99_001 })).toBe(record);
});

import { describe, expect, test } from 'vitest';
import { replayPlan } from '../../../../src/engine/transaction/replay.ts';
import { advanceAll, recordOf, type Told } from '../../../support/transaction-facts.ts';

const failure = { code: '40001', message: 'no' };
const begin: Told = ['begin isolation level serializable', 'BEGIN', 'transaction'];
const update: Told = ['update t set i = 1', 'UPDATE 5', 'transaction'];
const failed: Told = ['update t set i = 2', '!40001', 'failed'];

function stepsOf(...told: readonly Told[]): readonly string[] | undefined {
  return replayPlan(recordOf(...told), failure, told.at(-1)?.[0] ?? '')?.steps.map(({ sql }) => sql);
}

test('all of it in order, the one that failed last, in the modes it had', () => {
  const plan = replayPlan(recordOf(begin, update, failed), failure, 'update t set i = 2');
  expect(plan).toEqual({
    modes: { isolation: 'serializable' },
    steps: [{ sql: 'update t set i = 1' }, { sql: 'update t set i = 2' }],
    unlisted: 0,
  });
});

describe('what is left out, and what not', () => {
  test('what was undone, and what failed for another reason', () => {
    const point: Told = ['savepoint "A b"', 'SAVEPOINT', 'transaction'];
    const wrong: Told = ['selec', '!42601', 'failed'];
    const back: Told = ['rollback to "A b"', 'ROLLBACK', 'transaction'];
    expect(stepsOf(begin, point, ['delete from t', 'DELETE 1', 'transaction'], wrong, back, update, failed)).toEqual([
      'SAVEPOINT "A b"',
      'update t set i = 1',
      'update t set i = 2',
    ]);
  });

  test('what was refused because the transaction had failed', () => {
    expect(stepsOf(begin, failed, ['insert into t values (1)', '!25P02', 'failed'])).toEqual([
      'update t set i = 2',
      'insert into t values (1)',
    ]);
  });

  test('automatic savepoints', () => {
    expect(stepsOf(begin, ['savepoint howdah_auto_1', 'SAVEPOINT', 'transaction'], update, failed)).toEqual([
      'update t set i = 1',
      'update t set i = 2',
    ]);
  });
});

test('what failed at COMMIT, and what is of another transaction', () => {
  expect(stepsOf(begin, update, ['commit', '!40001', 'idle'])).toEqual(['update t set i = 1', 'commit']);
  const later = recordOf(begin, update, ['commit', '!40001', 'idle']);
  expect(replayPlan(later, failure, 'delete from other')).toBeUndefined();
  expect(replayPlan(recordOf(), failure, 'delete from t')).toBeUndefined();
});

test('what the record does not hold', () => {
  const record = advanceAll(recordOf(begin, ['copy t (i) from stdin', 'COPY 3', 'transaction']), [
    { type: 'sent', sql: 'insert into t values ($1)', at: 9000, hasParameters: true },
    { type: 'complete', tag: 'INSERT 0 1', milliseconds: 1 },
    { type: 'ready', status: 'transaction', at: 9001 },
  ]);
  expect(replayPlan(record, failure, '')?.steps.map(({ lacks }) => lacks)).toEqual(['copy-data', 'parameters']);
  const long = replayPlan(recordOf(begin, ...Array.from({ length: 3000 }, () => update), failed), failure, '');
  expect((long?.unlisted ?? 0) + (long?.steps.length ?? 0)).toBe(3001);
  expect(long?.unlisted).toBeGreaterThan(0);
});

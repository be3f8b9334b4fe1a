import { expect, test } from 'vitest';
import { commitOutcome, noteCommit, type RowsQuery } from '../../../../src/engine/transaction/commit-outcome.ts';

const answers =
  (...row: readonly (string | null)[]): RowsQuery =>
  () =>
    Promise.resolve([row]);
const fails: RowsQuery = () => Promise.resolve(undefined);
const evidence = { xid: '4294967300', server: { startedAt: '17.25', processIds: ['10', '11'] } };

test('what is noted', async () => {
  expect(await noteCommit(answers('4294967300', '17.25', '10 11'), 180_004)).toEqual(evidence);
  expect(await noteCommit(answers(null, '17.25', '10 11'), 180_004)).toBeUndefined();
  expect(await noteCommit(answers(`1'); drop table t; --`, '17.25', '10'), 180_004)).toBeUndefined();
  expect(await noteCommit(fails, 180_004)).toBeUndefined();
  expect(await noteCommit(answers('5', '17.25', '10'), 90_624)).toBeUndefined();
});

test.each([
  ['committed', answers('committed', '17.25', '10 11'), 'committed'],
  ['aborted', answers('aborted', '17.25', '10 12'), 'aborted'],
  ['in progress', answers('in progress', '17.25', '11'), 'in progress'],
  ['forgotten', answers(null, '17.25', '10 11'), 'unknown'],
  ['another server, or the same one started again', answers('committed', '17.26', '10 11'), 'unknown'],
  ['a crash since: the id may be of another transaction', answers('committed', '17.25', '20 21'), 'unknown'],
  ['no background process to be seen', answers('committed', '17.25', null), 'unknown'],
  ['an id of the future, or no connection', fails, 'unknown'],
])('verdict: %s', async (_, query, verdict) => {
  expect(await commitOutcome(evidence, query, 180_004)).toBe(verdict);
});

test('each version is asked in its own way', async () => {
  const asked: string[] = [];
  const query: RowsQuery = (sql) => {
    asked.push(sql);
    return Promise.resolve(undefined);
  };
  for (const version of [90_624, 120_022, 130_000]) {
    expect(await commitOutcome(evidence, query, version)).toBe('unknown');
    await noteCommit(query, version);
  }
  expect(asked.map((sql) => /pg_catalog\.(\w+)/.exec(sql)?.[1])).toEqual([
    'txid_status',
    'txid_current_if_assigned',
    'pg_xact_status',
    'pg_current_xact_id_if_assigned',
  ]);
  expect(await commitOutcome(undefined, query, 130_000)).toBe('unknown');
});

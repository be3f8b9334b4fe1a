import { expect, test } from 'vitest';
import { refusedInTransaction } from '../../../../src/sql/guard/refused-in-transaction.ts';
import { acceptedStatements, refusedStatements } from '../../../support/refused-in-transaction.ts';

const on18 = { standardStrings: true, version: 180_000 };

test.each(refusedStatements)('%s', (sql, command) => {
  expect(refusedInTransaction(sql, on18)).toBe(command);
  expect(refusedInTransaction(`select 1; ${sql};`, on18)).toBe(command);
});

test.each(acceptedStatements)('not %s', (sql) => {
  expect(refusedInTransaction(sql, on18)).toBeUndefined();
});

test('what depends on more than its text is left to the server', () => {
  const unknown = [
    'drop subscription s',
    'call p()',
    'alter subscription s disable',
    "create subscription s connection '' publication p with (create_slot = 0)",
  ];
  for (const sql of unknown) expect(refusedInTransaction(sql, on18)).toBeUndefined();
});

test('a subscription is refreshed in a transaction before PostgreSQL 14', () => {
  const sql = 'alter subscription s refresh publication';
  expect(refusedInTransaction(sql, { ...on18, version: 130_000 })).toBeUndefined();
});

test('a label is added to an enumeration in a transaction from PostgreSQL 12 on', () => {
  const sql = "ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'cross' BEFORE 'calm'";
  expect(refusedInTransaction(sql, { ...on18, version: 110_022 })).toBe('ALTER TYPE ADD VALUE');
  expect(refusedInTransaction(sql, { ...on18, version: 120_000 })).toBeUndefined();
});

import { expect, test } from 'vitest';
import { refusedInTransaction } from '../../../../src/sql/guard/refused-in-transaction.ts';
import { acceptedStatements, refusedStatements } from '../../../support/refused-in-transaction.ts';

test.each(refusedStatements)('%s', (sql, command) => {
  expect(refusedInTransaction(sql)).toBe(command);
  expect(refusedInTransaction(`select 1; ${sql};`)).toBe(command);
});

test.each(acceptedStatements)('not %s', (sql) => {
  expect(refusedInTransaction(sql)).toBeUndefined();
});

test('what depends on more than its text is left to the server', () => {
  for (const sql of ['drop subscription s', 'call p()', 'alter subscription s disable']) expect(refusedInTransaction(sql)).toBeUndefined();
});

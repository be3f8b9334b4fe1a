import { expect, test } from 'vitest';
import { poolingOf } from '../../../src/catalog/server-traits.ts';

test.each([
  ['told the truth', 7, [7, 7], 8, 'none'],
  ['told the truth, and nothing to compare with', 7, [7], undefined, 'none'],
  ['another number than it was told', 7, [9, 9], 8, 'pooler'],
  ['one server process for two connections', 7, [9, 9], 9, 'transaction-pooler'],
  ['two server processes for one connection', 7, [9, 10], 8, 'transaction-pooler'],
  ['the truth, and then another', 7, [7, 9], undefined, 'transaction-pooler'],
] as const)('%s', (_, told, first, second, pooling) => {
  expect(poolingOf(told, first, second)).toBe(pooling);
});

import { expect, test } from 'vitest';
import { preparedText } from '../../../src/catalog/prepared-transactions.ts';

const text = (...rows: readonly (readonly (string | null)[])[]) => preparedText({ columns: ['gid', 'age', 'owner'], rows });

test.each([
  ['42', '42 s'],
  ['3599', '59 min'],
  ['7300', '2 h'],
  ['400000', '4 days'],
])('one, %s seconds old', (seconds, age) => {
  expect(text(["it's", seconds, 'bob'])).toBe(
    `A prepared transaction was left behind: 'it''s' of bob, ${age} old.\n` +
      "It keeps its locks until COMMIT or ROLLBACK PREPARED 'it''s'.",
  );
});

test('several: the oldest', () => {
  expect(text(['a', '9', 'bob'], ['b', '5', 'eve'])).toMatch(
    /^2 prepared transactions were left behind, the oldest 'a' of bob, 9 s old:\nselect \* from/,
  );
});

test('none', () => {
  expect(text()).toBeUndefined();
});

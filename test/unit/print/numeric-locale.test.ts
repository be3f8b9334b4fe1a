import { expect, test } from 'vitest';
import { localizeNumber } from '../../../src/print/numeric-locale.ts';

test.each([
  ['1', '1'],
  ['999', '999'],
  ['1000', '1,000'],
  ['-1234567.12345', '-1,234,567.12345'],
  ['+1000', '+1,000'],
  ['1234e+10', '1,234e+10'],
  ['NaN', 'NaN'],
  ['$1234', '$1234'],
  ['', ''],
])('%s is shown as %s', (number, shown) => {
  expect(localizeNumber(Buffer.from(number)).toString()).toBe(shown);
});

import { expect, test } from 'vitest';
import { versionNumber } from '../../../src/server/version-number.ts';

test.each([
  ['15.18 (Debian 15.18-0+deb12u1)', 150_018],
  ['18.4', 180_004],
  ['18beta1', 180_000],
  ['10.23', 100_023],
  ['9.6.3', 90_603],
  ['9.6beta1', 90_600],
  ['16devel', 160_000],
  ['', 0],
  ['CockroachDB', 0],
])('%s is %i', (text, number) => {
  expect(versionNumber(text)).toBe(number);
});

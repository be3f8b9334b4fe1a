import { expect, test } from 'vitest';
import { bytesText, roughly } from '../../../src/text/figures.ts';

test.each([
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [1024, '1.0 kB'],
  [1536 * 1024, '1.5 MB'],
  [123 * 1024 * 1024, '123 MB'],
  [5000 * 1024 ** 4, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test.each([
  [950, '950'],
  [410_200, '410k'],
  [1_240_000, '1.2M'],
  [12_400_000, '12M'],
])('%d is about %s', (rate, text) => {
  expect(roughly(rate)).toBe(text);
});

import { expect, test } from 'vitest';
import { timingText } from '../../../src/engine/timing.ts';

test.each([
  [0.1234, 'Time: 0.123 ms'],
  [999.9994, 'Time: 999.999 ms'],
  [1500, 'Time: 1500.000 ms (00:01.500)'],
  [61_001, 'Time: 61001.000 ms (01:01.001)'],
  [3_661_000, 'Time: 3661000.000 ms (01:01:01.000)'],
  [90_061_000, 'Time: 90061000.000 ms (1 d 01:01:01.000)'],
])('%d ms', (milliseconds, expected) => {
  expect(timingText(milliseconds)).toBe(expected);
});

import { expect, test } from 'vitest';
import { type CopyProgress, copyProgressText } from '../../../src/engine/copy-progress.ts';

const megabyte = 1024 * 1024;

test.each<[CopyProgress, string]>([
  [{ direction: 'out', bytes: 3 * megabyte, lines: 1, totalBytes: undefined, milliseconds: 2000 }, 'COPY out 3.0 MB, 1 line, 1.5 MB/s'],
  [
    { direction: 'in', bytes: 50 * megabyte, lines: 120_400, totalBytes: 200 * megabyte, milliseconds: 10_000 },
    'COPY in 50 MB (25 %), 120k lines, 5.0 MB/s',
  ],
  // A file may grow while it is read: all of it is never more than all.
  [{ direction: 'in', bytes: 300, lines: undefined, totalBytes: 200, milliseconds: 1000 }, 'COPY in 300 bytes (100 %), 300 bytes/s'],
  [{ direction: 'in', bytes: 0, lines: 0, totalBytes: 0, milliseconds: 0 }, 'COPY in 0 bytes, 0 lines, 0 bytes/s'],
])('%j is told so', (progress, text) => {
  expect(copyProgressText(progress)).toBe(text);
});

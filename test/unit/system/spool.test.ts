import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FileSpool } from '../../../src/system/spool.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'howdah-spool-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Byte n of the stream is known, so any read can be checked. */
function pattern(position: number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => ((position + index) * 31 + ((position + index) >> 8)) & 0xff));
}

test('reads back what was appended, before, while and after it reaches the file', async () => {
  const spool = new FileSpool(folder);
  const piece = 100_003;
  for (let round = 0; round < 40; round++) {
    const wait = spool.append(pattern(spool.length, piece));
    for (const position of [0, spool.length - piece - 10, spool.length - 300_000, spool.length - 5]) {
      if (position < 0) continue;
      const expected = pattern(position, Math.min(1000, spool.length - position));
      expect(spool.read(position, 1000).equals(expected)).toBe(true);
    }
    if (wait !== undefined) await wait;
  }
  expect(spool.length).toBe(40 * piece);
  expect(spool.read(0, spool.length).equals(pattern(0, spool.length))).toBe(true);
  spool.close();
});

test.skipIf(process.platform === 'win32')('the file has no name while it is used', () => {
  const spool = new FileSpool(join(folder, 'cache'));
  void spool.append(Buffer.alloc(1_000_000));
  expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  expect(statSync(join(folder, 'cache')).mode & 0o777).toBe(0o700);
  spool.close();
});

test('asks a fast writer to wait, so that memory stays bounded', async () => {
  const spool = new FileSpool(folder);
  const waits: Promise<void>[] = [];
  for (let round = 0; round < 20; round++) {
    const wait = spool.append(Buffer.alloc(256 * 1024));
    if (wait !== undefined) waits.push(wait);
  }
  expect(waits.length).toBeGreaterThan(10);
  await Promise.all(waits);
  await vi.waitFor(() => expect(spool.append(Buffer.alloc(10))).toBeUndefined());
  spool.close();
});

test('closing twice, and while writes are on their way, is fine', async () => {
  const spool = new FileSpool(folder);
  void spool.append(Buffer.alloc(1_000_000));
  spool.close();
  spool.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
});

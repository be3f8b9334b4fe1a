import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openDrafts } from '../../../src/system/drafts.ts';
import { lockFile } from '../../../src/system/file-lock.ts';
import { openHistory, parseHistory } from '../../../src/system/history.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'howdah-system-'));
const module = (name: string) => JSON.stringify(resolve(import.meta.dirname, '../../../src/system', name));

function run(script: string): Promise<number | null> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((settle) => child.once('close', (code) => settle(code)));
}

test('eight writers lose and tear nothing of the history', async () => {
  const path = join(folder(), 'history');
  const script = (writer: number) => `
    import { openHistory } from ${module('history.ts')};
    const history = await openHistory(${JSON.stringify(path)});
    for (let n = 0; n < 200; n++) {
      history.add({ text: 'select ' + ${writer} + ',' + n + ' -- ' + 'x'.repeat(n) });
      if (n % 20 === 0) await history.flush();
    }
    await history.flush();`;
  const codes = await Promise.all(Array.from({ length: 8 }, (_, writer) => run(script(writer))));
  expect(codes).toEqual(Array(8).fill(0));
  const { entries, damaged } = parseHistory(readFileSync(path, 'utf8'));
  expect(damaged).toBe(0);
  expect(new Set(entries.map(({ text }) => text)).size).toBe(1600);
  expect(entries).toHaveLength(1600);
  const own = entries.filter(({ text }) => text.startsWith('select 3,')).map(({ text }) => Number(text.split(/[, ]/)[2]));
  expect(own).toEqual([...own].sort((a, b) => a - b));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a damaged history is kept aside and its good lines are used', async () => {
  const path = join(folder(), 'history');
  const damaged = '{"text":"a","at":"t"}\n\0\0garbage\n{"text":"b","at":"t"}\n{"text":"tor';
  writeFileSync(path, damaged);
  const history = await openHistory(path);
  expect(history.entries.map(({ text }) => text)).toEqual(['a', 'b']);
  expect(history.warning).toContain('2 damaged lines');
  const aside = readdirSync(join(path, '..')).find((name) => name.includes('.corrupt-')) ?? '';
  expect(readFileSync(join(path, '..', aside), 'utf8')).toBe(damaged);
  history.add({ text: 'c' });
  await history.flush();
  expect((await openHistory(path)).entries.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
});

test('without a folder to write, history lives in memory and says so', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const history = await openHistory(join(file, 'below', 'history'));
  history.add({ text: 'a' });
  await history.flush();
  expect(history.entries).toHaveLength(1);
  expect(history.warning).toContain('in memory only');
});

test('a second holder is told who has the lock', async () => {
  const path = join(folder(), 'data');
  const first = await lockFile(path);
  expect(first.ok).toBe(true);
  const second = await lockFile(path);
  expect(second).toMatchObject({ ok: false, holder: { pid: process.pid } });
  if (first.ok) await first.release();
  const third = await lockFile(path);
  expect(third.ok).toBe(true);
  if (third.ok) await third.release();
});

test('the lock of a killed process is taken over', async () => {
  const path = join(folder(), 'data');
  await run(`import { lockFile } from ${module('file-lock.ts')};
    await lockFile(${JSON.stringify(path)});
    process.kill(process.pid, 'SIGKILL');`);
  expect(await lockFile(path)).toMatchObject({ ok: false });
  const lock = await lockFile(path, { wait: 10_000 });
  expect(lock.ok).toBe(true);
  if (lock.ok) await lock.release();
});

test('unsaved text of a killed process comes back, once', async () => {
  const path = folder();
  await run(`import { openDrafts } from ${module('drafts.ts')};
    openDrafts(${JSON.stringify(path)}).save('console', 'select 1');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000);`);
  const journal = openDrafts(path);
  expect(journal.recovered.map(({ buffer, text }) => ({ buffer, text }))).toEqual([{ buffer: 'console', text: 'select 1' }]);
  expect(openDrafts(path).recovered).toEqual([]);
  journal.discard('console');
  journal.flushNow();
  expect(readdirSync(path)).toEqual([]);
});

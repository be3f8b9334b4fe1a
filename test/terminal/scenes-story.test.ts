import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { Terminal } from '../support/terminal.ts';
import { meanwhile, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

test('a learner plays a lost update step by step, sees one session wait for the other, and leaves nothing behind', async () => {
  terminal = await openWorkbench(home.environment, { columns: 80, rows: 24 });
  await terminal.press('F4', 't');
  await terminal.sees('1  Read committed: one question, two answers');
  await terminal.press('Down', 'Down', 'Enter');
  const intro = await terminal.sees('which is dropped in');
  const schema = /howdah_scene_\d+/.exec(intro)?.[0];
  for (const step of [1, 2, 3, 4, 5, 6]) {
    await terminal.press('Enter');
    // A step that has not come to rest takes no key.
    await terminal.sees(`step ${step} of 8 ─`);
  }
  await terminal.sees(/ A {2}\* in transaction +│ B {2}waits for a lock 00:0\d/);
  await terminal.press('Enter');
  await terminal.sees('B reads 70, not 100');
  await terminal.sees(/ A {2}idle +│ B {2}\* in transaction/);
  await terminal.press('Esc');
  await terminal.sees('6 scenes');
  await expect.poll(() => meanwhile(`select to_regnamespace('${schema}') is null`)).toBe('t');
});

test('on the practice database the list says what it needs, in one line', async () => {
  terminal = new Terminal(['practice'], { environment: home.environment, columns: 80, rows: 24 });
  await terminal.sees('embedded');
  await terminal.press('F4', 't');
  await terminal.sees('The embedded engine has one session');
  await terminal.sees('docker run --rm -p 5432:5432');
});

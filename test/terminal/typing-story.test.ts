import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { pause, type Terminal } from '../support/terminal.ts';
import { enter, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

test('a paste runs nothing, bracketed or not; typed ahead in one read runs', async () => {
  terminal = await openWorkbench(home.environment);
  terminal.send("\x1b[200~select 'pasted' as p;\nselect 2;\n\x1b[201~");
  await terminal.sees("select 'pasted' as p;");
  await terminal.sees('3 ');
  await pause(150);
  expect(terminal.text()).not.toMatch(/complete/);
  await terminal.press('Ctrl-C');
  await terminal.seesNoMore('pasted');
  terminal.send("select 'burst' as b;\rselect 2;\r");
  await terminal.sees("select 'burst' as b;");
  await pause(150);
  expect(terminal.text()).not.toMatch(/complete/);
  await terminal.press('Ctrl-C');
  await terminal.seesNoMore('burst');
  terminal.send("select 'ahead' as a;\r");
  await terminal.sees('1 row, complete');
});

test('undo and redo bring text back as it was', async () => {
  terminal = await openWorkbench(home.environment);
  await terminal.type('select thing');
  await terminal.press('Ctrl-W');
  await terminal.seesNoMore('thing');
  terminal.send('\x1f');
  await terminal.sees('select thing');
  terminal.send('\x1b_');
  await terminal.seesNoMore('thing');
});

test('history: Up and Down at the edges, a search, kept over a killed process, secrets masked, the draft back and not run', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, "select 'first' as a;");
  await terminal.sees('1 row, complete');
  await enter(terminal, "create role secretive password 'hunter2';");
  await terminal.sees('CREATE ROLE');
  await enter(terminal, 'drop role secretive;');
  await terminal.sees('DROP removes the role secretive.');
  await terminal.press('Down', 'Down', 'Enter');
  await terminal.sees('DROP ROLE');
  await terminal.type('half typed');
  await terminal.press('Up');
  await terminal.sees('drop role secretive;');
  await terminal.press('Up', 'Up');
  await terminal.sees("select 'first' as a;");
  await terminal.press('Down', 'Down', 'Down');
  await terminal.sees('half typed');
  await pause(800);
  terminal.kill('SIGKILL');
  await terminal.exit();
  const file = readFileSync(join(home.folder, 'state/howdah/history.jsonl'), 'utf8');
  expect(file).toContain("select 'first' as a;");
  expect(file).not.toContain('hunter2');

  terminal = await openWorkbench(home.environment);
  await terminal.sees('half typed');
  await terminal.sees('Text that was typed and not run is back.');
  expect(terminal.text()).not.toMatch(/complete|error/);
  await terminal.press('Ctrl-C', 'Ctrl-R');
  await terminal.sees('newest first');
  await terminal.type('first');
  await terminal.sees(/▸ select 'first'/);
  await terminal.press('Enter');
  await terminal.seesNoMore('newest first');
  await terminal.sees(/^ +1 +select 'first' as a;/m);
  await terminal.press('Enter');
  await terminal.sees('1 row, complete');
});

import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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

async function newScript(name: string): Promise<void> {
  await terminal.press('Ctrl-N');
  await terminal.sees('File of the script');
  await enter(terminal, name);
  await terminal.seesNoMore('File of the script');
}

test('a file is opened, run, edited, saved with its mode, and asked about when somebody else writes it', async () => {
  const path = join(home.folder, 'report.sql');
  writeFileSync(path, "select 'first' as which;\nselect 'second' as which;\n");
  chmodSync(path, 0o640);
  terminal = await openWorkbench(home.environment);
  await newScript(path);
  await terminal.sees('2 report.sql');
  await terminal.press('Down', 'F5');
  await terminal.sees(/^ ▌?\s+second$/m);
  await terminal.sees("select 'first' as which;");
  await terminal.type('-- mine ');
  await terminal.sees('2 report.sql*');
  await terminal.press('Ctrl-S');
  await terminal.sees('Saved');
  await terminal.seesNoMore('report.sql*');
  expect(readFileSync(path, 'utf8')).toBe("select 'first' as which;\n-- mine select 'second' as which;\n");
  expect(statSync(path).mode & 0o777).toBe(0o640);

  writeFileSync(path, "select 'theirs' as which;\n");
  await terminal.sees('changed on disk');
  await terminal.type('-- again ');
  await terminal.press('Alt-s');
  await terminal.sees('Leave both as they are');
  await terminal.press('Enter');
  await terminal.seesNoMore('Leave both');
  expect(readFileSync(path, 'utf8')).toContain('theirs');
  await terminal.press('Alt-s');
  await terminal.sees('Read the file again');
  await terminal.press('Down', 'Down', 'Enter');
  await terminal.sees("select 'theirs' as which;");
  await terminal.seesNoMore('report.sql*');
  await terminal.press('Alt-w');
  await terminal.seesNoMore('2 report.sql');
});

test('a scratch gets its file when it is saved; closing asks; a new name is a new file; \\w writes one', async () => {
  terminal = await openWorkbench(home.environment, { folder: home.folder });
  await newScript('');
  await terminal.sees('2 scratch 2');
  await terminal.type('select 1 as scratched;');
  await terminal.press('Alt-w');
  await terminal.sees('scratch 2 is not saved');
  await terminal.press('Esc');
  await terminal.sees('2 scratch 2');
  await terminal.press('Ctrl-S');
  await terminal.sees('in which file?');
  await enter(terminal, 'kept.sql');
  await terminal.sees('2 kept.sql');
  expect(readFileSync(join(home.folder, 'kept.sql'), 'utf8')).toBe('select 1 as scratched;');
  await newScript('new.sql');
  await terminal.sees('3 new.sql*');
  await terminal.type('select 2;');
  await terminal.press('Alt-w');
  await terminal.sees('new.sql is not saved');
  await terminal.press('Down', 'Down', 'Enter');
  await terminal.seesNoMore('3 new.sql');
  await terminal.press('Ctrl-PageUp');
  await terminal.sees('▸1 console');
  await enter(terminal, "select 'written';");
  await terminal.sees('1 row, complete');
  await enter(terminal, '\\w query.sql');
  await pause(300);
  expect(readFileSync(join(home.folder, 'query.sql'), 'utf8')).toBe("select 'written';\n");
});

test('drafts of scripts come back after a killed process, unsaved', async () => {
  const path = join(home.folder, 'draft.sql');
  writeFileSync(path, 'select 1;\n');
  terminal = await openWorkbench(home.environment);
  await newScript(path);
  await terminal.sees('2 draft.sql');
  await terminal.type('-- only typed ');
  await newScript('');
  await terminal.sees('3 scratch 3');
  await terminal.type('scratched');
  await pause(800);
  terminal.kill('SIGKILL');
  await terminal.exit();
  await terminal.close();
  terminal = await openWorkbench(home.environment);
  await terminal.sees('draft.sql*');
  await terminal.sees(/scratch \d/);
  await terminal.press('Ctrl-PageDown');
  await terminal.sees((screen) => screen.includes('only typed') || screen.includes('scratched'));
  expect(readFileSync(path, 'utf8')).toBe('select 1;\n');
});

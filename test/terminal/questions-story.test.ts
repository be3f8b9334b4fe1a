import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import type { Terminal } from '../support/terminal.ts';
import { enter, meanwhile, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

test('\\prompt asks, and the answer is the variable', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, "\\prompt 'Which one? ' which");
  await terminal.sees(/^ {4,}Which one\?/m);
  await enter(terminal, 'the third');
  await terminal.sees((screen) => !/^ {4,}Which one/m.test(screen));
  await enter(terminal, "select :'which' as answer;");
  await terminal.sees(/the third\s*$/m);
});

test('COPY FROM STDIN: the lines after the statement are its data, else they are asked for', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, 'create temp table copied (a int, b text);');
  await terminal.sees('CREATE TABLE');
  terminal.send('\x1b[200~copy copied from stdin;\n1\tone\n2\ttwo\n\\.\x1b[201~');
  await terminal.sees('2       two');
  await terminal.press('Enter');
  await terminal.sees('COPY 2');
  await enter(terminal, 'copy copied from stdin;');
  await terminal.sees('Data for COPY');
  terminal.send('\x1b[200~3\tthree\n\x1b[201~');
  await terminal.type('\\.');
  await terminal.press('Enter');
  await terminal.sees('COPY 1');
  await enter(terminal, 'copy copied from stdin;');
  await terminal.sees('Data for COPY');
  await terminal.press('Esc');
  await terminal.sees('canceled by user');
  await terminal.press('Ctrl-C');
  await enter(terminal, 'select count(*), max(a) from copied;');
  await terminal.sees(/3 │\s+3/);
});

test('a dump with COPY data is read by \\i', async () => {
  const file = join(home.folder, 'dump.sql');
  writeFileSync(file, 'create temp table dumped (a int);\ncopy dumped from stdin;\n1\n2\n\\.\nselect count(*) as loaded from dumped;\n');
  terminal = await openWorkbench(home.environment);
  await enter(terminal, `\\i ${file}`);
  await terminal.sees('loaded');
  await terminal.sees(/^ ▌?\s+2$/m);
});

test('quitting with an open transaction asks: stay is the default; commit and roll back do what they say', async () => {
  await meanwhile('create table left_open (a int)');
  terminal = await openWorkbench(home.environment);
  await enter(terminal, 'begin;');
  await terminal.sees('* in transaction');
  await enter(terminal, 'insert into left_open values (1);');
  await terminal.sees('INSERT 0 1');
  await terminal.press('Ctrl-Q');
  await terminal.sees('A transaction is open');
  await terminal.press('Enter');
  await terminal.seesNoMore('A transaction is open');
  await terminal.press('Ctrl-Q');
  await terminal.sees('A transaction is open');
  await terminal.press('Esc');
  await terminal.seesNoMore('A transaction is open');
  await enter(terminal, '\\q');
  await terminal.sees('A transaction is open');
  await terminal.press('Down', 'Enter');
  expect(await terminal.exit()).toBe(0);
  expect(await meanwhile('select count(*) from left_open')).toBe('1');

  await terminal.close();
  terminal = await openWorkbench(home.environment);
  await enter(terminal, 'begin; delete from left_open;');
  await terminal.sees('DELETE 1');
  await terminal.press('Ctrl-D');
  await terminal.sees('A transaction is open');
  await terminal.press('Down', 'Down', 'Enter');
  expect(await terminal.exit()).toBe(0);
  expect(await meanwhile('select count(*) from left_open')).toBe('1');
});

test('\\e and \\! give the terminal away and take it back', async () => {
  const editor = join(home.folder, 'editor');
  writeFileSync(editor, '#!/bin/sh\necho "the editor has the terminal"; printf "select 40 + 2 as answer;\\n" > "$1"; sleep 0.3\n');
  chmodSync(editor, 0o755);
  terminal = await openWorkbench(home.environment, { environment: { PSQL_EDITOR: editor } });
  await terminal.type('select 1 \\e');
  const given = terminal.shows(/the editor has the terminal/);
  await terminal.press('Enter');
  await given;
  expect(terminal.isAlternateScreen).toBe(false);
  await terminal.sees('answer');
  await terminal.sees(/^ ▌?\s+42$/m);
  expect(terminal.isAlternateScreen).toBe(true);

  await enter(terminal, "select 'paged' as p \\g |less");
  await terminal.sees(/END|^~|:$/m);
  expect(terminal.isAlternateScreen).toBe(true);
  await terminal.press('q');
  await terminal.sees('console');
  await enter(terminal, "select 'piped' as p \\g |tr a-z A-Z");
  await terminal.sees('PIPED');
  await enter(terminal, '\\! echo told; echo warned >&2');
  await terminal.sees('told');
  await terminal.sees('warned');

  await enter(terminal, '\\! sh');
  await terminal.sees(/^[$#]/m);
  expect(terminal.isAlternateScreen).toBe(false);
  await enter(terminal, 'echo in the$(echo -shell)');
  await terminal.sees('in the-shell');
  await enter(terminal, 'exit');
  await terminal.sees('console');
  expect(terminal.isAlternateScreen).toBe(true);
  await enter(terminal, 'select 7 as after;');
  await terminal.sees(/^ ▌?\s+7$/m);
});

test('savepoints are counted on the status line', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, 'begin; savepoint a; savepoint b;');
  await terminal.sees('2 savepoints');
  await enter(terminal, 'release a;');
  await terminal.sees(/in transaction \d\d:\d\d\s/);
  await terminal.seesNoMore('savepoint');
  await terminal.press('Ctrl-Q');
  await terminal.sees('A transaction is open');
  await terminal.press('Down', 'Down', 'Enter');
  expect(await terminal.exit()).toBe(0);
});

test('startup files are read before what is typed runs, unless -X', async () => {
  writeFileSync(join(home.folder, '.psqlrc'), "\\set who 'psqlrc'\n\\pset null '(nothing)'\n\\echo hello from :who\n");
  writeFileSync(join(home.folder, '.howdahrc'), "\\set who 'howdahrc'\n");
  terminal = await openWorkbench(home.environment);
  await terminal.sees('hello from psqlrc');
  await enter(terminal, "select :'who' as who, null as n;");
  await terminal.sees(/howdahrc.*\(nothing\)/);
});

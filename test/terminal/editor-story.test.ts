import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { testServer } from '../support/server.ts';
import { ownNode, program, Terminal } from '../support/terminal.ts';
import { enter, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;
let editor: string;

beforeEach(() => {
  home = freshHome();
  editor = join(home.folder, 'editor');
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

/** What the editor does the next time; the file is $1. */
function editorDoes(script: string): void {
  writeFileSync(editor, `#!/bin/sh\n${script}\n`);
  chmodSync(editor, 0o755);
}

/** Both keys may come in one read. */
function edit(): void {
  terminal.send('\x18\x05');
}

test('Ctrl-X Ctrl-E edits the console and a script; the cursor stays, undo brings the text back', async () => {
  editorDoes(`cp "$1" ${home.folder}/given; sed -i s/one/two/ "$1"`);
  terminal = await openWorkbench(home.environment, { environment: { EDITOR: editor } });
  await terminal.type("select 'one' as x;");
  await terminal.press('Home', 'Right', 'Right');
  await terminal.press('Ctrl-X', 'Ctrl-E');
  await terminal.sees("select 'two' as x;");
  expect(readFileSync(join(home.folder, 'given'), 'utf8')).toBe("select 'one' as x;\n");
  await terminal.type('X');
  await terminal.sees("seXlect 'two' as x;");
  await terminal.press('Backspace', 'Ctrl-_', 'Ctrl-_', 'Ctrl-_');
  await terminal.sees("select 'one' as x;");
  await terminal.press('Ctrl-N');
  await terminal.sees('File of the script');
  await terminal.press('Enter');
  await terminal.sees('2 scratch 2');
  await terminal.type('-- one');
  await terminal.press('Alt-Enter');
  await terminal.type('select 1;');
  edit();
  await terminal.sees('-- two');
  await terminal.press('Ctrl-PageUp');
  await terminal.sees("select 'one' as x;");
});

test('an editor that fails, dies, loses its file or changes nothing takes no text along', async () => {
  editorDoes('exit 0');
  terminal = await openWorkbench(home.environment, { environment: { EDITOR: editor } });
  await terminal.type('select 1 as kept');
  for (const [script, said] of [
    ['exit 3', 'The editor ended with status 3: the text is as it was.'],
    ['printf "\\033[?1049h\\033[5;9rgarbage"; kill -9 $$', 'The editor ended with status 137: the text is as it was.'],
    ['rm "$1"', 'No such file or directory: the text is as it was.'],
  ] as const) {
    editorDoes(script);
    edit();
    await terminal.sees((screen) => screen.replaceAll('\n', '').includes(said));
    await terminal.sees('select 1 as kept');
    expect(terminal.text()).not.toContain('garbage');
  }
  editorDoes('echo "select 2 as saved" > "$1"; exit 4');
  edit();
  await terminal.sees('undo brings back the text of before');
  await terminal.sees('select 2 as saved');
  await terminal.press('Ctrl-_');
  await terminal.sees('select 1 as kept');
  await terminal.type(' \\e');
  editorDoes('exit 0');
  await terminal.press('Enter');
  await terminal.sees(/1 select 1 as kept$/m);
});

test('the terminal may change its size meanwhile, or stop the editor and us with it', async () => {
  const server = testServer();
  const gate = join(home.folder, 'gate');
  editorDoes(`echo "in the editor"; while [ ! -e ${gate} ]; do sleep 0.02; done; sed -i s/one/two/ "$1"`);
  const environment = { ...home.environment, PS1: 'shell> ', EDITOR: editor };
  terminal = new Terminal(['--norc', '-i'], { command: '/bin/bash', environment, columns: 110, rows: 30 });
  await terminal.sees('shell>');
  await enter(terminal, `${ownNode} ${program} -h ${server.host} -p ${server.port} -U ${server.user} -d ${server.database}`);
  await terminal.sees('console');
  await terminal.type("select 'one' as x");
  edit();
  await terminal.sees('in the editor');
  terminal.resize(80, 24);
  await terminal.press('Ctrl-Z');
  await terminal.sees('Stopped');
  await enter(terminal, 'fg');
  writeFileSync(gate, '');
  await terminal.sees("select 'two' as x");
  expect(terminal.lines()).toHaveLength(24);
  await terminal.sees(/^─{80}$/m);
  await terminal.type(', 3;');
  await terminal.press('Enter');
  await terminal.sees('1 row, complete');
});

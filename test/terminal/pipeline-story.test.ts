import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import type { Terminal } from '../support/terminal.ts';
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

test('statements wait in a pipeline, their results open together, and leaving it open is never overlooked', async () => {
  terminal = await openWorkbench(home.environment, { columns: 110, rows: 30 });
  await enter(terminal, '\\startpipeline');
  await terminal.sees('A pipeline is open; \\endpipeline ends it.');
  await enter(terminal, "select 'first' as one;");
  await enter(terminal, 'select $1 as two \\bind second \\sendpipeline');
  await terminal.sees('pipeline · 2 unread');
  await terminal.sees('A pipeline is open, 2 statements unread');

  // A wrong turn: what cannot wait, a transaction key, quitting.
  await enter(terminal, '\\dt');
  await terminal.sees('not allowed in pipeline mode');
  await terminal.press('Ctrl-U', 'F4', 'n');
  await terminal.sees('A pipeline is open; \\endpipeline ends it.');
  await terminal.press('Esc', 'Ctrl-Q');
  await terminal.sees('Quit and lose it');
  await terminal.press('Esc');
  await terminal.seesNoMore('Quit and lose it');

  await enter(terminal, '\\endpipeline');
  await terminal.sees(/result 2 · 1 row, complete/);
  expect(await terminal.sees('1 select  2 select')).toContain('second');
  await terminal.seesNoMore('unread');

  await enter(terminal, '\\startpipeline');
  await enter(terminal, 'select nope;');
  await enter(terminal, "select 'skipped';");
  await enter(terminal, '\\flushrequest');
  await enter(terminal, '\\getresults');
  await terminal.sees('! pipeline aborted');
  await terminal.sees('column "nope" does not exist');
  await terminal.press('Ctrl-U');
  await enter(terminal, '\\endpipeline');
  await terminal.seesNoMore('pipeline aborted');
});

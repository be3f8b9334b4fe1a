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

test('a listing has its title, a description its sections, and E shows the SQL behind each, to change and run', async () => {
  terminal = await openWorkbench(home.environment, { columns: 80, rows: 24 });
  await enter(terminal, '\\du postgres');
  await terminal.sees('── List of roles · 1 row, complete');
  await terminal.press('Esc');
  await terminal.sees('E SQL');
  await terminal.press('E');
  await terminal.sees('-- \\du postgres');
  await terminal.press('F5');
  await terminal.sees(/rolname\s+│ rolsuper/);
  await terminal.press('Ctrl-C');
  await terminal.seesNoMore('-- \\du postgres');
  await enter(terminal, '\\dFp+');
  await terminal.sees('── Text search parser "pg_catalog.default"');
  await terminal.press('Esc', 'G');
  await terminal.sees('(23 rows)');
  await terminal.press('Esc');
  await terminal.type('-- mine');
  await terminal.press('Esc', 'E');
  await terminal.sees('▸2 scratch 2');
  await terminal.sees('-- \\dFp+');
  await terminal.press('Ctrl-PageUp');
  await terminal.sees('-- mine');
});

test('the drawer shows what it asks; an ordinary result its statement, with the values of \\bind', async () => {
  terminal = await openWorkbench(home.environment, { environment: { NO_COLOR: '1' } });
  await enter(terminal, "select $1 || '!' as said \\bind 'it''s' \\g");
  await terminal.sees("it's!");
  await terminal.press('Alt-e');
  await terminal.sees("select $1 || '!' as said  \\bind 'it''s' \\g");
  await terminal.press('Enter');
  await terminal.sees('2 select');
  await terminal.press('F4', 'E');
  await terminal.sees('SHOW transaction_isolation;');
  expect(terminal.text()).not.toContain('no transaction is open');
  await terminal.press('Enter');
  await terminal.sees('6 show');
  await terminal.press('Alt-3');
  await terminal.sees('read committed');
});

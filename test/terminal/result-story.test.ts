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

test('a cell is viewed whole, copied by the terminal, a row too; expanded and back; results by their numbers', async () => {
  // Without a desktop's clipboard the terminal's own is the way.
  terminal = await openWorkbench(home.environment, { environment: { DISPLAY: '', WAYLAND_DISPLAY: '', PATH: '/usr/bin:/bin' } });
  await enter(terminal, "select 1 as id, repeat('long ', 60) as words, null as gone, 'tab' || chr(9) || 'bed' as t;");
  await terminal.sees('1 row, complete');
  await terminal.sees('∅');
  await terminal.press('F6', 'l', 'Enter');
  await terminal.sees(/words · /);
  await terminal.sees((screen) => (screen.match(/long/g)?.length ?? 0) === 60);
  await terminal.press('Esc', 'y');
  await terminal.sees('Copied');
  const sent = /\x1b\]52;c;([^\x07]*)\x07/.exec(terminal.raw)?.[1] ?? '';
  expect(Buffer.from(sent, 'base64').toString()).toBe('long '.repeat(60));
  await terminal.press('Y');
  await terminal.sees('Copied the row');
  const row = [...terminal.raw.matchAll(/\x1b\]52;c;([^\x07]*)\x07/g)].at(-1)?.[1] ?? '';
  expect(Buffer.from(row, 'base64').toString().split('\t')).toHaveLength(5);
  await terminal.press('x');
  await terminal.sees(/gone\s+│ ∅/);
  await terminal.press('x');
  await terminal.seesNoMore('gone │ ∅');
  await terminal.press('Esc');
  await enter(terminal, 'select 2 as second;');
  await terminal.sees('2 select');
  await enter(terminal, 'select 3 as third;');
  await terminal.sees('third');
  await terminal.press('Alt-1');
  await terminal.sees('result 1 ·');
  await terminal.sees('words');
  await terminal.press('Alt-3');
  await terminal.sees('result 3 ·');
  await terminal.press('Alt-9');
  await terminal.sees('result 3 ·');
});

test('every size, also while rows stream', async () => {
  terminal = await openWorkbench(home.environment, { columns: 80, rows: 24 });
  await enter(terminal, 'select i, repeat(i::text, 20) as wide from generate_series(1, 4000000) i;');
  await terminal.sees(/so far · reading/);
  for (const [columns, rows] of [
    [200, 50],
    [40, 10],
    [8, 4],
    [110, 30],
    [80, 24],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.sees(columns < 40 ? '40x10' : /postgres@|127\.0\.0\.1/);
    const lines = terminal.lines();
    expect(lines).toHaveLength(rows);
    if (columns >= 40) await terminal.sees(/result 1 ·/);
  }
  await terminal.press('Ctrl-C');
  await terminal.sees(/CANCELLED|complete/, 30_000);
  await terminal.press('F6', 'PageDown');
  await terminal.sees(/\b(?!1–)\d+–\d+ of [\d,]+/);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import type { Terminal } from '../support/terminal.ts';
import { enter, meanwhile, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(async () => {
  home = freshHome();
  await meanwhile("drop table if exists watched; create table watched as select i, 'new' as state from generate_series(1, 40) i");
});

afterEach(async () => {
  await terminal.close();
  home.remove();
  await meanwhile('drop table if exists watched');
});

test('a watch stays in one tab, marks what others change, keeps its place, and Ctrl-C ends it', async () => {
  terminal = await openWorkbench(home.environment, { columns: 130, rows: 24, environment: { NO_COLOR: '1' } });
  await enter(terminal, 'select * from watched order by i \\watch i=0.4');
  await terminal.sees(/── .watch every 0.4 s · run \d+ · \d\d:\d\d:\d\d · no change · 1–14 of 40/);
  await terminal.sees('watching');
  await terminal.press('Esc', 'G');
  await terminal.sees('▌ 40');
  // Only the run that finds it marks it.
  const marked = terminal.shows(/2 cells changed[\s\S]*38 │•paid[\s\S]*39 │ new[\s\S]*▌ 40 │•paid/);
  await meanwhile("update watched set state = 'paid' where i in (38, 40)");
  await marked;
  await meanwhile('delete from watched where i > 38');
  await terminal.sees('▌ 38');
  await terminal.press('Esc');
  await enter(terminal, "select 'after' as it;");
  await terminal.sees('1 waits');
  await terminal.press('Ctrl-C');
  await terminal.sees(/── result 2 · 1 row, complete/);
  await terminal.press('Alt-1');
  await terminal.sees(/── .watch every 0.4 s, ended · run \d+/);
  expect(terminal.text()).toContain('1 select watched  2 select');
});

test('c= ends it, m= too; an update is watched by its tag; an error ends it as any other', async () => {
  terminal = await openWorkbench(home.environment, { columns: 150 });
  await enter(terminal, 'select 1 as one \\watch c=3 i=0.05');
  await terminal.sees('every 0.05 s, ended · run 3 ·');
  await enter(terminal, 'delete from watched where i = (select max(i) from watched) returning i \\watch i=0.05 m=1 c=4');
  await terminal.sees('every 0.05 s, ended · run 4 ·');
  await terminal.sees('▌•37');
  await enter(terminal, "update watched set state = 'x' where state = 'new' \\watch i=0.3");
  await terminal.sees('▌•UPDATE 0');
  await terminal.press('Ctrl-C');
  await terminal.sees('every 0.3 s, ended');
  await enter(terminal, 'select count(*) from watched \\watch i=0.1');
  await terminal.sees(/▌ +36$/m);
  await meanwhile('drop table watched');
  await terminal.sees('error 42P01 undefined_table');
  await terminal.seesNoMore('watching');
  await terminal.sees('4 select watched  5 error');
});

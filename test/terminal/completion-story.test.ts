import { afterEach, beforeEach, test } from 'vitest';
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

test('Tab completes: one at once, several from a list that what is typed narrows', async () => {
  await meanwhile(
    'create table if not exists completed_orders (order_id int, ordered_at date); create table if not exists completed_users (a int)',
  );
  terminal = await openWorkbench(home.environment);
  await terminal.type('sel');
  await terminal.press('Tab');
  await terminal.sees(/^ +1 +select$/im);
  await terminal.type('* from completed_');
  await terminal.press('Tab');
  await terminal.sees('│completed_users');
  await terminal.type('o');
  await terminal.sees(/from completed_orders/);
  await terminal.seesNoMore('│completed_users');
  await terminal.type('where order');
  await terminal.press('Tab');
  await terminal.sees(/│ordered_at/);
  await terminal.press('Down', 'Enter');
  await terminal.sees(/where ordered_at/);
  await terminal.type('is not null;');
  await terminal.press('Enter');
  await terminal.sees('0 rows, complete');
  await terminal.type('select ');
  await terminal.press('Alt-Enter', 'Tab');
  await terminal.type('1;');
  await terminal.sees(/^ +2 {3,}1;/m);
  await terminal.press('Enter');
  await terminal.sees('1 row, complete');
  await enter(terminal, '\\dt completed_u\t');
  await terminal.sees('completed_users');
});

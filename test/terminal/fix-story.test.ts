import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { Terminal } from '../support/terminal.ts';
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

test('the error screen offers what was meant, and Tab takes it: a table, its alias, a column, a function', async () => {
  await meanwhile('create table if not exists gadgets (gadget_id int, "Odd Name" int)');
  terminal = await openWorkbench(home.environment);
  await enter(terminal, 'select gadget_id from gadgetz g;');
  await terminal.sees(/Did you mean {2}gadgets \?.*Tab replaces/);
  await terminal.press('Tab');
  await terminal.sees('from gadgets g;');
  await terminal.seesNoMore('Did you mean');
  await terminal.press('End', 'Enter');
  await terminal.sees('0 rows, complete');

  await enter(terminal, 'select g.gadgetid from gadgets g;');
  await terminal.sees('Did you mean  g.gadget_id ?');
  await terminal.press('Tab', 'End', 'Enter');
  await terminal.sees('0 rows, complete');

  await enter(terminal, 'select gadgets.gadget_id from gadgets g;');
  await terminal.sees('Did you mean  g ?');
  await terminal.press('Tab');
  await terminal.sees('select g.gadget_id from');
  await terminal.press('End', 'Enter');
  await terminal.sees('0 rows, complete');

  await enter(terminal, "select lowr('A');");
  await terminal.sees('Did you mean  lower ?');
  await terminal.type('x');
  await terminal.seesNoMore('Did you mean');
  await terminal.press('Ctrl-C');
  await enter(terminal, 'select * from nothing_like_it_at_all;');
  await terminal.sees('42P01');
  expect(terminal.text()).not.toContain('Did you mean');
});

test('the practice database answers too, outside a transaction', async () => {
  terminal = new Terminal(['practice'], { environment: home.environment });
  await terminal.sees('vendorpay', 30_000);
  await enter(terminal, 'select count(*) from payment;');
  await terminal.sees('Did you mean  payments ?');
  await terminal.press('Tab', 'End', 'Enter');
  await terminal.sees('1 row, complete');
  await enter(terminal, 'begin;');
  await terminal.sees('* in transaction');
  await enter(terminal, 'select 1;');
  await terminal.sees('1 row, complete');
});

test('at the size limit reading pauses and asks: wait, go on, stop', async () => {
  terminal = await openWorkbench(home.environment, { environment: { HOWDAH_SPOOL_LIMIT: '30' } });
  await enter(terminal, "select i, repeat('x', 100) from generate_series(1, 3000000) i;");
  await terminal.sees('This result holds');
  await terminal.sees('holds back VACUUM');
  await terminal.press('Enter');
  await terminal.sees('PAUSED at the size limit');
  await terminal.press('F6', 'PageDown', 'r');
  await terminal.sees('This result holds');
  await terminal.press('Down', 'Down', 'Enter');
  await terminal.sees(/This result holds [6-9]\d MB/);
  await terminal.press('Down', 'Enter');
  await terminal.sees('INCOMPLETE: stopped at the size set for one result');
  await terminal.press('Esc', 'Ctrl-C');
  await enter(terminal, 'select 1 as after;');
  await terminal.sees('1 row, complete');
});

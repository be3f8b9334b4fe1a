import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { Terminal } from '../support/terminal.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

test('a newcomer: first start, the practice database, tables, a join, scrolling, a snippet, a failed transaction, out', async () => {
  terminal = new Terminal([], { environment: home.environment, columns: 110, rows: 30 });
  await terminal.sees('PostgreSQL, from the saddle');
  await terminal.sees('Practice database');
  await terminal.press('Enter');
  await terminal.sees('vendorpay', 30_000);
  await terminal.sees('console');

  await terminal.type('\\dt');
  await terminal.press('Enter');
  await terminal.sees('payment_attempts');

  await terminal.type('select p.reference, u.email, p.amount from payments p join users u on u.id = p.user_id order by p.id;');
  await terminal.press('Enter');
  await terminal.sees(/1–\d+ of [\d,]+/);
  await terminal.press('F6', 'PageDown');
  await terminal.sees(/\b(?!1–)\d+–\d+ of [\d,]+/);
  await terminal.press('G');
  await terminal.sees(/–([\d,]+) of \1/);
  await terminal.press('Esc');

  await terminal.type('\\d payments');
  await terminal.press('Enter');
  await terminal.sees('Table "public.payments"');
  await terminal.press('F6', 'PageDown');
  await terminal.sees('Foreign-key constraints:');
  await terminal.press('Esc');

  await terminal.press('F3');
  await terminal.sees('typing filters');
  await terminal.type('jsonb');
  await terminal.sees(/▸.*jsonb/i);
  await terminal.press('F5');
  await terminal.sees(/rows?, complete/);

  await terminal.press('Ctrl-C');
  await terminal.type('begin;');
  await terminal.press('Enter');
  await terminal.sees('* in transaction');
  await terminal.type('select * from nowhere;');
  await terminal.press('Enter');
  await terminal.sees('42P01');
  await terminal.sees('! failed, roll back');
  await terminal.press('Ctrl-C');
  await terminal.type('rollback;');
  await terminal.press('Enter');
  await terminal.seesNoMore('! failed, roll back');

  await terminal.press('Ctrl-Q');
  expect(await terminal.exit()).toBe(0);
  expect(terminal.isAlternateScreen).toBe(false);
});

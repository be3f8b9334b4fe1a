import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { freshHome } from '../support/home.ts';
import { openTestSession, run } from '../support/open-test-session.ts';
import { Terminal } from '../support/terminal.ts';
import { enter, meanwhile, openWorkbench } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;
let alice: Session;

beforeEach(async () => {
  home = freshHome();
  alice = await openTestSession();
  await run(alice, 'create table if not exists held (i int primary key, v int); truncate held; insert into held values (1, 1), (2, 2)');
});

afterEach(async () => {
  await terminal.close();
  await alice.close();
  home.remove();
});

const wide = { columns: 130, rows: 32 };

test('what my transaction holds, who waits for it, and that it is told while the drawer is closed', async () => {
  terminal = await openWorkbench(home.environment, wide);
  await enter(terminal, 'begin; update held set v = 3 where i = 1;');
  await terminal.sees('UPDATE 1');
  const blocked = run(alice, 'update held set v = 4 where i = 1');
  await terminal.sees(/Waits for this transaction: \d+ \(postgres\): update held set v = 4/);
  await terminal.press('F4');
  await terminal.sees(/\* in transaction · 00:\d\d · xid \d+/);
  await terminal.sees('locks: held RowExclusive');
  await terminal.sees(/waited for by \d+ \(postgres\): update h.* 00:\d\d/);
  await terminal.press('r', 'r');
  await terminal.sees('the last one: rolled back');
  await terminal.seesNoMore('waited for by');
  await blocked;
});

test('whom my statement waits for, while it waits', async () => {
  await run(alice, 'begin; update held set v = 5 where i = 2');
  terminal = await openWorkbench(home.environment, wide);
  await terminal.press('F4', 'Tab');
  await enter(terminal, 'update held set v = 6 where i = 2;');
  await terminal.sees(/waits for \d+ \(postgres\): begin; update.* 00:0\d/);
  await run(alice, 'commit');
  await terminal.sees('UPDATE 1');
  await terminal.seesNoMore('waits for');
});

test('without a second connection the drawer says so once, and all else goes on', async () => {
  await run(alice, 'drop role if exists lonely; create role lonely login connection limit 1; grant all on held to lonely');
  terminal = await openWorkbench({ ...home.environment }, { ...wide, user: 'lonely' });
  await enter(terminal, 'begin; update held set v = 7;');
  await terminal.sees('UPDATE 2');
  await terminal.press('F4');
  await terminal.sees('connections for role "lonely"');
  await terminal.sees('│ update held set v = 7');
  await meanwhile('alter role lonely connection limit 5');
  await terminal.press('l');
  await terminal.sees('locks: held RowExclusive');
  await terminal.press('c');
  await terminal.sees('the last one: committed');
});

test('prepared for two-phase commit by its key, and finished by another session', async () => {
  terminal = await openWorkbench(home.environment, wide);
  await enter(terminal, 'begin; update held set v = 8 where i = 1;');
  await terminal.sees('UPDATE 1');
  await terminal.press('F4', 'p');
  await terminal.sees('Name of the prepared transaction');
  await enter(terminal, "it's mine");
  await terminal.sees('the last one: prepared');
  expect(await meanwhile("select count(*) from pg_prepared_xacts where gid = 'it''s mine'")).toBe('1');
  await terminal.press('Esc');
  await enter(terminal, '\\c');
  await terminal.sees(/prepared transactions? w(?:as|ere) left behind/);
  await meanwhile("rollback prepared 'it''s mine'");
});

test('on the embedded engine: locks by their key, under READ COMMITTED alone, and no two-phase commit', async () => {
  terminal = new Terminal(['practice'], { environment: home.environment, ...wide });
  await terminal.sees('embedded', 60_000);
  await enter(terminal, 'begin; update payments set amount = amount + 1;');
  await terminal.sees(/UPDATE \d/);
  await terminal.press('F4');
  await terminal.sees('locks: l asks the one session there is');
  await terminal.press('l');
  await terminal.sees('payments RowExclusive');
  await terminal.press('p');
  await terminal.sees('Two-phase commit is not enabled on this server');
  await terminal.press('r', 'r');
  await terminal.sees('the last one: rolled back');
  await terminal.press('Tab');
  await enter(terminal, 'begin isolation level repeatable read;');
  await terminal.sees('● begin');
  await terminal.press('F4', 'l');
  await terminal.sees('Under repeatable read a look would take');
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { openTestSession, run } from '../support/open-test-session.ts';
import { Terminal } from '../support/terminal.ts';
import { enter, meanwhile, openWorkbench as openAny } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

/** Connected, not connecting: nothing is rehearsed before there is a session. */
async function openWorkbench(...given: Parameters<typeof openAny>): Promise<Terminal> {
  const opened = await openAny(...given);
  await opened.sees('no TLS');
  return opened;
}

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  home.remove();
});

test('an update is looked at and rolled back, looked at and committed; a wrong turn each time', async () => {
  await meanwhile("create table rehearsed as select n as id, 'a' || n as name, n as amount from generate_series(1, 30) n");
  await meanwhile('alter table rehearsed add primary key (id)');
  terminal = await openWorkbench(home.environment);
  await terminal.press('Alt-t');
  await terminal.sees('There is no statement at the cursor to rehearse.');
  await terminal.type("update rehearsed set name = name || '!' where id <= 3;");
  await terminal.press('Alt-t');
  await terminal.sees('would change 3 rows in');
  await terminal.sees(/holding RowExclusive on rehearsed 00:0\d · rolls back by itself in 0(?:0:5\d|1:00)/);
  const shown = await terminal.sees(/~ +2 │ a2 → a2!/);
  expect(shown).not.toContain('amount');
  await terminal.type('a');
  await terminal.sees('amount');
  await terminal.press('Ctrl-Q');
  await terminal.sees('Esc rolls it back');
  expect(await meanwhile('select string_agg(name, $$ $$ order by id) from rehearsed where id <= 3')).toBe('a1 a2 a3');
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
  await terminal.sees('update rehearsed set name');
  await terminal.seesNoMore('in transaction');

  await terminal.press('Alt-t');
  await terminal.sees('would change 3 rows in');
  await terminal.press('Enter');
  await terminal.sees('COMMIT');
  await terminal.seesNoMore('would change');
  await terminal.seesNoMore('update rehearsed set name');
  expect(await meanwhile('select string_agg(name, $$ $$ order by id) from rehearsed where id <= 3')).toBe('a1! a2! a3!');

  await terminal.type('update rehearsed set amount = 1 / (id - 7);');
  await terminal.press('Alt-t');
  await terminal.sees('division by zero');
  await terminal.sees('The rehearsal was rolled back.');
  await terminal.press('Ctrl-U');
  await enter(terminal, 'select count(*) from pg_locks where relation = $$rehearsed$$::regclass;');
  await terminal.sees(/^ ▌? +0$/m);
});

test('in a transaction: kept, gone back from, undone by its savepoint; the timeline tells what is left', async () => {
  terminal = await openWorkbench(home.environment, { columns: 140, rows: 30 });
  await enter(terminal, 'create temporary table t (i int primary key, a text); begin; insert into t values (1);');
  await terminal.sees('* in transaction');
  await terminal.type("update t set a = 'x';");
  await terminal.press('F4', 'd');
  await terminal.sees('would change 1 row in');
  await terminal.sees('in your transaction');
  await terminal.sees(/~ +1 │ ∅ → x/);
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
  await terminal.sees(/│ update t set a.* undone/);
  await terminal.press('Alt-t');
  await terminal.sees('would change 1 row in');
  await terminal.press('k');
  await terminal.sees('Kept, with a savepoint before it');
  await terminal.sees('1 savepoint');
  await terminal.press('F4', 'u');
  await terminal.sees(/↩ back to auto 2/);
  await terminal.press('r');
  await terminal.sees('Roll back everything');
  await terminal.press('r');
  await terminal.sees('the last one: rolled back');
});

test('nobody answers: it rolls back by itself, says so, and the statement is still there', async () => {
  terminal = await openWorkbench(home.environment);
  await enter(terminal, 'create temporary table t as select 1 as i;');
  await terminal.sees('SELECT 1');
  await enter(terminal, '\\set HOWDAH_REHEARSAL_SECONDS 1');
  await terminal.sees('5 to 3600 seconds expected');
  await terminal.press('Ctrl-U');
  await enter(terminal, '\\set HOWDAH_REHEARSAL_SECONDS 5');
  // An Enter read together with what is typed after it would be a paste.
  await terminal.seesNoMore('HOWDAH_REHEARSAL_SECONDS');
  await terminal.type('delete from t;');
  await terminal.press('Alt-t');
  await terminal.sees('would delete 1 row in');
  await terminal.sees('Rolled back by itself after 5 s: nothing was changed.', 15_000);
  await terminal.sees('delete from t;');
  await terminal.press('Ctrl-U');
  await terminal.type('vacuum t;');
  await terminal.press('Alt-t');
  await terminal.sees('VACUUM cannot run in a transaction, so it cannot be rehearsed: nothing was sent.');
  await terminal.press('Esc');
  await terminal.seesNoMore('before it is sent');
  await terminal.press('Ctrl-U');
  await terminal.type("copy t to program 'cat > /dev/null';");
  await terminal.press('Alt-t');
  await terminal.sees('A rollback would not undo all that this does.');
  await terminal.sees('The program that COPY runs on the server is not undone.');
  await terminal.press('Enter');
  await terminal.sees('Not rehearsed: nothing was sent.');
  await terminal.press('Alt-t');
  await terminal.sees('Rehearse it all the same');
  await terminal.press('Down', 'Enter');
  await terminal.sees(/ran dry: COPY 1 in/);
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
});

test('the server ends the session while a rehearsal is open: said, and nothing is changed', async () => {
  await meanwhile('create table rehearsed_lost as select 1 as id');
  terminal = await openWorkbench(home.environment);
  await terminal.type('update rehearsed_lost set id = 2;');
  await terminal.press('Alt-t');
  await terminal.sees('would change 1 row in');
  await meanwhile("select pg_terminate_backend(pid) from pg_locks where relation = 'rehearsed_lost'::regclass");
  await terminal.sees('is lost');
  await terminal.press('Enter');
  await terminal.sees('? lost');
  await terminal.seesNoMore('would change');
  await terminal.sees('update rehearsed_lost set id = 2;');
  expect(await meanwhile('select id from rehearsed_lost')).toBe('1');
});

test('on the embedded engine, without colours: a deletion of many rows is looked at and rolled back', async () => {
  terminal = new Terminal(['practice'], { environment: { ...home.environment, NO_COLOR: '1' }, columns: 80, rows: 24 });
  await terminal.sees('embedded', 60_000);
  await terminal.type('delete from payment_events where id % 2 = 0;');
  await terminal.press('Alt-t');
  const screen = await terminal.sees(/would delete [\d,]+ rows in/);
  expect(screen).toMatch(/^.- +\d+ │/m);
  await terminal.press('PageDown', 'G', 'x');
  await terminal.sees(/^ - ── row [\d,]+ /m);
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
  await terminal.press('Ctrl-U');
  await terminal.type('alter table payment_events add column late int default 7;');
  await terminal.press('Alt-t');
  await terminal.sees('AccessExclusive on payment_events');
  await terminal.press('Enter');
  await terminal.sees(/ran dry: ALTER TABLE in/);
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
});

test('a command on a table says what it would take and whom it would wait for, then runs dry', async () => {
  await meanwhile(
    'create table rehearsed_ddl as select n from generate_series(1, 100) n; create view rehearsed_view as select * from rehearsed_ddl',
  );
  const other = await openTestSession();
  await run(other, 'begin; insert into rehearsed_ddl values (0)');
  terminal = await openWorkbench(home.environment);
  await terminal.type('alter table rehearsed_ddl add column late int default abs(-7);');
  await terminal.press('Alt-t');
  await terminal.sees('AccessExclusive on rehearsed_ddl');
  await terminal.sees(/rewrite +no/);
  await terminal.sees(/Size: \d+ (?:kB|bytes)/);
  await terminal.sees('Depends on it: view rehearsed_view');
  await terminal.sees(/idle in transaction .* holds RowExclusive on rehearsed_ddl/);
  await terminal.press('Esc');
  await terminal.seesNoMore('before it is sent');
  await run(other, 'rollback');
  await other.close();
  await terminal.press('Alt-t');
  await terminal.sees('nobody else holds a lock on it now');
  await terminal.press('Enter');
  await terminal.sees(/ran dry: ALTER TABLE in/);
  await terminal.sees('No table was written anew.');
  await terminal.sees('holding AccessExclusive on rehearsed_ddl');
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
  await terminal.press('Ctrl-U');
  await terminal.type('create index concurrently on rehearsed_ddl (n);');
  await terminal.press('Alt-t');
  await terminal.sees('CREATE INDEX CONCURRENTLY cannot run in a transaction, so it cannot be rehearsed');
  await terminal.press('Enter', 'Esc');
  await terminal.seesNoMore('before it is sent');
  expect(await meanwhile('select count(*) from pg_attribute where attrelid = $$rehearsed_ddl$$::regclass and attnum > 0')).toBe('1');
});

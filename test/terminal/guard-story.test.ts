import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { howdah } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { Terminal } from '../support/terminal.ts';
import { enter, meanwhile } from '../support/workbench.ts';

const question = 'To run it, type its name';
let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(() => {
  home = freshHome();
});

afterEach(async () => {
  await terminal.close();
  await meanwhile(`drop table if exists guarded cascade; drop function if exists guarded_wipe; drop function if exists guarded_remove;
    drop procedure if exists guarded_any`);
  home.remove();
});

async function openProduction(): Promise<Terminal> {
  const { host, port, user, database } = testServer();
  const target = ['-h', host, '-p', String(port), '-U', user, '-d', database];
  await howdah(['profiles', 'add', 'shop', ...target, '-e', 'production'], { environment: home.environment });
  const opened = new Terminal(['--profile', 'shop'], { environment: home.environment, columns: 110, rows: 30 });
  await opened.sees(' PROD ');
  await opened.sees('console');
  return opened;
}

test('on production: a drop asks for the name, another name keeps the table, its own drops it', async () => {
  await meanwhile(
    'create table guarded as select n as id from generate_series(1, 500) n; create view guarded_view as select * from guarded; analyze guarded',
  );
  terminal = await openProduction();
  await enter(terminal, 'drop table guarded cascade;');
  await terminal.sees('DROP removes the table guarded, and all that depends on it.');
  await terminal.sees(/Size: .* · rows: about 500/);
  await terminal.sees('Goes with it: view guarded_view');
  await enter(terminal, 'guardde');
  await terminal.sees('That is another name: nothing was run.');
  await terminal.press('Esc');
  await terminal.sees('Not run, and nothing after it: drop table guarded cascade');
  await terminal.sees(/1 drop table guarded cascade;/);
  expect(await meanwhile('select count(*) from guarded')).toBe('500');
  await terminal.press('Enter');
  await terminal.sees(question);
  await terminal.press('Enter');
  await terminal.seesNoMore(question);
  expect(await meanwhile('select count(*) from guarded')).toBe('500');
  await terminal.press('Enter');
  await terminal.sees(question);
  await terminal.sees('Rehearse it: see what it would do, then decide');
  await terminal.press('Down', 'Enter');
  await terminal.sees('AccessExclusive on guarded');
  await terminal.press('Enter');
  await terminal.sees(/ran dry: DROP TABLE in/);
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
  await terminal.sees(/1 drop table guarded cascade;/);
  await terminal.press('Enter');
  await terminal.sees(question);
  await enter(terminal, 'guarded');
  await terminal.sees('DROP TABLE');
  expect(await meanwhile("select to_regclass('guarded') is null")).toBe('t');
});

test('on production: a DELETE without WHERE in a script is asked about, and nothing after it runs; what is harmless never is', async () => {
  await meanwhile('create table guarded as select n as id from generate_series(1, 20) n; analyze guarded');
  const script = join(home.folder, 'tidy.sql');
  writeFileSync(script, 'insert into guarded values (21);\ndelete from guarded;\ninsert into guarded values (22);\n');
  terminal = await openProduction();
  await enter(terminal, `\\i ${script}`);
  expect(await terminal.sees('DELETE without WHERE deletes every row of guarded.')).not.toContain('Rehearse it');
  await terminal.press('Esc');
  await terminal.sees('Not run, and nothing after it: delete from guarded');
  expect(await meanwhile('select max(id) from guarded')).toBe('21');
  await terminal.press('Ctrl-C');
  for (const [sql, sign] of [
    ['delete from guarded where id = 21;', 'DELETE 1'],
    ['update guarded set id = 30 where id = 20;', 'UPDATE 1'],
    ['create temporary table mine as select * from guarded; delete from mine; drop table mine;', 'DROP TABLE'],
    ['explain delete from guarded;', 'QUERY PLAN'],
    ['begin; create table made (id int); drop table made; rollback;', 'ROLLBACK'],
  ] as const) {
    await enter(terminal, sql);
    expect(await terminal.sees(sign)).not.toContain(question);
  }
  await enter(terminal, '\\set HOWDAH_GUARD_ROWS 10');
  await enter(terminal, 'update guarded set id = id where id > 0;');
  await terminal.sees(/The planner expects this to change about \d+ rows of guarded/);
  await terminal.press('Esc');
  await terminal.sees('Not run, and nothing after it: update guarded');
});

test('on production: a function of one’s own that empties a table, in a script too; one that keeps to a key is not asked about', async () => {
  await meanwhile(`create table guarded as select n as id from generate_series(1, 20) n; analyze guarded;
    create function guarded_wipe() returns int language plpgsql as $$ begin delete from guarded; return 1; end $$;
    create function guarded_remove(key int) returns void language sql as 'delete from guarded where id = key';
    create procedure guarded_any(statement text) language plpgsql as $$ begin execute statement; end $$`);
  terminal = await openProduction();
  await enter(terminal, 'select guarded_remove(20), count(*) from guarded;');
  expect(await terminal.sees('1 row')).not.toContain(question);
  await enter(terminal, 'select guarded_wipe();');
  await terminal.sees('Inside guarded_wipe(): DELETE without WHERE deletes every row of');
  await terminal.sees(question);
  await terminal.sees(/Size: .* · rows: about 20/);
  await terminal.press('Esc');
  await terminal.sees('Not run, and nothing after it: select guarded_wipe()');
  await terminal.press('Ctrl-C');
  const script = join(home.folder, 'calls.sql');
  writeFileSync(script, 'with gone as materialized (select guarded_wipe() as n) select n from gone;\n');
  await enter(terminal, `\\i ${script}`);
  await terminal.sees('Inside guarded_wipe(): DELETE without WHERE');
  await terminal.press('Esc');
  await terminal.sees('Not run, and nothing after it: with gone');
  await terminal.press('Ctrl-C');
  await enter(terminal, "call guarded_any('select 1');");
  await terminal.sees('CALL runs guarded_any, which may write and commit.');
  await terminal.press('Esc');
  await terminal.sees('Not run, and nothing after it: call guarded_any');
  await terminal.press('Ctrl-C');
  expect(await meanwhile('select count(*) from guarded')).toBe('19');
  await enter(terminal, 'select guarded_wipe();');
  await terminal.sees(question);
  await enter(terminal, 'guarded');
  await terminal.sees('1 row');
  expect(await meanwhile('select count(*) from guarded')).toBe('0');
});

test('on the embedded engine: read-only until it may write; then a choice whose default keeps the table, but not in a transaction, nor with the guards off', async () => {
  terminal = new Terminal(['practice', '--read-only'], { environment: home.environment, columns: 110, rows: 30 });
  await terminal.sees('embedded', 60_000);
  await terminal.sees('read-only by transaction, not by role');
  await enter(terminal, 'drop table payments cascade;');
  await terminal.sees('cannot execute DROP TABLE in a read-only transaction');
  await terminal.press('Ctrl-C', 'Alt-u');
  await terminal.sees('Why must this read-only session write?');
  await enter(terminal, 'to learn');
  await terminal.sees('For how many minutes?');
  await terminal.press('Enter');
  await terminal.sees(/WRITES ALLOWED, 4:5\d left · to learn/);
  await enter(terminal, 'drop table payments cascade;');
  await terminal.sees('DROP removes the table payments, and all that depends on it.');
  await terminal.sees(/Size: .* · rows: about [\d,]+/);
  await terminal.sees('view payment_overview');
  await terminal.press('Enter');
  await terminal.sees('Not run, and nothing after it: drop table payments cascade');
  await terminal.press('Ctrl-C');
  await enter(terminal, 'delete from payment_attempts;');
  await terminal.sees('DELETE without WHERE');
  await terminal.press('Down', 'Enter');
  await terminal.sees(/would delete [\d,]+ rows in/);
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
  await terminal.sees('1 delete from payment_attempts;');
  await terminal.press('Ctrl-C');
  await enter(terminal, "create function wipe() returns void language sql as 'delete from payment_attempts';");
  await terminal.sees('CREATE FUNCTION');
  await enter(terminal, 'select wipe();');
  await terminal.sees('Inside wipe(): DELETE without WHERE');
  await terminal.sees(/rows: about [\d,]+/);
  await terminal.press('Down', 'Enter');
  await terminal.sees(/Also written: payment_attempts [\d,]+ deleted/);
  await terminal.press('Esc');
  await terminal.sees('Rolled back: nothing was changed.');
  await terminal.press('Ctrl-C');
  await enter(terminal, 'begin; delete from payment_attempts; rollback;');
  await terminal.sees('ROLLBACK');
  await enter(terminal, '\\set HOWDAH_GUARD off');
  await terminal.seesNoMore('HOWDAH_GUARD');
  await enter(terminal, 'drop table payment_attempts cascade;');
  await terminal.sees('DROP TABLE');
  await terminal.press('Alt-u');
  await terminal.sees('Read-only again.');
});

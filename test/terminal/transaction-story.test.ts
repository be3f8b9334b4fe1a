import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { howdah } from '../support/run.ts';
import { testServer } from '../support/server.ts';
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

const wide = { columns: 130, rows: 30 };

test('begin, savepoint, a statement, an error, back to the savepoint by one key, commit', async () => {
  terminal = await openWorkbench(home.environment, wide);
  await enter(terminal, "set idle_in_transaction_session_timeout = '10min'; create temporary table t (i int primary key);");
  await terminal.sees('CREATE TABLE');
  await terminal.press('F4');
  await terminal.sees('no transaction is open');
  await terminal.press('n');
  await terminal.sees('Begin a transaction');
  await terminal.press('Down', 'Down', 'Enter');
  await terminal.sees('● begin');
  await terminal.sees('repeatable read · read write');
  await terminal.sees(/idle 00:0\d · server ends it in 0?9:5\d/);
  await terminal.press('Tab');
  await enter(terminal, 'insert into t values (1);');
  await terminal.sees(/│ insert into t values \(1\);? +1 row +[\d.]+ ms/);
  await terminal.press('F4', 's');
  await terminal.sees('Name of the savepoint');
  await enter(terminal, 'Before Two');
  await terminal.sees('◆ Before Two');
  await terminal.sees('1 savepoint');
  await terminal.press('Tab');
  await enter(terminal, 'insert into t values (2), (3);');
  await terminal.sees(/insert into t values \(2\).* 2 rows/);
  await enter(terminal, 'insert into t values (1);');
  await terminal.sees('✗ 23505 unique_violation');
  await terminal.sees('! failed: roll back');
  await terminal.sees(/repeatable read · read write as of \d\d:\d\d:\d\d/);
  await terminal.sees(/server ends it in 0?9:5\d as of \d\d:\d\d:\d\d/);

  await terminal.press('F4', 'c');
  await terminal.sees('COMMIT would roll everything back');
  await terminal.press('b');
  await terminal.sees('Back to Before Two: undoes 1 statement, 2 rows');
  await terminal.press('Esc');
  await terminal.seesNoMore('undoes 1 statement');
  await terminal.sees('! failed');
  await terminal.press('b', 'b');
  await terminal.sees('↩ back to Before Two');
  await terminal.sees('* in transaction');
  const undone = await terminal.sees(/insert into t values \(2\).* undone/);
  expect(undone).not.toMatch(/insert into t values \(1\);? +1 row.* undone/);
  await terminal.press('c');
  await terminal.sees('the last one: committed');
  await terminal.press('Esc');
  await enter(terminal, 'select count(*) as kept from t;');
  await terminal.sees(/^ ▌? +1$/m);
});

test('COMMIT of a failed transaction is said aloud; the drawer covers the result where it is narrow', async () => {
  terminal = await openWorkbench(home.environment, { columns: 90, rows: 30 });
  await enter(terminal, '\\set HOWDAH_IDLE_WARNINGS 1s');
  await terminal.seesNoMore('HOWDAH_IDLE_WARNINGS');
  await enter(terminal, '\\set HOWDAH_AGE_WARNINGS 2s');
  await terminal.seesNoMore('HOWDAH_AGE_WARNINGS');
  await enter(terminal, 'begin;');
  await terminal.sees('* in transaction');
  await terminal.sees('The transaction has been idle for 1 s; it keeps its locks. F4 shows it.');
  await terminal.sees('The transaction has been open for 2 s; it holds back VACUUM. F4 shows it.');
  await enter(terminal, 'select 1/0;');
  await terminal.sees('! failed');
  await terminal.press('F4');
  await terminal.sees(/read committed · read write as of \d\d:\d\d:\d\d/);
  await terminal.press('F4', 'Ctrl-U');
  await enter(terminal, 'commit;');
  await terminal.sees('COMMIT of a failed transaction: everything was rolled back');
  await terminal.press('F4');
  await terminal.sees(/^── transaction/m);
  await terminal.sees('rolled back: COMMIT of a failed transaction');
  await terminal.press('F4');
  await terminal.seesNoMore('── transaction');
});

test('on the embedded engine: begin, an update, roll back by its key', async () => {
  terminal = new Terminal(['practice'], { environment: home.environment, ...wide });
  await terminal.sees('embedded', 60_000);
  await terminal.press('F4', 'n');
  await terminal.sees('Begin a transaction');
  await terminal.press('Enter');
  await terminal.sees('read committed · read write');
  await terminal.sees(/idle 00:0\d · the server sets no limit/);
  await terminal.press('a', 'Tab');
  await terminal.sees('automatic savepoints: before the last statement');
  await enter(terminal, 'update payments set amount = amount + 1;');
  await terminal.sees(/│ update payments.* rows/);
  await terminal.seesNoMore(' running');
  await terminal.press('F4', 'u');
  await terminal.sees(/│ update payments.* undone/);
  await terminal.seesNoMore(' running');
  await terminal.press('Tab');
  await enter(terminal, 'delete from payment_attempts;');
  await terminal.sees(/│ delete from payment_attempts.* rows/);
  await terminal.press('F4', 'r');
  await terminal.sees('Roll back everything: undoes 1 statement');
  await terminal.press('Enter');
  await terminal.sees('the last one: rolled back');
  await terminal.press('n');
  await terminal.sees('Begin a transaction');
  await terminal.press('Enter');
  await terminal.sees('* in transaction');
  await terminal.press('Tab');
  await enter(terminal, '\\set HOWDAH_IDLE_WARNINGS 1s');
  await terminal.sees('The transaction has been idle for 1 s; it keeps its locks.');
  await enter(terminal, '\\set HOWDAH_SAVEPOINTS off');
  await terminal.seesNoMore('HOWDAH_SAVEPOINTS');
  await enter(terminal, 'select 1/0;');
  await terminal.sees('! failed');
  await terminal.press('Ctrl-U');
  await enter(terminal, 'commit;');
  await terminal.sees('COMMIT of a failed transaction: everything was rolled back');
  await enter(terminal, 'begin;');
  await terminal.sees('* in transaction');
  await terminal.press('Ctrl-Q');
  await terminal.sees('A transaction is open');
  await terminal.press('Down', 'Down', 'Enter');
  expect(await terminal.exit()).toBe(0);
});

test('automatic savepoints: an error leaves the transaction alive, and the last statement is undone by one key', async () => {
  terminal = await openWorkbench(home.environment, wide);
  await enter(terminal, 'create temporary table t (i int primary key);');
  await terminal.sees('CREATE TABLE');
  await enter(terminal, '\\set HOWDAH_SAVEPOINTS sometimes');
  await terminal.sees('Available values are: off, last, every');
  await terminal.press('Ctrl-U', 'F4', 'a');
  await terminal.sees('automatic savepoints: before the last statement');
  await terminal.press('n');
  await terminal.sees('Begin a transaction');
  await terminal.press('Enter');
  await terminal.sees('● begin');
  await terminal.press('u');
  await terminal.sees('No automatic savepoint stands before');
  await terminal.press('Tab');
  await enter(terminal, 'insert into t values (1);');
  await terminal.sees('◆ auto 1');
  await enter(terminal, 'insert into t values (1);');
  await terminal.sees('✗ 23505');
  await terminal.sees('↩ back to auto 2');
  await terminal.sees('* in transaction');
  await terminal.press('Ctrl-U');
  await enter(terminal, 'insert into t values (2);');
  await terminal.sees(/insert into t values \(2\).* 1 row/);
  await terminal.press('F4', 'u');
  await terminal.sees(/insert into t values \(2\).* undone/);
  await terminal.press('c');
  await terminal.sees('the last one: committed');
  await terminal.press('Esc');
  await enter(terminal, 'select sum(i) as total from t;');
  await terminal.sees(/^ ▌? +1$/m);
});

test.each(['the server', 'the embedded engine'])(
  'on %s: a savepoint that cannot be followed is said to be unknown, until the state is known again',
  async (place) => {
    if (place === 'the server') terminal = await openWorkbench(home.environment, wide);
    else {
      terminal = new Terminal(['practice'], { environment: home.environment, ...wide });
      await terminal.sees('embedded', 60_000);
    }
    await enter(terminal, 'begin; create temporary table t (i int); savepoint first;');
    await terminal.sees('1 savepoint');
    await enter(terminal, String.raw`savepoint U&"\0061";`);
    await terminal.press('F4');
    await terminal.sees(/\? unknown since \d\d:\d\d:\d\d: a name could not be read/);
    await terminal.press('b');
    await terminal.sees('No savepoint is certain any more; r rolls everything');
    await terminal.press('Tab');
    await enter(terminal, 'insert into t values (1); savepoint second; insert into t values (2);');
    await terminal.sees('◆ second');
    await terminal.press('F4', 'b', 'b');
    await terminal.sees('↩ back to second');
    await terminal.press('Tab');
    await enter(terminal, 'rollback to a; select count(*) as rows from t;');
    await terminal.sees('↩ back to a');
    await terminal.sees(/^ ▌? +0\b/m);
    await enter(terminal, 'commit; begin;');
    await terminal.seesNoMore('unknown since');
    await terminal.sees('* in transaction');
  },
);

test("a profile's automatic savepoints hold for its session", async () => {
  const { host, port } = testServer();
  const added = await howdah(
    ['profiles', 'add', 'careful', `host=${host} port=${port} user=postgres dbname=postgres`, '--savepoints', 'every'],
    { environment: home.environment },
  );
  expect(added).toMatchObject({ status: 0 });
  terminal = new Terminal([], { environment: { ...home.environment, PGSERVICEFILE: '/nonexistent' }, ...wide });
  await terminal.sees('careful');
  await terminal.press('Enter');
  await terminal.sees(/^ careful +DEV/m);
  await terminal.press('F4');
  await terminal.sees('automatic savepoints: before every statement');
  await terminal.press('a');
  await terminal.seesNoMore('automatic savepoints: before every statement');
});

test('a session lost in a transaction: its statements are listed', async () => {
  terminal = await openWorkbench(home.environment, wide);
  await enter(terminal, "begin; create temporary table listed as select 'dies listed' as a;");
  await terminal.sees('* in transaction');
  await enter(terminal, "update listed set a = 'dies listed too';");
  await terminal.sees('UPDATE 1');
  await meanwhile("select pg_terminate_backend(pid) from pg_stat_activity where query like '%dies listed%' and pid <> pg_backend_pid()");
  await terminal.sees('The server says: terminating connection due to administrator command');
  await terminal.sees('Statements of the lost transaction:');
  await terminal.sees(/update listed set a = 'dies listed too' \(1 row/);
  await terminal.press('Esc');
  await terminal.seesNoMore('Statements of the lost');
  await terminal.press('F4');
  await terminal.sees('? lost: terminating connection due to administrator');
  await terminal.sees('│ update listed');
});

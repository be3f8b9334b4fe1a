import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { howdah } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { Terminal } from '../support/terminal.ts';
import { enter, meanwhile } from '../support/workbench.ts';

let home: ReturnType<typeof freshHome>;
let terminal: Terminal;

beforeEach(async () => {
  home = freshHome();
  await meanwhile('drop table if exists kept; create table kept (note text)');
});

afterEach(async () => {
  await terminal.close();
  await meanwhile('drop table if exists kept; drop role if exists onlooker');
  home.remove();
});

async function openReadOnly(user: string, environment: string): Promise<Terminal> {
  const { host, port, database } = testServer();
  const target = ['-h', host, '-p', String(port), '-U', user, '-d', database];
  const added = await howdah(['profiles', 'add', 'shop', ...target, '-e', environment, '--read-only'], { environment: home.environment });
  expect(added.stderr).toBe('');
  const opened = new Terminal(['-X', '--profile', 'shop'], { environment: home.environment, columns: 120, rows: 30 });
  await opened.sees('read-only by transaction');
  return opened;
}

test('a read-only profile refuses writes, lets them through for a while with a reason, and is locked again', async () => {
  terminal = await openReadOnly('postgres', 'production');
  await terminal.sees('read-only by transaction, not by role');
  const attempts = [
    ["insert into kept values ('1');", 'cannot execute INSERT in a read-only transaction'],
    ["begin\\; insert into kept values ('2')\\; commit;", 'COMMIT would end the READ ONLY transaction'],
    ["\\copy kept from program 'echo 3'", 'cannot execute COPY FROM in a read-only transaction'],
  ] as const;
  for (const [attempt, refusal] of attempts) {
    await enter(terminal, attempt);
    await terminal.sees(refusal);
    await terminal.press('Ctrl-C');
    await terminal.seesNoMore(attempt);
  }
  expect(await meanwhile('select count(*) from kept')).toBe('0');
  await terminal.press('Alt-u');
  await terminal.sees('Why must this read-only session write?');
  await enter(terminal, 'ticket 4711');
  await terminal.sees('For how many minutes?');
  await enter(terminal, '2');
  await terminal.sees('This is PRODUCTION: type shop');
  await enter(terminal, 'shop');
  await terminal.sees(/WRITES ALLOWED, 1:5\d left · ticket 4711/);
  await enter(terminal, "insert into kept values ('allowed');");
  await terminal.sees('INSERT 0 1');
  expect(await meanwhile('select note from kept')).toBe('allowed');
  await terminal.press('Alt-u');
  await terminal.sees('Read-only again.');
  await enter(terminal, "insert into kept values ('late');");
  await terminal.sees('cannot execute INSERT in a read-only transaction');
  expect(await meanwhile('select count(*) from kept')).toBe('1');
  await terminal.press('Ctrl-O');
  await terminal.sees(/for 2 min from .*: ticket 4711/);
});

test('a role that may write nothing is said to be read-only too, also by \\conninfo', async () => {
  await meanwhile('create role onlooker login');
  terminal = await openReadOnly('onlooker', 'development');
  await terminal.sees('read-only by transaction and role');
  await enter(terminal, '\\conninfo');
  await terminal.sees('This session is read-only by transaction and by role.');
});

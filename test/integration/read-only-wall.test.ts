import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempts } from '../support/read-only-place.ts';
import { attemptByBatch, WatchedDatabase } from '../support/read-only-server.ts';
import { howdah } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { legitimateReads } from '../unit/sql/guard/corpus/legitimate-reads.ts';

let watched: WatchedDatabase;

beforeAll(async () => {
  watched = await WatchedDatabase.create(testServer(), 'read_only_wall');
});

afterAll(() => watched.close());

const readOnly = (input: string, ...options: readonly string[]) =>
  howdah([...watched.connection, '--read-only', ...options, '-f', '-'], { input, environment: watched.environment });

test('no attempt to write through a read-only session leaves a trace', async () => {
  expect(attempts.length).toBeGreaterThanOrEqual(300);
  expect(await attemptByBatch(watched)).toEqual([]);
  expect(watched.notified).toEqual([]);
  expect(existsSync('/tmp/howdah-attempt')).toBe(false);
});

test('without the wall such a write would be seen', async () => {
  for (const input of ['select tally();', "select nextval('cage');", 'select make_from_plan();', 'vacuum canary;', "notify traps, 'x';"]) {
    const before = await watched.fingerprint();
    const told = watched.notified.length;
    await howdah([...watched.connection, '-f', '-'], { input });
    expect((await watched.fingerprint()) !== before || watched.notified.length > told, input).toBe(true);
  }
});

test('what only reads answers as it does on any session', async () => {
  expect(legitimateReads.length).toBeGreaterThanOrEqual(50);
  const input = legitimateReads.map((read) => `\\echo ${read.split('\n')[0]?.replaceAll(/[\\'"`:]/g, '')}\n${read}\n`).join('');
  const plain = await howdah([...watched.connection, '-f', '-'], { input, environment: watched.environment });
  expect(plain.stderr).toBe('');
  expect(await readOnly(input)).toEqual(plain);
});

describe('a script', () => {
  test('a refusal is an error of its statement: ON_ERROR_STOP ends with 3, -c with 1', async () => {
    const text = 'ERROR:  This session is read-only: VACUUM is refused, because the server allows it even in a READ ONLY transaction.\n';
    const stopped = await readOnly('select 1;\nvacuum;\nselect 2;\n', '-At', '-v', 'ON_ERROR_STOP=1');
    expect(stopped).toEqual({ stdout: '1\n', stderr: `howdah:<stdin>:2: ${text}`, status: 3 });
    expect(await howdah([...watched.connection, '--read-only', '-c', 'vacuum'])).toEqual({ stdout: '', stderr: text, status: 1 });
    expect(await readOnly('vacuum;\n\\echo :ERROR :SQLSTATE\n')).toMatchObject({ stdout: 'true 25006\n', status: 0 });
  });

  test('a transaction of the user: READ ONLY, held over its statements, with savepoints and the isolation asked for, ended by ROLLBACK', async () => {
    const script = `begin isolation level repeatable read;
select txid_current_if_assigned() is null;
savepoint a;
select 1/0;
rollback to a;
show transaction_isolation;
show transaction_read_only;
commit;
begin;
set transaction isolation level serializable;
show transaction_isolation;
commit and chain;
show transaction_isolation;
rollback;
`;
    const { stdout, stderr } = await howdah([...watched.connection.filter((word) => word !== '-q'), '--read-only', '-At', '-f', '-'], {
      input: script,
    });
    expect(stdout.split('\n')).toEqual([
      'BEGIN',
      't',
      'SAVEPOINT',
      'ROLLBACK',
      'repeatable read',
      'on',
      'ROLLBACK',
      'BEGIN',
      'SET',
      'serializable',
      'ROLLBACK',
      'serializable',
      'ROLLBACK',
      '',
    ]);
    expect(stderr).toBe('howdah:<stdin>:4: ERROR:  division by zero\n');
  });

  test('SET lasts where it stands alone, and nothing set is lost unsaid', async () => {
    const script = `set work_mem = '7MB';
show work_mem;
select set_config('work_mem', '8MB', false);
begin;
set work_mem = '9MB';
commit;
show work_mem;
`;
    const { stdout, stderr } = await readOnly(script, '-At');
    expect(stdout).toBe('7MB\n7MB\n');
    expect(stderr.split('\n')).toEqual([
      'howdah:<stdin>:3: ERROR:  This session is read-only: the setting would be undone with the READ ONLY transaction that this statement runs in; send SET, RESET or LISTEN as a statement of its own.',
      'howdah:<stdin>:6: WARNING:  This session is read-only: what the transaction set or put into temporary tables is undone.',
      '',
    ]);
  });

  test('a new connection of \\c is as read-only', async () => {
    const { stderr } = await readOnly(
      "\\c -\ncreate table made ();\n\\c 'options=-cdefault_transaction_read_only=off'\ncreate table made ();\n",
    );
    expect(stderr.match(/cannot execute CREATE TABLE in a read-only transaction/g)).toHaveLength(2);
  });
});

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { howdah } from '../support/run.ts';

let home: ReturnType<typeof freshHome>;

beforeEach(() => {
  home = freshHome();
});

afterEach(() => home.remove());

test("a script whose engine dies ends as psql's does where a server dies, and the next start recovers what was committed", async () => {
  const practice = (args: readonly string[], input?: string) =>
    howdah(['practice', '-X', ...args], { environment: home.environment, ...(input === undefined ? {} : { input }) });
  expect(await practice(['-q', '-c', 'create table mine as select 7 as seven'])).toMatchObject({ stderr: '', status: 0 });
  const log = join(home.environment.XDG_DATA_HOME ?? '', 'howdah/practice/vendorpay/cluster/pg_wal');
  const script = `insert into mine values (8);
\\! mv ${log} ${log}-gone
select pg_switch_wal() is not null;
checkpoint;
select 'after';
`;
  const died = await practice(['-q', '-A', '-t'], script);
  const { stdout, stderr, status } = died;
  expect({ stdout, status }).toEqual({ stdout: 't\n', status: 2 });
  expect(stderr).toMatch(
    /^PANIC: {2}could not create file "pg_wal\/xlogtemp\.\d+": No such file or directory\nserver closed the connection unexpectedly\n/,
  );
  expect(stderr).toMatch(/connection to server was lost\n$/);
  renameSync(`${log}-gone`, log);
  expect(await practice(['-A', '-t', '-c', 'table mine'])).toEqual({ stdout: '7\n8\n', stderr: '', status: 0 });
});

test.each([
  ['COPY to a program', `copy payments to program 'cat'`, /^ERROR: /],
  ['more memory than there is', `select length(string_agg(repeat('x', 100000000), '')) from generate_series(1, 15)`, /^ERROR: /],
  ['a backend told to end', 'select pg_terminate_backend(pg_backend_pid())', /^WARNING: /],
])('%s is an answer, not the end of the engine', async (_name, sql, wanted) => {
  const { stdout, stderr, status } = await howdah(['practice', '-X', '-A', '-t', '-c', sql, '-c', 'select 6 * 7'], {
    environment: home.environment,
  });
  expect(stderr).toMatch(wanted);
  expect(stdout).toMatch(/42\n$/);
  expect(status).toBe(0);
});

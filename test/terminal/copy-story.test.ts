import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { testServer } from '../support/server.ts';
import { Terminal } from '../support/terminal.ts';
import { enter, openWorkbench } from '../support/workbench.ts';

const home = freshHome();
const folder = mkdtempSync(join(tmpdir(), 'howdah-copy-'));
let terminal: Terminal | undefined;

afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
});

afterAll(() => {
  home.remove();
  rmSync(folder, { recursive: true });
});

// A line each 50 ms, long enough for the server to send it at once.
const slowly = (rows: number, file: string) =>
  `\\copy (select pg_sleep(0.05), repeat('x', 9000) from generate_series(1, ${rows}) i) to '${join(folder, file)}'`;

test('a long copy in the workbench tells how far it is, and after Ctrl-C how it ended', async () => {
  terminal = await openWorkbench(home.environment, { columns: 100 });
  await enter(terminal, slowly(2000, 'never'));
  await terminal.sees(/COPY out \S+ \S+, \d+ lines?, /);
  await terminal.press('Ctrl-C');
  await terminal.sees(/COPY was cancelled after \S+ \S+, \d+ lines?: what was written is not all/);
  await terminal.seesNoMore('COPY out');
});

test('in the line mode it is one line, which goes', async () => {
  const { host, port, user, database } = testServer();
  const connection = ['-h', host, '-p', String(port), '-U', user, '-d', database];
  terminal = new Terminal(['--no-workbench', '-X', ...connection], { environment: home.environment });
  await terminal.sees('=# ');
  await enter(terminal, slowly(40, 'whole'));
  await terminal.sees(/COPY out \S+ \S+, \d+ lines?, /);
  await terminal.sees('COPY 40');
  expect(existsSync(join(folder, 'whole'))).toBe(true);
  await terminal.seesNoMore('COPY out');
});

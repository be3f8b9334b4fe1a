import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { oracle, whyNoOracle } from '../support/oracle.ts';
import { pause, program, Terminal } from '../support/terminal.ts';

let server: NativeServer;
let folder: string;

/** What a person types, one step a line; Ctrl-C and Ctrl-D by their names. */
const scripts: Readonly<Record<string, readonly string[]>> = {
  'prompts with every escape': [
    "\\set PROMPT2 '%R %l %w| '",
    'select (',
    '1',
    '',
    '),',
    '2',
    ';',
    'select $$a',
    '$$, /*',
    '*/ "x',
    '"',
    '\\r',
    "\\set PROMPT1 '%/ %~ %M %m %> %n %R%x%# %l %% %? %q %041 %:DBNAME: %:none: %`echo hi; echo two` > '",
    'select',
    '1;',
    'begin;',
    "\\set PROMPT1 '%R%x%l> '",
    'selec;',
    'rollback;',
    '\\set SINGLELINE on',
    'select 5',
    "\\set PROMPT1 'a\\nb%[%033[1m%]%/%[%033[0m%]> '",
    '\\q',
  ],
  'Ctrl-C, \\if, COPY and the words for help': [
    'select (2',
    'Ctrl-C',
    '\\if false',
    'select 1;',
    '\\echo x',
    'Ctrl-C',
    'create temp table typed (a int);',
    'copy typed from stdin;',
    '1',
    '2',
    '\\.',
    'select sum(a) from typed;',
    'copy typed from stdin;',
    'nonsense',
    '\\.',
    'select',
    'exit',
    'help;',
    '1 as "x";',
    "select 'a",
    '\\q',
    'exit',
    "';",
    '\\foo',
    '\\c nonexistent',
    '\\conninfo',
    '\\set QUIET on',
    'quit;',
  ],
  'settings a person meets': [
    '\\timing on',
    '\\timing off',
    '\\x',
    'select 1 as a, 2 as b;',
    '\\pset null -',
    'select null as n;',
    '\\set ON_ERROR_ROLLBACK interactive',
    'begin;',
    'select 1/0;',
    'select 6 as six;',
    'commit;',
    '\\p',
    '\\g',
    '\\d nothing',
    'select 1 \\; select 2;',
    '\\set FETCH_COUNT 2',
    'select g from generate_series(1, 5) g;',
    'select g from generate_series(1, 4) g \\gx',
    'select 1 as one;',
    'select 2 as two \\watch 60',
    '\\q',
  ],
};

const keys: Readonly<Record<string, string>> = { 'Ctrl-C': '\x03', 'Ctrl-D': '\x04' };

async function transcript(terminal: Terminal, steps: readonly string[]): Promise<string> {
  await terminal.sees('=# ');
  for (const step of steps) {
    terminal.send(keys[step] ?? `${step}\r`);
    await quiet(terminal);
  }
  expect(await terminal.exit()).toBe(0);
  return withoutEditing(terminal.raw);
}

/** Waits until it writes nothing more for a while: a long one where what it wrote last is no prompt. */
async function quiet(terminal: Terminal): Promise<void> {
  const isAtPrompt = (): boolean => /[#>|] (?:\x1b\[\S*|\r)*$/.test(terminal.raw);
  for (let calm = 0; calm < (isAtPrompt() ? 1 : 5); ) {
    const { length } = terminal.raw;
    await pause(80);
    calm = terminal.raw.length === length ? calm + 1 : 0;
  }
}

/** What two line editors do differently to show the same line: cursor movements, erasing, bracketed paste. */
function withoutEditing(raw: string): string {
  return raw.replace(/\x1b\[\?2004[hl]\r?|\x1b\[[0-9;]*[GHJK]|\r/g, '').replace(/^.*\n/, '');
}

describe.skipIf(oracle === undefined)(`the prompt beside psql 15's (${oracle === undefined ? whyNoOracle : 'compared'})`, () => {
  beforeAll(async () => {
    if (oracle === undefined) return;
    server = await startNativeServer({ binFolder: oracle.binFolder });
    folder = mkdtempSync(join(tmpdir(), 'howdah-line-mode-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  test.each(Object.entries(scripts))('%s', async (_, steps) => {
    const environment = {
      PGHOST: server.socketFolder,
      PGPORT: String(server.port),
      PGUSER: server.user,
      PGDATABASE: server.database,
      PSQL_HISTORY: '/dev/null',
      HOME: folder,
      LC_ALL: 'C.UTF-8',
      // Shows what goes to one pager.
      PAGER: 'cat -n',
      // Drops the line with the time, and ends with the first row.
      PSQL_WATCH_PAGER: "sed -e '/:/d' -e '/ 2$/q'",
      INPUTRC: '/dev/null',
    };
    const size = { columns: 200, rows: 50 };
    const psql = new Terminal(['-X'], { command: oracle?.psql ?? 'psql', environment, ...size });
    const ours = new Terminal(['-X', '--no-workbench'], { environment, ...size });
    const [theirs, own] = await Promise.all([transcript(psql, steps), transcript(ours, steps)]);
    expect(own.replaceAll(program, 'psql')).toBe(theirs);
    await Promise.all([psql.close(), ours.close()]);
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asPsql, stackTrace } from '../support/as-psql.ts';
import { freshHome } from '../support/home.ts';
import { oracle } from '../support/oracle.ts';
import { howdah, type Outcome, run } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { ownNode, program } from '../support/terminal.ts';

// What goes wrong once howdah runs without a terminal: psql's words and status, whatever is missing, too large or full.

const home = freshHome();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'howdah-bad-input-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  home.remove();
});

const connection = () => {
  const { host, port, user, database } = testServer();
  return ['-h', host, '-p', String(port), '-U', user, '-d', database];
};

const onServer = (...args: readonly string[]) => asPsql([...connection(), ...args], { environment: home.environment });

/** A shell's command line with howdah (and, where it is installed, psql) as $SQL; both must do the same. */
async function inShell(line: string): Promise<Outcome> {
  const shell = async (command: string, name: string) => {
    const environment = { ...home.environment, SQL: `${command} ${connection().join(' ')}`, NAME: name, FOLDER: folder };
    const { stdout, stderr, status } = await run(['/bin/bash', '-c', line], { environment, folder });
    return { stdout, stderr: stderr.replaceAll(/^howdah:/gm, 'psql:'), status };
  };
  const own = await shell(`${ownNode} ${program}`, 'howdah');
  if (oracle !== undefined) expect(own).toEqual(await shell(oracle.psql, 'psql'));
  expect(own.stderr).not.toMatch(stackTrace);
  return own;
}

describe('the command line', () => {
  const hint = 'psql: hint: Try "psql --help" for more information.\n';
  test.each([
    ['--nemo', "psql: unrecognized option '--nemo'\n"],
    ['-Z', "psql: invalid option -- 'Z'\n"],
    ['-p', "psql: option requires an argument -- 'p'\n"],
    ['--port', "psql: option '--port' requires an argument\n"],
    ['--echo-all=1', "psql: option '--echo-all' doesn't allow an argument\n"],
  ])('%s', async (option, sentence) => {
    const { stdout, stderr, status } = await asPsql([option], { environment: home.environment });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toBe(sentence + hint);
  });

  test.each([
    [['-P', 'format=nemo'], /allowed formats are .*\npsql: error: could not set printing parameter "format"\n$/],
    [['-P', 'nemo=1'], /\\pset: unknown option: nemo\npsql: error: could not set printing parameter "nemo"\n$/],
    [['-o', '/nonexistent/x'], /^psql: error: \/nonexistent\/x: No such file or directory\n$/],
    [['-L', '/nonexistent/x'], /^psql: error: could not open log file "\/nonexistent\/x": No such file or directory\n$/],
    [['-f', '/nonexistent/x.sql'], /^psql: error: \/nonexistent\/x\.sql: No such file or directory\n$/],
    [['-f', tmpdir()], /Is a directory\n$/],
  ])('%j', async (args, sentence) => {
    const { stderr, status } = await onServer(...args);
    expect(stderr).toMatch(sentence);
    expect(status).toBe(1);
  });

  test('a file that may not be read', async () => {
    const path = join(folder, 'secret.sql');
    writeFileSync(path, 'select 1;', { mode: 0o000 });
    // Nothing is closed to root.
    if (process.getuid?.() === 0) return;
    expect((await onServer('-f', path)).stderr).toBe(`psql: error: ${path}: Permission denied\n`);
  });
});

describe('statements that fail', () => {
  const script = 'select 1;\nselect 1/0;\nselect nemo;\nselect 2;\n';
  test.each([
    [[], 0],
    [['-v', 'ON_ERROR_STOP=1'], 3],
    [['-1'], 0],
    [['-1', '-v', 'ON_ERROR_STOP=1'], 3],
    [['-b'], 0],
    [['-v', 'VERBOSITY=verbose'], 0],
    [['-v', 'VERBOSITY=sqlstate'], 0],
    [['-v', 'SHOW_CONTEXT=always'], 0],
  ])('in a file with %j', async (options, status) => {
    const path = join(folder, 'failing.sql');
    writeFileSync(path, script);
    const outcome = await onServer(...options, '-f', path);
    expect(outcome.stderr).toMatch(/failing\.sql:2:/);
    expect(outcome.status).toBe(status);
  });

  test.each([
    [['-c', 'selec 1'], 1],
    [['-c', 'select 1/0', '-c', 'select 2'], 0],
    [['-c', 'select 2', '-c', 'select 1/0'], 1],
    [['-c', '\\nemo'], 1],
    [['-c', '\\i /nonexistent'], 1],
    [['-c', '\\copy nemo from /nonexistent'], 1],
    [['-c', '\\c nemo'], 1],
  ])('%j', async (args, status) => {
    expect((await onServer(...args)).status).toBe(status);
  });
});

describe('large things', () => {
  const md5 = (options: string, sql: string) => inShell(`set -o pipefail; $SQL ${options} -c "${sql}" | md5sum`);

  test.each([
    ['-A -t', "select repeat('x', 100000000)"],
    ['--csv', "select repeat('x', 100000000)"],
    ['', "copy (select repeat('x', 100000000)) to stdout"],
  ])('a cell of 100 MB, %s %s', async (options, sql) => {
    expect((await md5(options, sql)).status).toBe(0);
  });

  test.each(['', '-x', '-A', '-P format=wrapped -P columns=80', '--csv'])('rows of 1,600 columns, %s', async (options) => {
    const columns = Array.from({ length: 1600 }, (_, column) => `${column} as c${column}`).join(', ');
    const path = join(folder, 'wide.sql');
    writeFileSync(path, `select ${columns} from generate_series(1, 100);`);
    expect((await inShell(`set -o pipefail; $SQL ${options} -f ${path} | md5sum`)).status).toBe(0);
  });
});

describe('readers that stop and disks that are full', () => {
  const rows = 'select generate_series(1, 300000)';

  test.each([
    ['-A -t', rows],
    ['', rows],
    ['', `copy (${rows}) to stdout`],
  ])('%s %s | head -1 ends as psql does', async (options, sql) => {
    const { stderr } = await inShell(`$SQL ${options} -c "${sql}" | head -1; echo "\${PIPESTATUS[0]}" >&2`);
    expect(stderr).toBe('141\n');
  });

  test.each([
    ['-A -t', rows],
    ['', rows],
    ['', 'select 1'],
    ['', `copy (${rows}) to stdout`],
    ['-o /dev/full', rows],
    ['-q', `\\copy (${rows}) to /dev/full`],
  ])('%s %s > /dev/full', async (options, sql) => {
    const { stderr, status } = await inShell(`$SQL ${options} -c '${sql}' > /dev/full`);
    expect(stderr).toContain('No space left on device');
    expect(status).toBe(1);
  });

  test('what is still buffered at the end is not lost in silence', async () => {
    const { stderr, status } = await run([
      '/bin/bash',
      '-c',
      `${ownNode} ${program} -X ${connection().join(' ')} -c '\\echo x' > /dev/full`,
    ]);
    expect(stderr).toBe('howdah: error: could not write to standard output: No space left on device\n');
    expect(status).toBe(1);
  });

  test.each([`-o $FOLDER/limited -A -t -c "${rows}"`, `-o $FOLDER/limited -c "${rows}"`, `-c "\\copy (${rows}) to $FOLDER/limited"`])(
    'a disk that fills up: %s',
    async (line) => {
      const { stderr, status } = await inShell(`trap '' XFSZ; ulimit -f 500; $SQL ${line}`);
      expect(stderr).toMatch(/could not (?:print result table|write COPY data): File too large/);
      expect(status).toBe(1);
    },
  );

  test('no room for what aligned output must keep', async () => {
    const cache = join(folder, 'cache');
    mkdirSync(cache);
    // Aligned output reads rows twice: more of them than memory is spared for go to a file, which may not grow here.
    const line = `ulimit -f 500; ${ownNode} ${program} -X ${connection().join(' ')} -c "select repeat('x', 200) from generate_series(1, 1000000)" | tail -1`;
    const { stdout, stderr } = await run(['/bin/bash', '-c', line], { environment: { ...home.environment, XDG_CACHE_HOME: cache } });
    expect(stderr).not.toMatch(stackTrace);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^result of 1000000 rows not printed: .*too large/);
  });
});

describe('homes', () => {
  const cases: readonly (readonly [string, (at: string) => Readonly<Record<string, string | undefined>>])[] = [
    [
      'that cannot be written',
      () => ({ HOME: '/dev/null', XDG_CONFIG_HOME: '/dev/null/a', XDG_STATE_HOME: '/dev/null/b', XDG_CACHE_HOME: '/dev/null/c' }),
    ],
    [
      'that do not exist',
      (at) => ({ HOME: join(at, 'not/yet'), XDG_CONFIG_HOME: undefined, XDG_STATE_HOME: undefined, XDG_CACHE_HOME: undefined }),
    ],
    ['that are not named', () => ({ HOME: undefined, XDG_CONFIG_HOME: undefined, XDG_STATE_HOME: undefined, XDG_CACHE_HOME: undefined })],
    ['named relatively', () => ({ HOME: 'here', XDG_CONFIG_HOME: 'a', XDG_STATE_HOME: 'b', XDG_CACHE_HOME: 'c' })],
  ];
  test.each(cases)('%s are no hindrance', async (_name, environment) => {
    const variables = environment(folder);
    const unset = Object.keys(variables).filter((name) => variables[name] === undefined);
    const set = Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
    const rows = "select repeat('x', 200) from generate_series(1, 200000)";
    const { stdout, stderr, status } = await run(
      ['/usr/bin/env', ...unset.flatMap((name) => ['-u', name]), ...set, ownNode, program, ...connection(), '-c', 'select 1', '-c', rows],
      { folder },
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout.endsWith('(200000 rows)\n\n')).toBe(true);
  });

  test('a startup file that cannot be read is left out, one that fails goes on', async () => {
    writeFileSync(join(home.folder, '.psqlrc'), '\\set greeting hello\nselect nemo;\n');
    const { stdout, stderr, status } = await onServer('-c', '\\echo :greeting');
    expect(stdout).toBe('hello\n');
    expect(stderr).toContain('column "nemo" does not exist');
    expect(status).toBe(0);
    rmSync(join(home.folder, '.psqlrc'));
  });
});

test('the workbench without a terminal says how to do without', async () => {
  const { stdout, stderr, status } = await howdah(['practice'], { environment: home.environment });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  expect(stderr).toMatch(/^howdah: the workbench wants a terminal; .*select 1.*\n$/);
});

test('howdah alone on a server answers statements on standard input only', async () => {
  const { stdout, stderr, status } = await howdah(connection(), { environment: home.environment, input: 'select 1/0;\nselect 2;\n' });
  expect(stdout).toContain('(1 row)');
  expect(stderr).toBe('ERROR:  division by zero\n');
  expect(status).toBe(0);
  expect(statSync(home.folder).isDirectory()).toBe(true);
  expect(() => readFileSync(join(home.folder, 'state/howdah/history.jsonl'))).toThrow();
});

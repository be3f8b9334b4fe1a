import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { stackTrace } from '../support/as-psql.ts';
import { freshHome } from '../support/home.ts';
import { freePort } from '../support/native-server.ts';
import { howdah, type Outcome } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { pause, Terminal } from '../support/terminal.ts';

const canary = 'CANARY-5d1e';

let home = freshHome();
beforeEach(() => {
  home.remove();
  home = freshHome();
});
afterAll(() => home.remove());

async function profiles(...args: readonly string[]): Promise<Outcome> {
  const outcome = await howdah(['profiles', ...args], { environment: home.environment });
  expect(outcome.stdout + outcome.stderr).not.toMatch(stackTrace);
  return outcome;
}

const storeFolder = () => join(home.folder, 'config/howdah');

/** The files below the home that hold the text. */
function filesWith(text: string): readonly string[] {
  try {
    return execFileSync('grep', ['-rlaF', text, home.folder], { encoding: 'utf8' }).split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

describe('what profiles say', () => {
  test('none, one made, shown, changed, removed', async () => {
    expect(await profiles()).toEqual({ stdout: '', stderr: expect.stringContaining('No profiles yet. Save one with:'), status: 0 });
    expect(await profiles('add', 'one', 'postgresql://me@db.example/shop')).toEqual({
      stdout: 'Profile "one" is saved.\n',
      stderr: '',
      status: 0,
    });
    expect((await profiles('show', 'one')).stdout).toBe('name: one\nenvironment: development\nuser: me\nhost: db.example\ndbname: shop\n');
    expect((await profiles('edit', 'one', '-e', 'production', '--name', 'two')).status).toBe(0);
    expect((await profiles('list')).stdout).toMatch(/^two +production +.*db\.example/);
    expect((await profiles('remove', 'two')).stdout).toBe('Profile "two" is removed.\n');
  });

  test.each([
    [['nemo'], 'unknown command "profiles nemo"\nTry "howdah profiles help".'],
    [['show', 'nemo'], 'there is no profile "nemo"\nSee them all with "howdah profiles list".'],
    [['remove', 'nemo'], 'there is no profile "nemo"'],
    [['add'], 'profiles add: a name is missing\nUsage: howdah profiles add NAME URI'],
    [['add', 'x', 'postgresql://h/db?nemo=1'], 'invalid URI query parameter: "nemo"'],
    [['add', 'x', '-e', 'nemo'], 'invalid environment "nemo": use development, staging, production'],
    [['add', 'x', '--set', 'nemo=1'], 'invalid connection option "nemo"'],
    [['add', 'x', 'host=a', 'b'], 'extra argument "b": a profile takes a name and one connection string'],
  ])('%j is refused', async (args, sentence) => {
    expect(await profiles(...args)).toEqual({ stdout: '', stderr: `howdah: error: ${sentence}\n`, status: 1 });
  });

  test('a test of one that cannot be reached', async () => {
    await profiles('add', 'dead', `postgresql://x@127.0.0.1:${await freePort()}/db`);
    const { stderr, status } = await profiles('test', 'dead');
    expect(stderr).toMatch(/^howdah: error: connection to server at "127\.0\.0\.1", port \d+ failed: Connection refused/);
    expect(stderr).toContain('check that the server runs there');
    expect(status).toBe(2);
  });
});

test('eight that save at once lose nothing', async () => {
  const names = Array.from({ length: 8 }, (_, n) => `p${n}`);
  const outcomes = await Promise.all(names.map((name) => profiles('add', name, `host=${name}`)));
  expect(outcomes.map(({ status }) => status)).toEqual(names.map(() => 0));
  const { stdout } = await profiles('list');
  expect(stdout.match(/^p\d/gm)?.sort()).toEqual(names);
}, 120_000);

test('a damaged file is kept aside, byte for byte, and its readable profiles go on', async () => {
  await profiles('add', 'one', 'host=a');
  const path = join(storeFolder(), 'profiles.json');
  const damaged = '{"profiles": [{"name": "one", "envi';
  writeFileSync(path, damaged);
  const listed = await profiles('list');
  expect(listed.stderr).toContain('is damaged');
  expect(listed.status).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe(damaged);
  const saved = await profiles('add', 'two', 'host=b');
  expect(saved.stderr).toContain('it is kept as');
  const aside = readdirSync(storeFolder()).find((name) => name.startsWith('profiles.json.corrupt-'));
  expect(readFileSync(join(storeFolder(), aside ?? 'none'), 'utf8')).toBe(damaged);
  expect((await profiles('list')).stdout).toMatch(/^two/);
});

test('a home that cannot be written', async () => {
  mkdirSync(join(home.folder, 'config'));
  writeFileSync(storeFolder(), 'a file where the folder should be');
  const { stderr, status } = await profiles('add', 'one', 'host=a');
  expect(stderr).toBe(`howdah: error: cannot save the profile: ${storeFolder()} cannot be written\n`);
  expect(status).toBe(1);
});

describe('passwords', () => {
  test.each([
    [`postgresql://me:${canary}@db.example/shop`],
    [`host=a password=${canary}`],
    [`postgresql://me@a/b?password=${canary}`],
    [`postgresql://me@a/b?sslpassword=${canary}`],
  ])('of %s never reach the disk', async (connection) => {
    const { stderr, status } = await profiles('add', 'one', connection);
    expect(status).toBe(0);
    expect(stderr).toMatch(/not saved/);
    expect(stderr).not.toContain(canary);
    expect((await profiles('edit', 'one', connection)).status).toBe(0);
    expect(filesWith(canary)).toEqual([]);
  });

  test('are not in the list of processes, and secrets are masked in the history', async () => {
    const { host, port, user, database } = testServer();
    const terminal = new Terminal([`postgresql://${user}:${canary}@${host}:${port}/${database}`], { environment: home.environment });
    await terminal.sees('console');
    expect(readFileSync(`/proc/${terminal.processId}/cmdline`, 'utf8')).not.toContain(canary);
    await terminal.type(`create role canary_role password '${canary}';`);
    await terminal.press('Enter');
    await terminal.sees('CREATE ROLE');
    await terminal.type('drop role canary_role;');
    await terminal.press('Enter');
    await terminal.sees('Do not run it');
    await terminal.press('Down', 'Down', 'Enter');
    await terminal.sees('DROP ROLE');
    await pause(500);
    await terminal.press('Ctrl-Q');
    await terminal.exit();
    expect(filesWith(canary)).toEqual([]);
    expect(filesWith('canary_role').length).toBeGreaterThan(0);
    await terminal.close();
  });
});

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { Terminal } from '../support/terminal.ts';
import { enter } from '../support/workbench.ts';

const home = freshHome();
let folder: string;
let server: NativeServer;
let terminal: Terminal;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'howdah-hba-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'hba.conf'), 'host all keeper 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n');
  server = await startNativeServer({ settings: [`hba_file=${folder}/hba.conf`] });
  const { host, port } = server;
  const admin = await openTestSession(testTarget({ hosts: [{ host, port }] }));
  await run(admin, "create role keeper login password 'sesame'");
  await admin.close();
});

afterEach(() => terminal.close());
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
  home.remove();
});

function openPicker(environment: Readonly<Record<string, string>> = {}): Terminal {
  return new Terminal([], { environment: { ...home.environment, PGSERVICEFILE: '/nonexistent', ...environment } });
}

async function createProfile(name: string, connection: string, environment: string): Promise<void> {
  await terminal.press('n');
  await terminal.sees('New profile');
  await terminal.sees('what the status line');
  await terminal.type(name);
  await terminal.press('Tab');
  await terminal.type(connection);
  await terminal.press('Tab');
  await terminal.type(environment);
  await terminal.press('Enter');
}

test('profiles are created, found, edited, tested, deleted and picked; a password never reaches the file', async () => {
  terminal = openPicker();
  await terminal.sees('Connect to');
  await createProfile('orders', `postgres://postgres:hunter2@127.0.0.1:${server.port}/postgres`, 'prod');
  await terminal.sees('Saved orders.');
  await terminal.sees(/orders\s.*production/);
  expect(readFileSync(join(home.folder, 'config/howdah/profiles.json'), 'utf8')).not.toContain('hunter2');
  await createProfile('elsewhere', 'host=127.0.0.1 port=1', 'qa');
  await terminal.sees('The environment is development, staging or production');
  await terminal.press('Ctrl-U');
  await terminal.type('dev');
  await terminal.press('Enter');
  await terminal.sees('Saved elsewhere.');

  await terminal.press('/');
  await terminal.type('orders');
  await terminal.sees(/▸ orders/);
  await terminal.seesNoMore('elsewhere  ');
  await terminal.press('Esc', '/');
  await terminal.type('elsewhere');
  await terminal.sees(/▸ elsewhere/);
  await terminal.press('Esc');
  await chooses('elsewhere');
  await terminal.press('t');
  await terminal.sees('Connection refused');
  await terminal.press('e');
  await terminal.sees('Profile');
  await terminal.press('Tab', 'Ctrl-U');
  await terminal.type(`host=127.0.0.1 port=${server.port} user=postgres dbname=postgres`);
  await terminal.press('Enter');
  await terminal.sees('Saved elsewhere.');
  await chooses('elsewhere');
  await terminal.press('t');
  await terminal.sees('It works: PostgreSQL 18');
  await terminal.press('d');
  await terminal.sees('Delete the profile elsewhere?');
  await terminal.press('Enter');
  await terminal.seesNoMore('Delete the profile');
  await terminal.sees('elsewhere');
  await terminal.press('d');
  await terminal.sees('Delete the profile elsewhere?');
  await terminal.press('Down', 'Enter');
  await terminal.sees('Deleted elsewhere.');
  await chooses('orders');
  await terminal.press('Enter');
  await terminal.sees('postgres@127.0.0.1/postgres');
  await terminal.sees(' PROD ');
  expect(terminal.styleAt(1, 0).colour).toBe(1);
  await enter(terminal, 'select 1 as one;');
  await terminal.sees('1 row, complete');
  await terminal.sees(' PROD ');
  await terminal.press('F3');
  await terminal.sees('typing filters');
  await terminal.sees(' PROD ');
  await terminal.press('Esc', 'F9');
  await terminal.sees('Connect to');
  await terminal.sees('PROD');
  await terminal.press('Esc');
  await terminal.sees('1 row, complete');
});

test('without colours production still shows on every frame', async () => {
  terminal = openPicker({ NO_COLOR: '1' });
  await terminal.sees(/▸ orders/);
  await terminal.press('Enter');
  await terminal.sees('!! PROD !!');
  await terminal.press('F1');
  await terminal.sees('help');
  await terminal.sees('!! PROD !!');
  await terminal.press('Esc');
  await enter(terminal, 'begin;');
  await terminal.sees('* in transaction');
  await terminal.press('Ctrl-Q');
  await terminal.sees('A transaction is open');
  await terminal.sees('!! PROD !!');
});

test('a password is asked for; a wrong one leaves you in the picker with the reason', async () => {
  terminal = openPicker();
  await terminal.sees('Connect to');
  await createProfile('kept', `host=127.0.0.1 port=${server.port} user=keeper dbname=postgres`, 'staging');
  await terminal.sees('Saved kept.');
  await chooses('kept');
  await terminal.press('Enter');
  await terminal.sees('Password for user keeper');
  await enter(terminal, 'guess');
  await terminal.sees(/password authentication failed for user\s+"keeper"/);
  await terminal.sees('Connect to');
  await terminal.press('Enter');
  await terminal.sees('Password for user keeper');
  await terminal.type('sesame');
  await terminal.sees('••••••••');
  expect(terminal.raw).not.toContain('sesame');
  await terminal.press('Enter');
  await terminal.sees('keeper@127.0.0.1/postgres');
  await terminal.sees('STAGING');
});

/** Moves to an entry. */
async function chooses(name: string): Promise<void> {
  await terminal.sees((screen) => screen.includes(`\n   ${name} `) || screen.includes(`\n ▸ ${name} `));
  for (let step = 0; step < 12; step++) {
    const lines = terminal.lines();
    const on = lines.findIndex((line) => line.startsWith(' ▸ '));
    const wanted = lines.findIndex((line) => line.slice(3).startsWith(`${name} `));
    if (wanted === on) return;
    await terminal.press(wanted < on ? 'Up' : 'Down');
    await terminal.sees((screen) => !screen.split('\n')[on]?.startsWith(' ▸ '));
  }
  throw new Error(`${name} is not in the list:\n${terminal.text()}`);
}

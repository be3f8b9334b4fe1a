import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { asPsql } from '../support/as-psql.ts';
import { freshHome } from '../support/home.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { oracle } from '../support/oracle.ts';
import { howdah } from '../support/run.ts';
import { Terminal, type TerminalOptions } from '../support/terminal.ts';
import { enter } from '../support/workbench.ts';

const home = freshHome();
const folder = mkdtempSync(join(tmpdir(), 'howdah-password-'));
let server: NativeServer;
let terminal: Terminal | undefined;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'hba.conf'), 'host all keeper 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n');
  server = await startNativeServer({ settings: [`hba_file=${folder}/hba.conf`] });
  const made = await howdah(['-X', '-q', ...where('postgres'), '-c', "create role keeper login password 'first'"]);
  expect(made).toEqual({ stdout: '', stderr: '', status: 0 });
});

afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
  home.remove();
});

function where(user: string): readonly string[] {
  return ['-h', server.host, '-p', String(server.port), '-U', user, '-d', 'postgres'];
}

function start(program: 'psql' | 'howdah', args: readonly string[], user = 'postgres'): Terminal {
  const psql = program === 'psql' ? { command: oracle?.psql ?? 'psql' } : {};
  const options: TerminalOptions = { columns: 90, rows: 24, environment: home.environment, ...psql };
  terminal = new Terminal(['-X', '-v', 'PROMPT1=> ', ...(program === 'psql' ? [] : ['--no-workbench']), ...args, ...where(user)], options);
  return terminal;
}

/** What stands on the screen behind the greeting. */
async function leave(): Promise<string> {
  await enter(terminal as Terminal, '\\q');
  expect(await terminal?.exit()).toBe(0);
  return (terminal as Terminal)
    .text()
    .replace(/^[\s\S]*?Type "help" for help\.\n/, '')
    .trimEnd();
}

/** What is typed unseen cannot be waited for. */
function typeHidden(screen: Terminal, text: string): void {
  screen.send(`${text}\r`);
}

/** A wrong turn, then \password as it should be, at the prompt. */
async function changeAtPrompt(program: 'psql' | 'howdah', password: string): Promise<string> {
  const screen = start(program, []);
  await screen.sees('> ');
  await enter(screen, '\\password keeper');
  await screen.sees('Enter new password for user "keeper": ');
  typeHidden(screen, 'one');
  await screen.sees('Enter it again: ');
  typeHidden(screen, 'another');
  await screen.sees("Passwords didn't match.");
  await enter(screen, '\\password keeper');
  await screen.sees((text) => text.split('Enter new password').length === 3);
  typeHidden(screen, password);
  await screen.sees((text) => text.split('Enter it again').length === 3);
  typeHidden(screen, password);
  await screen.sees(/^> ?$/m);
  await enter(screen, '\\echo done');
  await screen.sees(/^done$/m);
  return await leave();
}

const programs = oracle === undefined ? (['howdah'] as const) : (['howdah', 'psql'] as const);

test('a new password, asked for twice; whoever set it, both programs log in with it', { timeout: 60_000 }, async () => {
  const shown: string[] = [];
  for (const program of programs) {
    const password = `of ${program}`;
    shown.push(await changeAtPrompt(program, password));
    expect(shown.at(-1)).not.toContain(password);
    for (const other of programs) {
      const login = start(other, ['-A', '-t', '-c', 'select current_user'], 'keeper');
      await login.sees('Password for user keeper: ');
      typeHidden(login, password);
      await login.sees(/^keeper$/m);
      expect(await login.exit()).toBe(0);
    }
  }
  expect(shown.at(-1)).toBe(shown[0]);
});

test('-W asks before it connects, -w never asks', { timeout: 30_000 }, async () => {
  for (const program of programs) {
    const asked = start(program, ['-W', '-A', '-t', '-c', 'select current_user']);
    await asked.sees('Password: ');
    typeHidden(asked, 'any');
    await asked.sees(/^postgres$/m);
    expect(await asked.exit()).toBe(0);
  }
  await asPsql(['-X', '-w', ...where('keeper'), '-c', 'select 1']);
});

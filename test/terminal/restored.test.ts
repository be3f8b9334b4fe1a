import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { testServer } from '../support/server.ts';
import { ownNode, pause, program, Terminal } from '../support/terminal.ts';

const home = freshHome();
let terminal: Terminal;

afterEach(() => terminal.close());
afterAll(() => home.remove());

function openOnServer(environment: Readonly<Record<string, string>> = {}): Terminal {
  const server = testServer();
  const args = ['-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
  return new Terminal(args, { environment: { ...home.environment, ...environment } });
}

/** A shell that runs howdah and then says how it finds the terminal. */
function openInShell(): Terminal {
  const server = testServer();
  const command = `${ownNode} ${program} -h ${server.host} -p ${server.port} -U ${server.user} -d ${server.database}`;
  return new Terminal(
    [
      '-c',
      `stty -a > $HOME/before; ${command}; echo "left with $?"; stty -a > $HOME/after; cmp $HOME/before $HOME/after && echo same modes; sleep 5`,
    ],
    {
      command: '/bin/bash',
      environment: home.environment,
    },
  );
}

describe('the terminal is as it was', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ])('after %s', async (signal, status) => {
    terminal = openOnServer();
    await terminal.sees('console');
    expect(terminal.isAlternateScreen).toBe(true);
    terminal.kill(signal);
    expect(await terminal.exit()).toBe(status);
    await pause(50);
    expect(terminal.isAlternateScreen).toBe(false);
    expect(terminal.raw.lastIndexOf('\x1b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\x1b[?25l'));
    expect(terminal.raw.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(terminal.raw.lastIndexOf('\x1b[?2004h'));
  });

  test('after leaving by Ctrl-Q: line modes too', async () => {
    terminal = openInShell();
    await terminal.sees('console');
    await terminal.press('Ctrl-Q');
    await terminal.sees('left with 0');
    await terminal.sees('same modes');
  });

  test('while it is suspended by Ctrl-Z, and drawn again after fg', async () => {
    const server = testServer();
    terminal = new Terminal(['--norc', '-i'], { command: '/bin/bash', environment: { ...home.environment, PS1: 'shell> ' } });
    await terminal.sees('shell>');
    await terminal.type(`${ownNode} ${program} -h ${server.host} -p ${server.port} -U ${server.user} -d ${server.database}`);
    await terminal.press('Enter');
    await terminal.sees('console');
    await terminal.type('select 1 as one');
    await terminal.press('Ctrl-Z');
    await terminal.sees('Stopped');
    expect(terminal.isAlternateScreen).toBe(false);
    await terminal.type('fg');
    await terminal.press('Enter');
    await terminal.sees('select 1 as one');
    expect(terminal.isAlternateScreen).toBe(true);
    await terminal.type(';');
    await terminal.press('Enter');
    await terminal.sees('1 row, complete');
  });

  test('after it was stopped and continued by others', async () => {
    const server = testServer();
    terminal = new Terminal(['--norc', '-i'], { command: '/bin/bash', environment: { ...home.environment, PS1: 'shell> ' } });
    await terminal.sees('shell>');
    await terminal.type(`${ownNode} ${program} -h ${server.host} -p ${server.port} -U ${server.user} -d ${server.database}`);
    await terminal.press('Enter');
    await terminal.sees('console');
    const [processId] = readFileSync(`/proc/${terminal.processId}/task/${terminal.processId}/children`, 'utf8').split(' ');
    for (const signal of ['SIGTSTP', 'SIGSTOP']) {
      process.kill(Number(processId), signal);
      await terminal.sees('Stopped');
      await terminal.type('clear; fg');
      await terminal.press('Enter');
      await terminal.sees('console');
      await terminal.type(`select '${signal}';`);
      await terminal.sees(`select '${signal}';`);
      await terminal.press('Enter');
      await terminal.sees(/1 row, complete/);
    }
  });
});

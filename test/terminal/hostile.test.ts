import { afterAll, afterEach, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { testServer } from '../support/server.ts';
import { Terminal } from '../support/terminal.ts';

const home = freshHome();
let terminal: Terminal;

afterEach(() => terminal.close());
afterAll(() => home.remove());

/** One of each class: a title, a clipboard write, a link, a colour, C1 controls, a bell, a bidi override, a DCS. */
const hostile =
  "E'\\x1b]0;owned\\x07' || E'\\x1b]52;c;b3duZWQ=\\x07' || E'\\x1b]8;;http://owned\\x1b\\\\' || E'\\x1b[31mred' || U&'\\009d0;owned\\009c' || E'\\x07' || U&'\\202e' || E'\\x1bPowned\\x1b\\\\'";

// Everything the program itself may send: SGR, cursor movement, erasing, its private modes, synchronized output, suspending the cursor.
const ownSequence = /\x1b\[[0-9;:?>=<]*[A-Za-z@`]|\x1b[78=>]|\x1b\][0-9]+;\x07/g;

function foreignBytes(raw: string): string[] {
  return raw.replace(ownSequence, '').match(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]/g) ?? [];
}

test('cells, headers, notices, errors, notifications and names cannot drive the terminal', async () => {
  const server = testServer();
  const args = ['-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
  terminal = new Terminal(args, { environment: home.environment });
  await terminal.sees('console');
  for (const statement of [
    `select ${hostile} as cell;`,
    `do $$ declare s text := ${hostile}; begin execute format('create temp view v as select 1 as %I', left(s, 40)); raise notice '%', s; perform pg_notify('n', s); end $$;`,
    'select * from v;',
    `do $$ begin raise exception '%', ${hostile} using detail = ${hostile}, hint = ${hostile}; end $$;`,
  ]) {
    terminal.send(`\x1b[200~${statement}\x1b[201~`);
    await terminal.sees(statement.slice(-6));
    await terminal.press('Enter');
    // What has run is taken out of the editor, what has failed stays.
    if (statement.includes('raise exception')) await terminal.sees('P0001');
    else await terminal.seesNoMore(statement.slice(-6));
  }
  expect(foreignBytes(terminal.raw)).toEqual([]);
  expect(terminal.raw).not.toContain('\x1b[31mred');
  expect(terminal.raw).not.toContain('http://owned\x1b');
});

test('batch output on a terminal is made visible, in a pipe it is exact', async () => {
  const server = testServer();
  const args = ['-X', '-A', '-t', '-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
  terminal = new Terminal([...args, '-c', `select ${hostile}`, '-c', `do $$ begin raise warning '%', ${hostile}; end $$`], {
    environment: home.environment,
  });
  expect(await terminal.exit()).toBe(0);
  await terminal.sees('owned');
  expect(foreignBytes(terminal.raw)).toEqual([]);
});

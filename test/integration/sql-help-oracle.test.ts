import { describe, expect, test } from 'vitest';
import { commandsMatching, helpOn, listOfCommands, synopsisFor } from '../../src/commands/sql-help/help-text.ts';
import { sqlHelpTable } from '../../src/commands/sql-help/sql-help-table.ts';
import { oracle, whyNoOracle } from '../support/oracle.ts';
import { run } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { synopsisWords } from '../unit/commands/sql-help/synopsis-words.ts';

/** What psql prints for \h with each of these. */
async function psqlHelp(topics: readonly string[]): Promise<readonly string[]> {
  const { host, port, user, database } = testServer();
  const command = [oracle?.psql ?? '', '-X', '-h', host, '-p', String(port), '-U', user, '-d', database];
  const { stdout } = await run(command, {
    input: topics.map((topic) => `\\h ${topic}\n\\echo -----\n`).join(''),
    environment: { LC_ALL: 'C.UTF-8', PAGER: '' },
  });
  return stdout.split('-----\n').slice(0, -1);
}

const commandsOf = (text: string): readonly string[] => [...text.matchAll(/^Command: {5}(.*)$/gm)].map((match) => match[1] ?? '');

const topics = [
  'zzz',
  'zzz yyy xxx',
  'a b c',
  'alter',
  'alter tab',
  'alter  table',
  'alter foo',
  'create ta x',
  'create table foo',
  'create text search foo',
  'commit p x',
  'create user mapping foo',
  'drop xx yy',
  'select foo bar',
  'selectx foo',
  'set session x',
  '"select"',
  '*',
  '*x',
];

describe.skipIf(oracle === undefined)(`against psql 15 (${oracle === undefined ? whyNoOracle : oracle.psql})`, () => {
  test('the list is the same', async () => {
    expect(await psqlHelp([''])).toEqual([listOfCommands(sqlHelpTable, 80)]);
  });

  test('the same commands are found', async () => {
    const printed = await psqlHelp(topics);
    const ours = topics.map((topic) => commandsMatching(sqlHelpTable, topic).map(({ name }) => name));
    expect(ours).toEqual(printed.map(commandsOf));
    const unknown = topics.filter((topic) => commandsMatching(sqlHelpTable, topic).length === 0);
    expect(unknown.map((topic) => helpOn(sqlHelpTable, topic, 150018))).toEqual(printed.filter((text) => text.startsWith('No help')));
  });

  test('but for the synopsis and the description the help is the same', async () => {
    const frame = (text: string): string => text.replace(/^(Description: ).*\nSyntax:\n[\s\S]*?\n\n(?=URL: )/gm, '$1');
    const [all = ''] = await psqlHelp(['*']);
    expect(frame(helpOn(sqlHelpTable, '*', 150018))).toBe(frame(all));
  });

  test('every keyword of its synopses is in ours', async () => {
    const printed = await psqlHelp(sqlHelpTable.map(({ name }) => name));
    sqlHelpTable.forEach(({ name, synopsis }, index) => {
      const words = synopsisWords(synopsisFor(synopsis, 15));
      const theirs = /^Syntax:\n([\s\S]*)\n\nURL: /m.exec(printed[index] ?? '')?.[1] ?? '';
      expect(theirs).not.toBe('');
      expect([name, ...[...synopsisWords(theirs)].filter((word) => !words.has(word))]).toEqual([name]);
    });
  });
});

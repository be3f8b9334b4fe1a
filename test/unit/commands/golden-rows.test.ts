import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { metaCommands } from '../../../src/commands/registry.ts';
import { describeLines } from '../../integration/describe/commands.ts';
import { runs } from '../../integration/psql-commands/scripts.ts';

const tests = resolve(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(resolve(tests, path), 'utf8');

/** Scripts whose output is compared with that of psql 15. */
const compared = [...runs.flatMap(({ args = [], script = '' }) => [...args, script]), ...describeLines].join('\n');

/** What psql 15 has not: scripts whose output was written from the manual and the source of psql 16 to 18. */
const written = textOf('integration/psql-18/script.sql') + textOf('integration/pipelines/script.sql');
const later = ['bind', 'bind_named', 'parse', 'close_prepared', 'drg'];
const pipelines = ['startpipeline', 'sendpipeline', 'syncpipeline', 'flushrequest', 'flush', 'getresults', 'endpipeline'];
const notOf15 = [...later, ...pipelines];

/** What cannot be in a script, and the test that has it: a password is read from the terminal. */
const elsewhere: readonly (readonly [name: string, test: string])[] = [['password', 'terminal/password-story.test.ts']];

function calls(text: string, name: string): boolean {
  return new RegExp(String.raw`\\${name.replace(/[!?]/g, '\\$&')}(?![a-z_])`).test(text);
}

describe('every name of every meta-command is run where its output is compared', () => {
  const names = metaCommands.flatMap((command) => command.names);

  test('with psql 15', () => {
    const wanted = names.filter((name) => !notOf15.includes(name) && !elsewhere.some(([other]) => other === name));
    expect(wanted.filter((name) => !calls(compared, name))).toEqual([]);
    expect(calls(compared, 'nosuchcommand')).toBe(false);
  });

  test('with what later psqls print', () => {
    expect(notOf15.filter((name) => !names.includes(name) || !calls(written, name))).toEqual([]);
    expect(notOf15.filter((name) => calls(compared, name))).toEqual([]);
  });

  test.each(elsewhere)('or, \\%s, in a test of its own', (name, path) => {
    expect(names).toContain(name);
    expect(existsSync(resolve(tests, path)) && calls(textOf(path).replaceAll('\\\\', '\\'), name)).toBe(true);
  });
});

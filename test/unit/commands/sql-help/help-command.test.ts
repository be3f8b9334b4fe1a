import { expect, test } from 'vitest';
import type { CommandContext } from '../../../../src/commands/context.ts';
import { sqlHelpCommand } from '../../../../src/commands/sql-help/help-command.ts';

/** What \h says when called with the rest of the line. */
async function said(line: string | undefined, versionNumber?: number): Promise<string> {
  let text = '';
  const context = {
    session: versionNumber === undefined ? undefined : { versionNumber },
    say: async (more: string) => {
      text += more;
    },
  } as unknown as CommandContext;
  const outcome = await sqlHelpCommand.run(context, {
    name: 'h',
    next: async (mode) => (mode === 'whole-line' && line !== undefined ? { value: line, quote: '' } : undefined),
  });
  expect(outcome).toBe('done');
  return text;
}

test.each([undefined, '', ';', ' ;; '])('\\h%s lists the commands', async (line) => {
  const text = await said(line);
  expect(text.split('\n')[0]).toBe('Available help:');
  expect(text).toContain('SET SESSION AUTHORIZATION');
});

test.each(['rollback', 'ROLLBACK;', 'rollback ; ;'])('\\h %s: what ends the line is no part of the name', async (line) => {
  expect(await said(line, 160004)).toBe(`Command:     ROLLBACK
Description: undo the current transaction
Syntax:
ROLLBACK [ WORK | TRANSACTION ] [ AND [ NO ] CHAIN ]

URL: https://www.postgresql.org/docs/16/sql-rollback.html

`);
});

test('the grammar is the connected server’s, without one that of the psql spoken', async () => {
  expect(await said('merge', 180001)).toContain('RETURNING');
  expect(await said('merge', 150018)).not.toContain('RETURNING');
  expect(await said('merge')).toContain('/docs/15/sql-merge.html');
});

test('\\h * shows every command', async () => {
  expect((await said('*', 180001)).match(/^Command: /gm)).toHaveLength(185);
});

import { expect, test } from 'vitest';
import { assist } from '../../../src/batch/line-mode/assistance.ts';
import type { PromptStatus } from '../../../src/sql/scanner.ts';

test.each<readonly [line: string, isEmpty: boolean, status: PromptStatus, what: RegExp | string]>([
  ['help', true, 'ready', /^answer You are using howdah/],
  ['HELP ; ', true, 'ready', /^answer/],
  ['help', false, 'continue', /^remark Use \\\? for help or press control-C/],
  ['quit', true, 'ready', 'quit'],
  ['exit;', true, 'ready', 'quit'],
  ['exit', false, 'paren', 'remark Use \\q to quit.\n'],
  ['exit', false, 'single-quote', 'remark Use control-D to quit.\n'],
  ['\\q', false, 'comment', 'remark Use control-D to quit.\n'],
  ['\\q', true, 'ready', 'none'],
  [' quit', true, 'ready', 'none'],
  ['quit now', true, 'ready', 'none'],
  ['helpless', true, 'ready', 'none'],
])('%j (nothing before it: %s, %s)', (line, isEmpty, status, what) => {
  const assistance = assist(line, isEmpty, status);
  expect([assistance.type, 'text' in assistance ? assistance.text : undefined].filter((part) => part !== undefined).join(' ')).toMatch(
    what,
  );
});

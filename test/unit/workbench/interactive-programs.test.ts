import { expect, test } from 'vitest';
import { isInteractive } from '../../../src/workbench/interactive-programs.ts';

test.each([
  ['sh', true],
  ['/bin/bash -l', true],
  ['sh -c "ls"', false],
  ['ls -l', false],
  ['sort | less -S', true],
  ['less x | sort', false],
  ['cd /tmp && vi notes', true],
  ['LESS=R less x', true],
  ['exec top', true],
  ['my-pager --wide', true],
  ['echo less', false],
  ['', false],
])('%s wants the terminal: %s', (command, wanted) => {
  expect(isInteractive(command, { PAGER: 'my-pager -x' })).toBe(wanted);
});

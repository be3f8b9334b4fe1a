import { expect, test } from 'vitest';
import { parseArguments } from '../../../src/batch/arguments.ts';

test.each([
  [
    ['-tAc', 'select 1'],
    {
      actions: [{ type: 'command', text: 'select 1' }],
      pset: [
        ['tuples_only', 'on'],
        ['format', 'unaligned'],
      ],
    },
  ],
  [
    ['--command=x', '-f', 'y'],
    {
      actions: [
        { type: 'command', text: 'x' },
        { type: 'file', path: 'y' },
      ],
    },
  ],
  [
    ['-vA=1', '--set', 'B'],
    {
      variables: [
        ['A', '1'],
        ['B', undefined],
      ],
    },
  ],
  [['db', 'user', 'more'], { database: 'db', user: 'user', warnings: ['extra command-line argument "more" ignored'] }],
  [['-d', 'x', 'user'], { database: 'x', user: 'user' }],
  [['@prod'], { profile: 'prod' }],
  [['-w', '--', '-x'], { askPassword: 'never', database: '-x' }],
  [['--echo-q'], { variables: [['ECHO', 'queries']] }],
])('%j', (words, expected) => {
  const parsed = parseArguments(words);
  expect(parsed).toMatchObject({ type: 'run', arguments: expected });
});

test.each([
  [['-Y'], "invalid option -- 'Y'"],
  [['--foo'], "unrecognized option '--foo'"],
  [['--ec'], "option '--ec' is ambiguous; possibilities: '--echo-all' '--echo-queries' '--echo-errors' '--echo-hidden'"],
  [['--list=3'], "option '--list' doesn't allow an argument"],
  [['-c'], "option requires an argument -- 'c'"],
])('%j is refused', (words, text) => {
  expect(parseArguments(words)).toEqual({ type: 'error', text });
});

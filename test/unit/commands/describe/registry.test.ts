import { expect, test } from 'vitest';
import { describeCommands, loList, z } from '../../../../src/commands/describe/registry.ts';

function takers(name: string): readonly (string | undefined)[] {
  return [...describeCommands, loList, z]
    .filter(({ names, family }) => names.includes(name) || family?.test(name))
    .map(({ names }) => names[0]);
}

test.each([
  ['d', 'd'],
  ['d+', 'd'],
  ['dS+', 'd'],
  ['dtvS+', 'dt'],
  ['dE', 'dE'],
  ['des+', 'des'],
  ['ddp', 'ddp'],
  ['ddS', 'dd'],
  ['dconfig+', 'dconfig'],
  ['dcS', 'dc'],
  ['dAc+', 'dAc'],
  ['dA+', 'dA'],
  ['dFp+', 'dFp'],
  ['dF+', 'dF'],
  ['df+', 'df'],
  ['dfanptw', 'df'],
  ['drds', 'drds'],
  ['drgS', 'drg'],
  ['dx+', 'dx'],
  ['dX', 'dX'],
  ['list+', 'l'],
  ['l+', 'l'],
  ['z', 'z'],
  ['lo_list+', 'lo_list'],
])('\\%s is answered by %s alone', (name, command) => {
  expect(takers(name)).toEqual([command]);
});

test.each(['dZ', 'dh', 'dAz', 'dFz', 'drx', 'deq', 'dPq', 'dfq', 'lo_lists', 'lists', 'zz'])('\\%s is no command', (name) => {
  expect(takers(name)).toEqual([]);
});

test('no name is taken twice', () => {
  const letters = [...'aAbcCdDeEfFgilLmnoOpPrRstTuvwxXyzS+'];
  const names = letters.flatMap((one) => ['', ...letters].flatMap((two) => ['', ...letters].map((three) => `d${one}${two}${three}`)));
  expect(names.filter((name) => takers(name).length > 1)).toEqual([]);
});

import { expect, test } from 'vitest';
import { Variables } from '../../../src/engine/variables.ts';
import { hookWatchInterval } from '../../../src/engine/watch-interval.ts';

function hooked(isListed: boolean) {
  const complaints: string[] = [];
  const variables = new Variables((text) => complaints.push(text));
  hookWatchInterval(variables, () => isListed);
  return { variables, complaints };
}

test('it is there from the start where the server is of 18, and never quite unset', () => {
  const { variables } = hooked(true);
  expect(variables.entries()).toEqual([['WATCH_INTERVAL', '2']]);
  expect(variables.set('WATCH_INTERVAL', '.5')).toBe(true);
  variables.unset('WATCH_INTERVAL');
  expect(variables.get('WATCH_INTERVAL')).toBe('2');
});

test('before an older server it is there only where it was set', () => {
  const { variables } = hooked(false);
  expect(variables.entries()).toEqual([]);
  variables.set('WATCH_INTERVAL', '5');
  expect(variables.get('WATCH_INTERVAL')).toBe('5');
  variables.unset('WATCH_INTERVAL');
  expect(variables.entries()).toEqual([]);
});

// psql 18's ParseVariableDouble.
test.each([
  ['', 'invalid input syntax for variable "WATCH_INTERVAL"'],
  ['1s', 'invalid value "1s" for variable "WATCH_INTERVAL"'],
  ['-0.1', 'invalid value "-0.1" for variable "WATCH_INTERVAL": must be greater than 0.00'],
  ['1000001', 'invalid value "1000001" for variable "WATCH_INTERVAL": must be less than 1000000.00'],
  ['1e999', 'value "1e999" is out of range for variable "WATCH_INTERVAL"'],
])('%j is refused', (value, complaint) => {
  const { variables, complaints } = hooked(true);
  expect(variables.set('WATCH_INTERVAL', value)).toBe(false);
  expect(complaints).toEqual([complaint]);
  expect(variables.get('WATCH_INTERVAL')).toBe('2');
});

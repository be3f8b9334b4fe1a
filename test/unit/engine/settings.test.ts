import { expect, test } from 'vitest';
import { defaultSettings, hookSettings } from '../../../src/engine/settings.ts';
import { Variables } from '../../../src/engine/variables.ts';

function hooked() {
  const complaints: string[] = [];
  const variables = new Variables((text) => complaints.push(text));
  const settings = defaultSettings();
  hookSettings(variables, settings);
  return { variables, settings, complaints };
}

// Recorded from psql 15.18.
test.each([
  ['ECHO', 'x', 'unrecognized value "x" for "ECHO"\nAvailable values are: none, errors, queries, all.'],
  ['ECHO_HIDDEN', 'z', 'unrecognized value "z" for "ECHO_HIDDEN"\nAvailable values are: on, off, noexec.'],
  ['FETCH_COUNT', 'a', 'invalid value "a" for "FETCH_COUNT": integer expected'],
  ['AUTOCOMMIT', 'maybe', 'unrecognized value "maybe" for "AUTOCOMMIT": Boolean expected'],
  ['a.b', 'c', 'invalid variable name: "a.b"'],
])('%s refuses %s', (name, value, complaint) => {
  const { variables, complaints } = hooked();
  const before = variables.get(name);
  expect(variables.set(name, value)).toBe(false);
  expect(complaints).toEqual([complaint]);
  expect(variables.get(name)).toBe(before);
});

test.each([
  ['ECHO', 'none'],
  ['HISTSIZE', '500'],
  ['IGNOREEOF', '0'],
  ['AUTOCOMMIT', 'off'],
])('unsetting %s leaves %s', (name, left) => {
  const { variables } = hooked();
  expect(variables.unset(name)).toBe(true);
  expect(variables.get(name)).toBe(left);
});

test('values reach the settings', () => {
  const { variables, settings } = hooked();
  variables.set('ON_ERROR_STOP', '1');
  variables.set('ECHO', 'QUERIES');
  variables.set('FETCH_COUNT', '0x10');
  variables.set('ON_ERROR_ROLLBACK', 'interactive');
  expect(settings).toMatchObject({ onErrorStop: true, echo: 'queries', fetchCount: 16, onErrorRollback: 'interactive' });
});

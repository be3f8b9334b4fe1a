import { expect, test } from 'vitest';
import { Variables } from '../../../src/engine/variables.ts';
import { ProfileSavepoints } from '../../../src/workbench/profile-savepoints.ts';

test('what a profile sets goes with it', () => {
  const variables = new Variables(() => undefined);
  const savepoints = new ProfileSavepoints({ variables });
  const value = () => variables.get('HOWDAH_SAVEPOINTS');
  savepoints.take('every');
  expect(value()).toBe('every');
  savepoints.take('last');
  expect(value()).toBe('last');
  savepoints.take(undefined);
  expect(value()).toBeUndefined();
  variables.set('HOWDAH_SAVEPOINTS', 'last');
  savepoints.take('off');
  savepoints.take(undefined);
  expect(value()).toBe('last');
});

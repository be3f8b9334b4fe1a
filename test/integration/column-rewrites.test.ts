import { test } from 'vitest';
import { checkColumnRewrites } from '../support/column-rewrites.ts';
import { openTestSession, testTarget } from '../support/open-test-session.ts';
import { cells } from '../support/rehearsals.ts';

test('a change of columns is said to write the table anew where the server does', async () => {
  const maintenance = await openTestSession();
  await cells(maintenance, 'create database column_rewrites');
  await maintenance.close();
  const session = await openTestSession(testTarget({ database: 'column_rewrites' }));
  await checkColumnRewrites(session);
  await session.close();
});

import { expect, test } from 'vitest';
import { casesThatDepend, columnFigures, columnSchema } from '../support/column-rewrites.ts';
import { openTestSession, testTarget } from '../support/open-test-session.ts';
import { cells } from '../support/rehearsals.ts';

test('a change of columns is said to write the table anew where the server does', async () => {
  const maintenance = await openTestSession();
  await cells(maintenance, 'create database column_rewrites');
  await maintenance.close();
  const session = await openTestSession(testTarget({ database: 'column_rewrites' }));
  await cells(session, columnSchema);
  const { yes, no, depends, wrong } = await columnFigures(session);
  await session.close();
  expect(wrong).toEqual([]);
  expect(depends).toEqual(casesThatDepend(session.versionNumber));
  expect(Math.min(yes, no)).toBeGreaterThan(60);
});

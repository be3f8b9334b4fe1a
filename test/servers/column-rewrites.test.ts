import { expect, test } from 'vitest';
import { casesThatDepend, columnFigures, columnSchema } from '../support/column-rewrites.ts';
import { startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { openTestSession, targetOf } from '../support/open-test-session.ts';
import { cells } from '../support/rehearsals.ts';

test.each(olderMajors)('on PostgreSQL %i a change of columns is said to write the table anew where the server does', async (major) => {
  const server = await startNativeServer({ binFolder: olderBinaries(major) });
  try {
    const session = await openTestSession(targetOf(server));
    await cells(session, columnSchema);
    const { yes, no, depends, wrong } = await columnFigures(session);
    await session.close();
    expect(wrong).toEqual([]);
    expect(depends).toEqual(casesThatDepend(session.versionNumber));
    expect(Math.min(yes, no)).toBeGreaterThan(60);
  } finally {
    await server.stop();
  }
});

import { test } from 'vitest';
import { checkColumnRewrites } from '../support/column-rewrites.ts';
import { startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { openTestSession, targetOf } from '../support/open-test-session.ts';

test.each(olderMajors)('on PostgreSQL %i a change of columns is said to write the table anew where the server does', async (major) => {
  const server = await startNativeServer({ binFolder: olderBinaries(major) });
  try {
    const session = await openTestSession(targetOf(server));
    await checkColumnRewrites(session);
    await session.close();
  } finally {
    await server.stop();
  }
});

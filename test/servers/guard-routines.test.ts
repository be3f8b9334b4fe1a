import { expect, test } from 'vitest';
import { askedAbout, harmless, isFor, lost, onProduction, routineSchema } from '../support/guarded-routines.ts';
import { startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { openTestSession, targetOf } from '../support/open-test-session.ts';
import { rehearser } from '../support/rehearsals.ts';

test.each(olderMajors)('on PostgreSQL %i the guards see what the bodies of routines do', async (major) => {
  const server = await startNativeServer({ binFolder: olderBinaries(major) });
  try {
    const { interpreter, said, session } = rehearser(await openTestSession(targetOf(server)));
    const { versionNumber } = session;
    await interpreter.runText(routineSchema(versionNumber));
    expect(said).toEqual([]);
    const [unsafe, unseen, safe] = [lost, onProduction, harmless].map((list) => list.filter((sql) => isFor(versionNumber, sql)));
    expect(await askedAbout(interpreter, unsafe ?? [], 'development')).toEqual(unsafe);
    expect(await askedAbout(interpreter, unseen ?? [], 'production')).toEqual(unseen);
    expect(await askedAbout(interpreter, safe ?? [], 'production')).toEqual([]);
    await interpreter.close();
  } finally {
    await server.stop();
  }
});

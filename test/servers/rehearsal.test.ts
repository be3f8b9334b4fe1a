import { expect, test } from 'vitest';
import { startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { openTestSession } from '../support/open-test-session.ts';
import { checkRehearsal, statementsFor } from '../support/rehearsal-suite.ts';
import { rehearsalSchema, rehearser } from '../support/rehearsals.ts';

/** Generated columns came with 12, keys of partitioned tables with 11. */
function withoutLaterForms(sql: string): string {
  return sql.replace(' generated always as (b * 2) stored', '').replace(', primary key (id, k)', '');
}

test.each(olderMajors)('on PostgreSQL %i what a rehearsal shows is what has changed, and nothing is left of it', async (major) => {
  const server = await startNativeServer({ binFolder: olderBinaries(major) });
  try {
    const { host, port, user, database } = server;
    const target = { hosts: [{ host, port }], user, database, sslMode: 'disable', startupParameters: {}, keepalives: true } as const;
    const subject = rehearser(await openTestSession(target));
    const schema = major > 10 ? rehearsalSchema : withoutLaterForms(rehearsalSchema);
    await subject.interpreter.runText(schema);
    expect(subject.said).toEqual([]);
    for (const statement of statementsFor(subject.session.versionNumber)) await checkRehearsal(subject, statement, false);
    await subject.interpreter.runText('begin;');
    for (const statement of statementsFor(subject.session.versionNumber)) await checkRehearsal(subject, statement, true);
    await subject.interpreter.runText('rollback;');
    await subject.interpreter.close();
  } finally {
    await server.stop();
  }
});

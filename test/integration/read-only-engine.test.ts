import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { freshHome } from '../support/home.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { openVendorpay, vendorpaySeed } from '../support/practice.ts';
import { attemptByEngine } from '../support/read-only-engine.ts';
import { AttemptFolder, attempts, fingerprintQuery, readOnlySchema } from '../support/read-only-place.ts';
import { WatchedDatabase } from '../support/read-only-server.ts';
import { howdah } from '../support/run.ts';
import { testServer } from '../support/server.ts';

describe('the engine as the workbench drives it, on PostgreSQL 18', () => {
  const database = 'read_only_engine';
  let watched: WatchedDatabase;

  beforeAll(async () => {
    watched = await WatchedDatabase.create(testServer(), database);
  });

  afterAll(() => watched.close());

  test('no attempt to write leaves a trace', async () => {
    const before = await watched.fingerprint();
    const open = () => openTestSession(testTarget({ database }));
    const errors = await attemptByEngine(await open(), attempts, async () => ({ ok: true, session: await open() }));
    expect(await watched.fingerprint()).toBe(before);
    expect(watched.notified).toEqual([]);
    expect(errors.length).toBeGreaterThan(attempts.length / 2);
  });
});

describe('the engine as the workbench drives it, on the embedded engine', () => {
  let session: Session;

  beforeAll(async () => {
    ({ session } = await openVendorpay());
    for (const event of await run(session, readOnlySchema)) expect(event).not.toMatch(/^error/);
  });

  afterAll(() => session.close());

  test('no attempt to write leaves a trace', async () => {
    const before = await run(session, fingerprintQuery);
    // There is but one session to be had, and the engine ends where it is to convert an encoding that it does not have.
    const possible = attempts.filter(({ script }) => !/\\c |SJIS/.test(script));
    const errors = await attemptByEngine(session, possible, () => Promise.reject(new Error('no other session')));
    expect(errors.length).toBeGreaterThan(possible.length / 2);
    expect(await run(session, fingerprintQuery)).toEqual(before);
    await run(session, 'select tally()');
    expect(await run(session, fingerprintQuery)).not.toEqual(before);
  });
});

test('no attempt to write by the batch face leaves a trace on the embedded engine', async () => {
  await vendorpaySeed();
  const home = freshHome();
  const folder = new AttemptFolder();
  const practice = (input: string, ...options: readonly string[]) =>
    howdah(['practice', '-X', '-q', '-At', ...options, '-f', '-'], { input, environment: { ...home.environment, PSQL_EDITOR: 'true' } });
  // The engine is slow to begin with, and has tried all of them above.
  const share = process.env.HOWDAH_ALL_ATTEMPTS === undefined ? 4 : 1;
  const possible = attempts.filter(({ script }, index) => index % share === 0 && !/\\c |SJIS/.test(script));
  try {
    const before = await practice(`${readOnlySchema}${fingerprintQuery}`);
    expect(before.stderr).toBe('');
    const { stdout, stderr } = await practice(`${folder.script(possible)}\\echo all of them\n`, '--read-only');
    expect(stdout.trimEnd().endsWith('all of them'), stderr.slice(-2000)).toBe(true);
    expect(await practice(fingerprintQuery)).toEqual(before);
  } finally {
    folder.remove();
    home.remove();
  }
}, 240_000);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { openVendorpay } from '../support/practice.ts';
import { attemptByEngine } from '../support/read-only-engine.ts';
import { attempts, fingerprintQuery, readOnlySchema } from '../support/read-only-place.ts';
import { WatchedDatabase } from '../support/read-only-server.ts';
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

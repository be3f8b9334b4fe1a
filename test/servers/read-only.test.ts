import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { olderBinaries } from '../support/older-servers.ts';
import { openTestSession } from '../support/open-test-session.ts';
import { attemptByEngine } from '../support/read-only-engine.ts';
import { attempts } from '../support/read-only-place.ts';
import { attemptByBatch, WatchedDatabase } from '../support/read-only-server.ts';

describe.each([15, 17])('on PostgreSQL %i', (major) => {
  let server: NativeServer;
  let watched: WatchedDatabase;

  beforeAll(async () => {
    server = await startNativeServer({ binFolder: olderBinaries(major) });
    watched = await WatchedDatabase.create(server, 'read_only_wall');
  });

  afterAll(async () => {
    await watched?.close();
    await server?.stop();
  });

  test('no attempt to write by the batch face leaves a trace', async () => {
    expect(await attemptByBatch(watched)).toEqual([]);
    expect(watched.notified).toEqual([]);
  });

  test('no attempt to write by the engine as the workbench drives it leaves a trace', async () => {
    const before = await watched.fingerprint();
    const { host, port, user } = server;
    const place = { hosts: [{ host, port }], user, database: 'read_only_wall' };
    const open = () => openTestSession({ ...place, sslMode: 'disable', startupParameters: {}, keepalives: true });
    await attemptByEngine(await open(), attempts, async () => ({ ok: true, session: await open() }));
    expect(await watched.fingerprint()).toBe(before);
    expect(watched.notified).toEqual([]);
  });
});

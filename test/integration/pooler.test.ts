import { afterEach, expect, test } from 'vitest';
import { probeServer } from '../../src/engine/server-probe.ts';
import { SideSession } from '../../src/engine/side-session.ts';
import type { Session } from '../../src/server/session.ts';
import { openTestSession, run, targetOf } from '../support/open-test-session.ts';
import { startPgbouncer } from '../support/pgbouncer.ts';
import { type PoolingProxy, startPoolingProxy } from '../support/pooling-proxy.ts';
import { testServer } from '../support/server.ts';

let proxy: PoolingProxy | undefined;

afterEach(() => proxy?.close());

async function traitsThrough(target: Parameters<typeof targetOf>[0]) {
  const session: Session = await openTestSession(targetOf(target));
  const open = async () => ({ ok: true as const, session: await openTestSession(targetOf(target)) });
  const side = new SideSession({ session: () => session, open });
  const traits = await probeServer({ side, open }, session);
  const [, answer] = await run(session, 'select 1');
  expect(answer).toBe('rows 1');
  await side.forget();
  await session.close();
  return traits;
}

test('a server without anything between', async () => {
  expect(await traitsThrough(testServer())).toEqual({ isStandby: false, isSeen: true, pooling: 'none' });
});

test('a pooler that gives each transaction a server session is proven', async () => {
  proxy = await startPoolingProxy(testServer(), 'transaction');
  expect(await traitsThrough(proxy)).toEqual({ isStandby: false, isSeen: false, pooling: 'transaction-pooler' });
});

test('a pooler that keeps it is only known to be one', async () => {
  proxy = await startPoolingProxy(testServer(), 'session');
  expect(await traitsThrough(proxy)).toEqual({ isStandby: false, isSeen: false, pooling: 'pooler' });
});

const pgbouncer = process.env.HOWDAH_PGBOUNCER ?? '';

// The real one, where its path is given.
test.skipIf(pgbouncer === '').each([
  ['session', 'pooler'],
  ['transaction', 'transaction-pooler'],
  ['statement', 'transaction-pooler'],
] as const)('PgBouncer in %s mode', async (mode, pooling) => {
  proxy = await startPgbouncer(pgbouncer, testServer(), mode);
  expect(await traitsThrough(proxy)).toMatchObject({ isStandby: false, pooling });
});

test('what is asked beside leaves no setting on a server session that others get', async () => {
  proxy = await startPoolingProxy(testServer(), 'transaction');
  const session = await openTestSession(targetOf(proxy));
  const side = new SideSession({
    session: () => session,
    open: async () => ({ ok: true, session: await openTestSession(targetOf(proxy ?? testServer())) }),
  });
  expect(await side.ask('show transaction_read_only')).toMatchObject({ rows: [['on']] });
  const shown = await run(session, 'show transaction_read_only; show statement_timeout');
  expect(shown.filter((text) => text.startsWith('rows'))).toEqual(['rows off', 'rows 0']);
  await side.forget();
  await session.close();
});

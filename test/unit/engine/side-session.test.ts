import { expect, test } from 'vitest';
import { SideSession } from '../../../src/engine/side-session.ts';
import type { ConnectOutcome, Session } from '../../../src/server/session.ts';

test('a second connection that comes after the end is closed, and none is opened any more', async () => {
  const info = { address: '127.0.0.1', port: 5432 };
  const main = { info } as Session;
  let isClosed = false;
  let opened = 0;
  let arrive: (outcome: ConnectOutcome) => void = () => undefined;
  const side = new SideSession({
    session: () => main,
    open: () => {
      opened++;
      return new Promise((resolve) => {
        arrive = resolve;
      });
    },
  });
  const answer = side.ask('select 1');
  await Promise.resolve();
  await side.end();
  const session: Partial<Session> = {
    info: main.info,
    close: async () => {
      isClosed = true;
    },
  };
  arrive({ ok: true, session: session as Session });
  expect(await answer).toMatchObject({ ok: false, isGone: true });
  expect(isClosed).toBe(true);
  expect(await side.ask('select 1')).toMatchObject({ ok: false });
  expect(opened).toBe(1);
});

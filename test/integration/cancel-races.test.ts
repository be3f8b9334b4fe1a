import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { type GuardedServer, hasOpenssl, startGuardedServer } from '../support/guarded-server.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { openVendorpay } from '../support/practice.ts';
import { Chance } from '../support/random.ts';

// A cancel names no statement: one that comes late hits whatever runs then, as with psql. Here it must never hit the next one.

const rounds = Number(process.env.HOWDAH_CANCEL_RACES ?? 40);
const cancelled = 'error 57014 canceling statement due to user request';

interface Seen {
  readonly rounds: number;
  /** The statement that was meant. */
  rightOnes: number;
  /** Sent while it ran, and come when it was over. */
  tooLate: number;
  /** The one after it. */
  wrongOnes: number;
}

/** Runs a statement, cancels it at a moment before or right after its end, and runs the next at once. */
async function race(session: Session, chance: Chance): Promise<Seen> {
  const seen: Seen = { rounds, rightOnes: 0, tooLate: 0, wrongOnes: 0 };
  // Milliseconds a statement takes beyond its sleep.
  let overhead = 1;
  for (let round = 0; round < rounds; round++) {
    const length = 20 + chance.below(20);
    const moment = (length + overhead) * (chance.below(1000) / 1000);
    const started = performance.now();
    let isOver = false;
    let isAsked = false;
    const cancel = (async () => {
      while (performance.now() - started < moment) await new Promise(setImmediate);
      // As Ctrl-C does: only where something runs.
      isAsked = !isOver && session.isBusy;
      if (isAsked) await session.cancel();
    })();
    const isRight = (await run(session, `select pg_sleep(${length / 1000})`)).includes(cancelled);
    isOver = true;
    if (isRight) seen.rightOnes++;
    else overhead = overhead * 0.8 + (performance.now() - started - length) * 0.2;
    if (isAsked && !isRight) seen.tooLate++;
    if ((await run(session, 'select pg_sleep(0.004)')).includes(cancelled)) seen.wrongOnes++;
    await cancel;
  }
  return seen;
}

function check(name: string, seen: Seen): void {
  if (process.env.HOWDAH_CANCEL_RACES !== undefined) process.stdout.write(`${name}: ${JSON.stringify(seen)}\n`);
  expect(seen.wrongOnes).toBe(0);
  // The moments were well chosen.
  expect(seen.rightOnes).toBeGreaterThan(0);
  expect(seen.tooLate).toBeGreaterThan(0);
}

describe('on a server', () => {
  let server: GuardedServer;
  beforeAll(async () => {
    server = await startGuardedServer();
  });
  afterAll(async () => {
    await server.stop();
  });

  test.each([['TCP', 'disable'], ['a socket', 'disable'], ...(hasOpenssl ? ([['TLS', 'require']] as const) : [])] as const)(
    'over %s the next statement is never cancelled',
    { timeout: 300_000 },
    async (name, sslMode) => {
      const { port, user, database, socketFolder } = server;
      const host = name === 'a socket' ? socketFolder : 'localhost';
      const session = await openTestSession(testTarget({ hosts: [{ host, port }], user, database, sslMode }));
      check(name, await race(session, new Chance(7)));
      await session.close();
    },
  );
});

test('on the embedded engine neither', { timeout: 300_000 }, async () => {
  const { session } = await openVendorpay();
  check('embedded', await race(session, new Chance(7)));
  await session.close();
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { run } from '../support/open-test-session.ts';
import { openVendorpay, scratchFolder } from '../support/practice.ts';

describe('with shared memory', () => {
  let session: Session;
  beforeAll(async () => {
    ({ session } = await openVendorpay());
  });
  afterAll(async () => {
    await session.close();
  });

  test.each([
    ['a sleep', 'select pg_sleep(30)'],
    ['a loop in PL/pgSQL', 'do $$ begin loop end loop; end $$'],
    ['a recursive query without end', 'with recursive r as (select 1 as n union all select n from r) select count(*) from r'],
    [
      'a join of ten thousand million rows',
      'select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b where a + b < 0',
    ],
    ['a stream of rows', "select repeat('x', 100) from generate_series(1, 100000) a, generate_series(1, 1000) b"],
  ])('%s ends with 57014 and the session goes on', async (_name, sql) => {
    const answer = run(session, sql);
    await sleep(100);
    const asked = performance.now();
    expect(await session.cancel()).toEqual({ ok: true });
    const events = (await answer).filter((event) => !event.startsWith('parameter '));
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(events.slice(-2)).toEqual(['error 57014 canceling statement due to user request', 'ready idle']);
    expect(await run(session, 'select 1')).toContain('rows 1');
  });

  test('a cancel while nothing runs is lost, as on a server', async () => {
    await session.cancel();
    expect(await run(session, 'select pg_sleep(0.05)')).toContain('complete SELECT 1');
  });
});

test('closing in the middle of a query does not wait for it', async () => {
  const { session } = await openVendorpay();
  const answer = run(session, 'select pg_sleep(30)').catch(() => 'closed');
  await sleep(50);
  const asked = performance.now();
  await session.close();
  expect(performance.now() - asked).toBeLessThan(15_000);
  await Promise.race([answer, sleep(100)]);
});

test('without shared memory a cancel ends the engine, says so, and what is committed is there again', async () => {
  const folder = scratchFolder();
  const crashes: string[] = [];
  const embedded = await openVendorpay({ folder: folder.path, wantsInterrupt: false, onCrash: (reason) => crashes.push(reason) });
  expect(embedded.canInterrupt).toBe(false);
  await run(embedded.session, 'create table kept as select 1 as one');
  const answer = run(embedded.session, 'select pg_sleep(30)');
  await sleep(50);
  expect(await embedded.session.cancel()).toMatchObject({ ok: false, reason: expect.stringContaining('it was ended') });
  const events = await answer;
  expect(events.at(-1)).toMatch(/^lost/);
  expect(embedded.session.status).toBeUndefined();
  await embedded.session.close();
  const again = await openVendorpay({ folder: folder.path });
  expect(await run(again.session, 'select one from kept')).toContain('rows 1');
  await again.session.close();
  folder.remove();
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { SideSession } from '../../src/engine/side-session.ts';
import type { ConnectOutcome, Session } from '../../src/server/session.ts';
import { untrusted } from '../../src/text/untrusted.ts';
import { openTestSession, run } from '../support/open-test-session.ts';

let main: Session;
let opened: Session[];
let outcome: () => Promise<ConnectOutcome | undefined>;
let side: SideSession;

beforeEach(async () => {
  main = await openTestSession();
  opened = [];
  outcome = async () => {
    const session = await openTestSession();
    opened.push(session);
    return { ok: true, session };
  };
  side = new SideSession({ session: () => main, open: () => outcome() });
});

afterEach(async () => {
  await side.forget();
  await main.close();
});

test('opens one connection, and answers questions asked at once one after the other', async () => {
  const answers = await Promise.all([1, 2, 3].map((number) => side.ask(`select ${number} as n, null as none`)));
  expect(answers).toEqual([1, 2, 3].map((number) => ({ ok: true, columns: ['n', 'none'], rows: [[String(number), null]] })));
  expect(opened).toHaveLength(1);
});

test('leaves no setting behind, and changes nothing', async () => {
  expect(await side.ask('create table made_by_the_side ()')).toMatchObject({
    ok: false,
    isGone: false,
    text: 'cannot execute CREATE TABLE in a read-only transaction',
  });
  const asked = await side.ask('show search_path', "SELECT set_config('search_path', 'pg_catalog', true); ");
  expect(asked).toMatchObject({ ok: true, rows: [['pg_catalog']] });
  const [there] = opened;
  if (there === undefined) throw new Error('nothing was opened');
  expect(await run(there, 'show statement_timeout; show transaction_read_only; show search_path')).toEqual(
    expect.arrayContaining(['rows 0', 'rows off', 'rows "$user", public']),
  );
});

test('says why there is no second connection, and does not ask again at once', async () => {
  let attempts = 0;
  outcome = async () => {
    attempts++;
    return { ok: false, kind: 'server', text: untrusted('sorry, too many clients already') };
  };
  const refused = { ok: false, isGone: true, text: 'sorry, too many clients already' };
  expect(await side.ask('select 1')).toEqual(refused);
  expect(await side.ask('select 1')).toEqual(refused);
  expect(side.refusal).toBe('sorry, too many clients already');
  expect(attempts).toBe(1);
  side.retry();
  expect(await side.ask('select 1')).toEqual(refused);
  expect(attempts).toBe(2);
});

test('a connection that was lost is opened anew', async () => {
  expect(await side.ask(`select 1`)).toMatchObject({ ok: true });
  for await (const _ of main.run({ sql: `select pg_terminate_backend(${side.info?.processId}, 5000)` }));
  await expect.poll(async () => (await side.ask('select 2')).ok).toBe(true);
  expect(opened).toHaveLength(2);
});

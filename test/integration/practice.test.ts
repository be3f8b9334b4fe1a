import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPractice } from '../../src/practice/create-practice.ts';
import { openPractice, practiceFolder } from '../../src/practice/open-practice.ts';
import { practiceDatabases } from '../../src/practice/practice-database.ts';
import { resetPractice } from '../../src/practice/reset-practice.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { openVendorpay, type ScratchFolder, scratchFolder, vendorpaySeed } from '../support/practice.ts';

let folder: ScratchFolder;

beforeEach(async () => {
  await vendorpaySeed();
  folder = scratchFolder();
  vi.stubEnv('XDG_DATA_HOME', folder.path);
  vi.stubEnv('LOCALAPPDATA', folder.path);
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

const hashes = `select 'payments', md5(string_agg(p::text, ',' order by id)) from payments as p
  union all select 'wallets', md5(string_agg(w::text, ',' order by id)) from wallets as w
  union all select 'users', md5(string_agg(u::text, ',' order by id)) from users as u
  union all select 'entries', md5(string_agg(e::text, ',' order by transaction_id, line)) from ledger_entries as e
  union all select 'events', md5(string_agg(e::text, ',' order by id)) from payment_events as e order by 1`;

test('a server gets the same rows as the embedded engine, and a second time an error and nothing else', async () => {
  const admin = await openTestSession();
  await run(admin, 'drop database if exists vendorpay_test');
  await run(admin, "create database vendorpay_test template template0 lc_collate 'C' lc_ctype 'C'");
  const session = await openTestSession(testTarget({ database: 'vendorpay_test' }));
  expect(await createPractice(session, 'vendorpay')).toEqual({ ok: true });
  const embedded = await openVendorpay();
  const zone = "set timezone = 'UTC'";
  await run(session, zone);
  await run(embedded.session, zone);
  expect(await run(session, hashes)).toEqual(await run(embedded.session, hashes));
  expect(await createPractice(session, 'vendorpay')).toMatchObject({ ok: false, error: { code: '42710' } });
  expect(session.status).toBe('idle');
  await embedded.session.close();
  await session.close();
  await run(admin, 'drop database vendorpay_test');
  await run(admin, 'drop role vendorpay_app');
  await admin.close();
});

test('each named database opens; balances are those of the ledger', async () => {
  for (const { name } of practiceDatabases) {
    const opened = await openPractice({ name, programName: 'test', inMemory: true });
    if (!opened.ok) throw new Error(opened.text);
    const wrong = `select count(*) from wallets as w where balance is distinct from coalesce(
      (select sum(case side when 'credit' then amount else -amount end) from ledger_entries where wallet_id = w.id), 0)`;
    expect(await run(opened.session, wrong)).toContain('rows 0');
    await opened.session.close();
  }
});

test('an unknown name is a failure with advice', async () => {
  expect(await openPractice({ name: 'nowhere', programName: 'test' })).toMatchObject({
    ok: false,
    kind: 'embedded',
    advice: expect.any(String),
  });
});

test('reset keeps the old rows aside and the next start is as new', async () => {
  const open = async () => {
    const opened = await openPractice({ name: 'vendorpay', programName: 'test' });
    if (!opened.ok) throw new Error(opened.text);
    return opened;
  };
  expect(await resetPractice('vendorpay')).toMatchObject({ ok: true, setAside: undefined });
  const first = await open();
  await run(first.session, 'delete from payment_attempts');
  expect(await resetPractice('vendorpay')).toMatchObject({ ok: false, held: { pid: process.pid } });
  await first.session.close();
  const reset = await resetPractice('vendorpay');
  expect(reset).toMatchObject({ ok: true, setAside: expect.stringContaining('set-aside-') });
  expect(readdirSync(await practiceFolder('vendorpay')).some((name) => name.startsWith('set-aside-'))).toBe(true);
  const second = await open();
  expect(await run(second.session, 'select count(*) > 1000 from payment_attempts')).toContain('rows t');
  await second.session.close();
  expect(join(await practiceFolder('vendorpay'))).toContain(folder.path);
});

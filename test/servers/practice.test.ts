import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { run } from '../support/open-test-session.ts';
import { openVendorpay } from '../support/practice.ts';
import { howdah } from '../support/run.ts';

const sql = readFileSync(join(import.meta.dirname, '../../snippets/practice/vendorpay.sql'), 'utf8');

const tables = ['payments', 'wallets', 'users', 'vendors', 'ledger_entries', 'ledger_transactions', 'payment_events', 'payouts'];
const hashes = tables.map(
  (name) => `select '${name}', count(*), md5(string_agg(t::text, ',' order by t::text collate "C")) from ${name} as t`,
);
const query = hashes.join(' union all ');

test.each(olderMajors.filter((major) => major >= 14))(
  'vendorpay loads on PostgreSQL %i and has the rows of the embedded engine',
  async (major) => {
    const server = await startNativeServer({ binFolder: olderBinaries(major) });
    try {
      const connection = ['-X', '-q', '-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
      expect(await howdah([...connection, '-v', 'ON_ERROR_STOP=1', '-f', '-'], { input: sql })).toMatchObject({ stderr: '', status: 0 });
      const there = await howdah([...connection, '-A', '-t', '-F', ' ', '-c', `set timezone = 'UTC'`, '-c', query]);
      const { session } = await openVendorpay();
      await run(session, `set timezone = 'UTC'`);
      const here = (await run(session, query)).filter((event) => event.startsWith('rows '));
      await session.close();
      expect(there.stderr).toBe('');
      const rows = there.stdout.trimEnd().split('\n');
      expect(rows).toHaveLength(tables.length);
      for (const row of rows) expect(here.join(' ')).toContain(row.split(' ').at(-1));
    } finally {
      await server.stop();
    }
  },
);

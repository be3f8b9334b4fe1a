import { expect, test } from 'vitest';
import { conninfo } from '../../../src/commands/conninfo.ts';
import type { CommandContext, CommandTable } from '../../../src/commands/context.ts';
import type { SessionInfo } from '../../../src/server/session.ts';

const info: SessionInfo = {
  host: 'db.example.org',
  address: '192.0.2.7',
  port: 5433,
  user: 'alice',
  database: 'shop',
  security: 'encrypted',
  tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', alpn: 'postgresql' },
  processId: 4711,
  usedPassword: true,
};

async function told(
  change: Partial<SessionInfo> = {},
  versionNumber = 180_000,
): Promise<{ text: string; table: CommandTable | undefined }> {
  let text = '';
  let table: CommandTable | undefined;
  const parameters = new Map([['is_superuser', 'off']]);
  const context = {
    session: { versionNumber, info: { ...info, ...change }, parameters },
    say: async (said: string) => {
      text += said;
    },
    table: async (shown: CommandTable) => {
      table = shown;
    },
  } as unknown as CommandContext;
  expect(await conninfo.run(context, { name: 'conninfo', next: async () => undefined })).toBe('done');
  return { text, table };
}

const rowsOf = async (change: Partial<SessionInfo>) => Object.fromEntries((await told(change)).table?.rows ?? []);

test('before a server of 18 it is a table, in the order of psql 18', async () => {
  expect((await told()).table?.rows).toEqual([
    ['Database', 'shop'],
    ['Client User', 'alice'],
    ['Host', 'db.example.org'],
    ['Host Address', '192.0.2.7'],
    ['Server Port', '5433'],
    ['Options', ''],
    ['Protocol Version', '3.0'],
    ['Password Used', 'true'],
    ['GSSAPI Authenticated', 'false'],
    ['Backend PID', '4711'],
    ['SSL Connection', 'true'],
    ['SSL Library', 'OpenSSL'],
    ['SSL Protocol', 'TLSv1.3'],
    ['SSL Key Bits', '256'],
    ['SSL Cipher', 'TLS_AES_256_GCM_SHA384'],
    ['SSL Compression', 'false'],
    ['ALPN', 'postgresql'],
    ['Superuser', 'off'],
    ['Hot Standby', 'unknown'],
  ]);
});

test.each([
  ['ECDHE-RSA-AES128-GCM-SHA256', '128'],
  ['TLS_CHACHA20_POLY1305_SHA256', '256'],
  ['ECDHE-ARIA256-GCM-SHA384', '256'],
  ['GOST2012', 'unknown'],
])('the key of %s has %s bits', async (cipher, bits) => {
  const { ALPN, ...rows } = await rowsOf({ tls: { protocol: 'TLSv1.2', cipher } });
  expect([rows['SSL Key Bits'], ALPN]).toEqual([bits, 'none']);
});

test('a socket has a folder and no address', async () => {
  const rows = await rowsOf({ host: '/run/postgresql', address: '' });
  expect(rows).toMatchObject({ 'Socket Directory': '/run/postgresql' });
  expect(rows).not.toHaveProperty('Host');
});

test('before an older server it is a sentence', async () => {
  const { text, table } = await told({}, 170_005);
  expect(table).toBeUndefined();
  expect(text).toBe(
    'You are connected to database "shop" as user "alice" on host "db.example.org" (address "192.0.2.7") at port "5433".\n' +
      'SSL connection (protocol: TLSv1.3, cipher: TLS_AES_256_GCM_SHA384, compression: off)\n',
  );
});

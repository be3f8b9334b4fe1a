import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { ownNode, program } from '../support/terminal.ts';

const given = join(import.meta.dirname, 'psql-18');

test('what psql 16 to 18 added, word for word', async () => {
  const { host, port, user } = testServer();
  const folder = mkdtempSync(join(tmpdir(), 'howdah-psql-18-'));
  const services = join(folder, 'services');
  writeFileSync(
    services,
    `[of_the_test]\nhost=localhost\nhostaddr=127.0.0.1\nport=${port}\nuser=${user}\ndbname=postgres\nsslmode=disable\n`,
  );
  const environment = {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGDATABASE: 'postgres',
    PGSERVICEFILE: services,
    LC_ALL: 'C.UTF-8',
  };
  const input = readFileSync(join(given, 'script.sql'), 'utf8');
  // Both outputs in the order in which they are written.
  const merged = await run(['sh', '-c', 'exec "$@" 2>&1', 'sh', ownNode, program, '-X', '-a', '-q'], { input, environment });
  rmSync(folder, { recursive: true });
  const shown = merged.stdout
    .replace(/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}/gm, '<time>')
    .replace(/^( (?:Server Port|Backend PID) +\| )\d+$/gm, '$1<number>');
  expect(shown).toBe(readFileSync(join(given, 'expected.txt'), 'utf8'));
  expect(merged.status).toBe(0);
});

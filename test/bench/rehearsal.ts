// node test/bench/rehearsal.ts: how long the rehearsal of an UPDATE of 100,000 rows takes to be seen, against the statement's own time.
import { readFileSync } from 'node:fs';
import { freshHome } from '../support/home.ts';
import { startNativeServer } from '../support/native-server.ts';
import { olderBinaries } from '../support/older-servers.ts';
import { openTestSession, run, targetOf } from '../support/open-test-session.ts';
import { pause, Terminal } from '../support/terminal.ts';

const rows = 100_000;
const rounds = 5;
const statement = "update payment set status = 'failed', note = note || '!' where id > 0;";
const setup = [
  `create table payment as select n::int as id, 'pending'::text as status, n * 1.25 as amount, now() as created_at, 'note ' || n as note
   from generate_series(1, ${rows}) n`,
  'alter table payment add primary key (id)',
  'create index on payment (status)',
  'vacuum analyze payment',
];

for (const major of [18, 15]) {
  const home = freshHome();
  const server = await startNativeServer(major === 18 ? {} : { binFolder: olderBinaries(major) });
  try {
    const { host, port, user, database } = server;
    const session = await openTestSession(targetOf(server));
    for (const sql of setup) await run(session, sql);
    const own: number[] = [];
    const terminal = new Terminal(['-X', '-h', host, '-p', String(port), '-U', user, '-d', database], {
      environment: home.environment,
      columns: 120,
      rows: 30,
    });
    await terminal.sees('no TLS');
    await terminal.type(statement);
    const before = peakMegabytes(terminal.processId);
    const seen: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      await run(session, 'begin');
      const started = performance.now();
      await run(session, statement);
      if (round > 0) own.push(performance.now() - started);
      await run(session, 'rollback');
      await run(session, 'vacuum payment');
      const shown = terminal.shows(/would change 100,000 rows/, 60_000);
      const pressed = performance.now();
      terminal.send('\x1bt');
      if (round > 0) seen.push((await shown) - pressed);
      else await shown;
      await terminal.press('Esc');
      await terminal.seesNoMore('would change');
      await run(session, 'vacuum payment');
      await pause(100);
    }
    const allowed = median(own) * 1.2 + 1000;
    const grown = `${before} → ${peakMegabytes(terminal.processId)} MB`;
    process.stdout.write(
      `PostgreSQL ${major}: statement ${median(own).toFixed(0)} ms, rehearsal seen after ${median(seen).toFixed(0)} ms (allowed ${allowed.toFixed(0)}), peak memory ${grown}\n`,
    );
    await terminal.close();
    await session.close();
  } finally {
    await server.stop();
    home.remove();
  }
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** The process's own high-water mark. */
function peakMegabytes(processId: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024);
}

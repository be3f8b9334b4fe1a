/**
 * Which thread reads the wire, by measurement: `node test/bench/wire.ts [rows]` prints the ways to read a large result and write
 * it as psql -A -t does to /dev/null, interleaved, against a server of its own. The ways are this file run as a child.
 */
import { openSync, writeSync } from 'node:fs';
import { argv, env, exit } from 'node:process';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type RowBatch, rowEnd } from '../../src/result/row-batch.ts';
import { openSession } from '../../src/server/open-session.ts';
import type { Session } from '../../src/server/session.ts';
import { startNativeServer } from '../support/native-server.ts';
import { interleaved } from './measure.ts';

const ways = ['reader in the main thread', 'reader in a worker', 'pg-query-stream'] as const;
type Way = (typeof ways)[number];

const place = { host: env.BENCH_HOST ?? '', port: Number(env.BENCH_PORT ?? 0), user: 'postgres', database: 'postgres' };
const rows = Number(env.BENCH_ROWS ?? argv[2] ?? 5_000_000);
const sql = `select i, md5(i::text), now(), random() from generate_series(1, ${rows}) i`;

async function connected(): Promise<Session> {
  const { host, port, user, database } = place;
  const target = { hosts: [{ host, port }], user, database, sslMode: 'disable', startupParameters: {}, keepalives: true } as const;
  const outcome = await openSession(target, { programName: 'bench' });
  if (!outcome.ok) throw new Error(outcome.text);
  return outcome.session;
}

const pipe = 124;
const newline = 10;
const output = isMainThread && place.port > 0 ? openSync('/dev/null', 'w') : -1;
let text = Buffer.allocUnsafe(1 << 20);

/** Unaligned, tuples only. */
function print({ bytes, offsets, rowCount, columnCount }: Pick<RowBatch, 'bytes' | 'offsets' | 'rowCount' | 'columnCount'>): number {
  if (text.length < bytes.length * 2) text = Buffer.allocUnsafe(bytes.length * 2);
  let end = 0;
  for (let row = 0; row < rowCount; row++) {
    let at = offsets[row] ?? 0;
    for (let column = 0; column < columnCount; column++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      if (column > 0) text[end++] = pipe;
      if (length <= 0) continue;
      bytes.copy(text, end, at, at + length);
      end += length;
      at += length;
    }
    text[end++] = newline;
  }
  writeSync(output, text, 0, end);
  return rowCount;
}

async function inMainThread(): Promise<number> {
  const session = await connected();
  let count = 0;
  for await (const event of session.run({ sql })) if (event.type === 'rows') count += print(event.batch);
  await session.close();
  return count;
}

/** What a worker hands over: copies, since what it read is lent to it. */
interface Parcel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly offsets: Uint32Array<ArrayBuffer>;
  readonly columnCount: number;
}

const parcelsAhead = 8;

async function inWorker(): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: 'reader' });
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (parcel: Parcel | undefined) => {
      if (parcel === undefined) return resolve();
      const { buffer, byteOffset, length } = parcel.bytes;
      count += print({ ...parcel, bytes: Buffer.from(buffer, byteOffset, length), rowCount: parcel.offsets.length });
      worker.postMessage('printed');
    });
  });
  await worker.terminate();
  return count;
}

async function readForMain(): Promise<void> {
  const session = await connected();
  let ahead = 0;
  let wake = () => {};
  parentPort?.on('message', () => {
    ahead--;
    wake();
  });
  for await (const event of session.run({ sql })) {
    if (event.type !== 'rows') continue;
    const { bytes, offsets, columnCount } = event.batch;
    const first = offsets[0] ?? 0;
    const end = rowEnd(bytes, offsets.at(-1) ?? 0, columnCount);
    const copied = new Uint8Array(bytes.subarray(first, end));
    const parcel: Parcel = { bytes: copied, offsets: offsets.map((offset) => offset - first), columnCount };
    parentPort?.postMessage(parcel, [parcel.bytes.buffer, parcel.offsets.buffer]);
    ahead++;
    if (ahead >= parcelsAhead) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  parentPort?.postMessage(undefined);
  await session.close();
}

async function byQueryStream(): Promise<number> {
  const [{ default: pg }, { default: QueryStream }] = await Promise.all([import('pg'), import('pg-query-stream')]);
  const client = new pg.Client(place);
  await client.connect();
  const types = { getTypeParser: () => (value: string) => value };
  const stream = client.query(new QueryStream(sql, [], { batchSize: 1000, highWaterMark: 1000, rowMode: 'array', types }));
  let count = 0;
  let lines = '';
  for await (const row of stream as AsyncIterable<string[]>) {
    lines += `${row.join('|')}\n`;
    count++;
    if (lines.length < 65_536) continue;
    writeSync(output, lines);
    lines = '';
  }
  writeSync(output, lines);
  await client.end();
  return count;
}

async function runWay(way: Way): Promise<void> {
  const run = { 'reader in the main thread': inMainThread, 'reader in a worker': inWorker, 'pg-query-stream': byQueryStream }[way];
  const count = await run();
  if (count !== rows) throw new Error(`${way} printed ${count} rows of ${rows}`);
}

function line(what: string, ...figures: readonly string[]): void {
  process.stdout.write(`${what.padEnd(34)}${figures.map((figure) => figure.padStart(9)).join('')}\n`);
}

async function compare(): Promise<void> {
  const server = await startNativeServer();
  try {
    const { host, port, user, database } = server;
    const node = ways.map((way) => [process.execPath, import.meta.filename, way]);
    const psql = [env.PSQL ?? 'psql', '-X', '-h', host, '-p', String(port), '-U', user, '-A', '-t', '-o', '/dev/null', '-c', sql, database];
    const environment = { BENCH_HOST: host, BENCH_PORT: String(port), BENCH_ROWS: String(rows) };
    const runs = await interleaved([...node, psql], Number(env.BENCH_ROUNDS ?? 5), environment);
    const base = runs.at(-1)?.seconds ?? Number.NaN;
    line(`${rows} rows, -A -t to /dev/null`, 'seconds', 'x psql', 'peak MB');
    for (const [index, run] of runs.entries()) {
      line(ways[index] ?? 'psql', run.seconds.toFixed(2), (run.seconds / base).toFixed(2), run.peakMegabytes.toFixed(0));
    }
  } finally {
    await server.stop();
  }
}

const way = ways.find((name) => name === argv[2]);
if (workerData === 'reader') await readForMain();
else if (way === undefined) await compare();
else {
  await runWay(way);
  exit(0);
}

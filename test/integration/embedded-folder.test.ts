import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbeddedEngine } from '../../src/server/embedded/embedded-engine.ts';
import { openEmbeddedSession } from '../../src/server/embedded/embedded-session.ts';
import { readSeed } from '../../src/server/embedded/seed.ts';
import { run } from '../support/open-test-session.ts';
import { openVendorpay, type ScratchFolder, scratchFolder, vendorpaySeed } from '../support/practice.ts';

let folder: ScratchFolder;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = scratchFolder();
});

afterEach(() => {
  child?.kill('SIGKILL');
  folder.remove();
});

/** A second process on the folder; resolves when it has acknowledged `rows` rows. */
async function startOther(rows: number): Promise<{ readonly acknowledged: () => number }> {
  const started = spawn(process.execPath, [fileURLToPath(new URL('../support/embedded-process.ts', import.meta.url)), folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  let last = 0;
  await new Promise<void>((resolve, reject) => {
    started.once('exit', (code) => reject(new Error(`the other process ended with ${code}`)));
    createInterface({ input: started.stdout }).on('line', (line) => {
      if (line !== 'open') last = Number(line);
      if (last >= rows) resolve();
    });
  });
  return { acknowledged: () => last };
}

async function openHere() {
  return await openEmbeddedSession({ folder: folder.path, seed: await vendorpaySeed(), database: 'vendorpay', programName: 'test' });
}

test('rows are there after closing, and the folder is free at once', async () => {
  const first = await openVendorpay({ folder: folder.path });
  await run(first.session, 'create table mine as select 42 as answer');
  await first.session.close();
  const second = await openVendorpay({ folder: folder.path });
  expect(await run(second.session, 'select answer from mine')).toContain('rows 42');
  await second.session.close();
});

test('a second opener is told who has it; the holder killed, it reopens with every acknowledged row', async () => {
  const other = await startOther(20);
  const refused = await openHere();
  expect(refused).toMatchObject({
    ok: false,
    kind: 'embedded',
    held: { pid: child?.pid },
    text: expect.stringContaining(`in use by process ${child?.pid}`),
    advice: expect.stringContaining('in memory'),
  });
  const isGone = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGKILL');
  await isGone;
  const acknowledged = other.acknowledged();
  const opened = await openHere();
  if (!opened.ok) throw new Error(opened.text);
  expect(opened.notices).toEqual([]);
  const events = await run(opened.session, `select count(*) >= ${acknowledged} from acknowledged`);
  expect(events).toContain('rows t');
  await opened.session.close();
});

test.each([
  ['another PostgreSQL', 'PG_VERSION', '17\n', /is of PostgreSQL 17; this engine is PostgreSQL 18.*PGlite 0\.5\.16.*set aside/s],
  ['no version', 'PG_VERSION', '', /is damaged \(it has no PG_VERSION\).*set aside/s],
  ['a control file that is torn', 'global/pg_control', 'torn', /could not open the practice database, which is damaged.*set aside/s],
])('a data directory with %s is set aside and a fresh one opens', async (_name, file, content, notice) => {
  const first = await openVendorpay({ folder: folder.path });
  await first.session.close();
  writeFileSync(join(folder.path, 'cluster', file), content);
  const second = await openVendorpay({ folder: folder.path });
  expect(second.notices).toHaveLength(1);
  expect(second.notices[0]).toMatch(notice);
  expect(await run(second.session, 'select count(*) from payments')).toContain('rows 4000');
  await second.session.close();
  const aside = readdirSync(folder.path).find((name) => name.startsWith('set-aside-')) ?? '';
  expect(readFileSync(join(folder.path, aside, file), 'utf8')).toBe(content);
  expect(existsSync(join(folder.path, aside, 'base'))).toBe(true);
});

test('one of another PGlite of the same major that does not open is set aside with its version', async () => {
  const first = await openVendorpay({ folder: folder.path });
  await first.session.close();
  writeFileSync(join(folder.path, 'engine.json'), '{"engine":"0.4.0","postgres":"18"}');
  writeFileSync(join(folder.path, 'cluster/global/pg_control'), 'other');
  const second = await openVendorpay({ folder: folder.path });
  expect(second.notices).toEqual([expect.stringMatching(/of PGlite 0\.4\.0, and PGlite 0\.5\.16 could not open it.*set aside/s)]);
  await second.session.close();
  const aside = readdirSync(folder.path).find((name) => name.startsWith('set-aside-')) ?? '';
  expect(readFileSync(join(folder.path, aside, 'howdah-engine.json'), 'utf8')).toContain('0.4.0');
  expect(readFileSync(join(folder.path, 'engine.json'), 'utf8')).toContain('0.5.16');
});

test('a folder that cannot be made says so', async () => {
  writeFileSync(join(folder.path, 'file'), '');
  const seed = await vendorpaySeed();
  const refused = await openEmbeddedSession({ folder: join(folder.path, 'file/x'), seed, database: 'vendorpay', programName: 'test' });
  expect(refused).toMatchObject({ ok: false, kind: 'embedded', text: expect.stringContaining('cannot make the folder') });
});

test('a backend that dies tells its client why, ends the stream and reports it', async () => {
  const crashes: string[] = [];
  const archive = await readSeed(await vendorpaySeed());
  const outcome = await openEmbeddedEngine({
    dataDirectory: 'memory',
    archive,
    database: 'vendorpay',
    onCrash: (reason) => crashes.push(reason),
  });
  if (!outcome.ok) throw new Error(outcome.reason);
  const { stream } = outcome.engine;
  const heard: Buffer[] = [];
  stream.on('data', (bytes: Buffer) => heard.push(bytes));
  const ended = new Promise((resolve) => stream.once('end', resolve));
  // A message type that does not exist: a server ends the connection, which ends this one's only process.
  stream.write(Buffer.from([0x01, 0, 0, 0, 4]));
  await ended;
  const text = Buffer.concat(heard).toString('latin1');
  expect(text).toContain('SFATAL');
  expect(crashes).toHaveLength(1);
  expect(await outcome.engine.cancel()).toEqual({ ok: false, reason: 'the embedded engine has ended' });
  await outcome.engine.terminate();
});

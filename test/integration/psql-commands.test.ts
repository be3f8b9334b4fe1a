import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { oracle } from '../support/oracle.ts';
import { howdah, type Outcome, run } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { files, type PsqlRun, runs, setup } from './psql-commands/scripts.ts';

const recordingFile = resolve(import.meta.dirname, 'recorded/psql-commands.json');
type Recording = Readonly<Record<string, Outcome>>;
const recording = existsSync(recordingFile) ? (JSON.parse(readFileSync(recordingFile, 'utf8')) as Recording) : {};
// Set to write the recording anew from what psql prints.
const isRecording = process.env.HOWDAH_RECORD !== undefined && oracle !== undefined;

let server: NativeServer | undefined;
let environment: Record<string, string>;
let admin: pg.Client;

beforeAll(async () => {
  if (oracle !== undefined) server = await startNativeServer({ binFolder: oracle.binFolder });
  const { host, port, user } = server ?? testServer();
  environment = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: 'postgres', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  admin = new pg.Client({ host, port, user, database: 'postgres' });
  await admin.connect();
  await admin.query('create database commands_made');
  const made = await howdah(['-X', '-q', '-c', setup], { environment: { ...environment, PGDATABASE: 'commands_made' } });
  expect(made).toEqual({ stdout: '', stderr: '', status: 0 });
});
afterAll(async () => {
  await admin.end();
  await server?.stop();
});

// After what stays in the database the next run gets a new one.
const leavesSomething = /create (?!temp)|countdown|lo_import/;
let isSpoilt = true;

/** Once in a folder of its own, in a database as it was set up. */
async function outcomeOf(command: (args: readonly string[], options: object) => Promise<Outcome>, asked: PsqlRun): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-commands-'));
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
  chmodSync(join(folder, 'editor'), 0o755);
  const base = { ...environment, HOME: folder, PSQLRC: join(folder, 'none') };
  if (isSpoilt) {
    await admin.query('drop database if exists commands with (force)');
    await admin.query('create database commands template commands_made');
  }
  isSpoilt = leavesSomething.test(JSON.stringify(asked));
  const { args = [], script = '' } = asked;
  const outcome = await command(args, { input: script, folder, environment: { ...base, PGDATABASE: 'commands', ...asked.environment } });
  const log = join(folder, 'log.txt');
  const logged = existsSync(log) ? readFileSync(log, 'utf8') : '';
  rmSync(folder, { recursive: true, force: true });
  return masked({ ...outcome, stdout: outcome.stdout + logged });
}

/** Without what differs from run to run and from server to server: times, object IDs, the place in the server's source. */
function masked({ stdout, stderr, status }: Outcome): Outcome {
  const mask = (text: string): string =>
    text
      .replace(/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}/gm, '<time>')
      .replace(/\b(lo_import|lo_unlink) \d{4,}/g, '$1 <oid>')
      .replace(/^(LOCATION: {2}\w+, ).*$/gm, '$1<place>')
      .replace(/^(VERSION(?:_NAME)? = ).*$/gm, '$1<version>')
      .replace(/^(?:howdah|\/\S+\/psql):/gm, 'psql:')
      .replaceAll(environment.PGPORT ?? '', '<port>');
  return { stdout: mask(stdout), stderr: mask(stderr), status };
}

const recorded: Record<string, Outcome> = {};

describe(`each command against psql 15 (${oracle === undefined ? 'recorded' : 'compared'})`, () => {
  test.each(runs.filter(({ isOf15 }) => isOf15 !== true || oracle !== undefined).map((one) => [one.name, one] as const))(
    '%s',
    async (name, one) => {
      const ours = await outcomeOf(howdah, one);
      const { psql } = oracle ?? {};
      const theirs = psql === undefined ? recording[name] : await outcomeOf((args, options) => run([psql, ...args], options), one);
      if (isRecording && theirs !== undefined) recorded[name] = theirs;
      expect(ours).toEqual(theirs);
      if (!isRecording) expect(recording[name]).toEqual(theirs);
    },
  );
});

afterAll(() => {
  if (isRecording) writeFileSync(recordingFile, `${JSON.stringify(recorded, undefined, 2)}\n`);
});

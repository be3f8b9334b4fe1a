import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PipelineEnd } from '../integration/pipelines/ends.ts';
import { howdah, type Outcome, run } from './run.ts';
import type { ServerAddress } from './server.ts';
import { ownNode, program } from './terminal.ts';

export type Environment = Readonly<Record<string, string>>;

const folder = join(import.meta.dirname, '../integration/pipelines');
const database = 'pipelines';

/** What the script of pipelines prints where the server is of version 18. */
export const expectedText = readFileSync(join(folder, 'expected.txt'), 'utf8');

/** Makes the database that the scripts run in. */
export async function makePipelineDatabase({ host, port, user }: Pick<ServerAddress, 'host' | 'port' | 'user'>): Promise<Environment> {
  const environment = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: 'postgres', LC_ALL: 'C.UTF-8' };
  const made = await howdah(['-X', '-q', '-c', `create database ${database}`, '-c', `\\c ${database}`, '-c', 'create table t (i int)'], {
    environment,
  });
  expect(made).toEqual({ stdout: '', stderr: '', status: 0 });
  return { ...environment, PGDATABASE: database };
}

/** The script of pipelines, both outputs in the order in which they are written. */
export async function runPipelineScript(environment: Environment): Promise<Outcome> {
  const input = readFileSync(join(folder, 'script.sql'), 'utf8');
  return await run(['sh', '-c', 'exec "$@" 2>&1', 'sh', ownNode, program, '-X', '-a', '-q'], { input, environment });
}

/** Runs one script and compares how it ends. */
export async function checkEnd([, script, args, stdout, stderr, status]: PipelineEnd, environment: Environment): Promise<void> {
  const outcome = await howdah(['-X', '-q', '-A', '-t', ...args], { input: script.replaceAll('|', '\n'), environment });
  expect(outcome).toMatchObject({ stdout, status });
  if (stderr === '') expect(outcome.stderr).toBe('');
  else expect(outcome.stderr).toContain(stderr);
}

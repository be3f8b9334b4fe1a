import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oracle, whyNoOracle } from '../support/oracle.ts';
import { randomNumbers, randomScript } from './oracle/grammar.ts';
import { JobFolder, type JobOutcome, outcomes } from './oracle/jobs.ts';
import { RecordingServer } from './oracle/recording-server.ts';
import { runEngine, runPsql } from './oracle/run-jobs.ts';
import { howdahOutcome, psqlOutcome } from './oracle/run-process.ts';
import { standingAlone, startingTransaction } from './oracle/statements.ts';

const inputs = Number(process.env.HOWDAH_ORACLE_INPUTS ?? 10_000);
const processes = Number(process.env.HOWDAH_ORACLE_PROCESSES ?? 12);
const seed = Number(process.env.HOWDAH_ORACLE_SEED ?? 1);
const comparesWithPsql = oracle !== undefined && inputs > 0;
const skipped = comparesWithPsql
  ? 'compared'
  : `${oracle === undefined ? whyNoOracle : 'skipped as asked'}; the recorded cases run instead`;

const server = new RecordingServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

async function engineOutcomes(folder: JobFolder): Promise<readonly JobOutcome[]> {
  const jobs = folder.jobs('engine');
  return outcomes(jobs, await runEngine(folder, jobs, server.port), server);
}

async function psqlOutcomes(folder: JobFolder): Promise<readonly JobOutcome[]> {
  const jobs = folder.jobs('psql');
  return outcomes(jobs, await runPsql(folder, jobs, server.port), server);
}

test.skipIf(comparesWithPsql)('recorded scripts run as psql ran them', async () => {
  const path = join(import.meta.dirname, 'recorded/psql-scripts.json');
  const { scripts, jobs }: { scripts: readonly string[]; jobs: readonly JobOutcome[] } = JSON.parse(readFileSync(path, 'utf8'));
  expect(scripts.length).toBeGreaterThanOrEqual(300);
  const folder = new JobFolder(scripts);
  expect(differences(scripts, jobs, await engineOutcomes(folder)).slice(0, 5)).toEqual([]);
  folder.remove();
});

describe.skipIf(!comparesWithPsql)(`psql itself (${skipped})`, () => {
  test(`${inputs} random scripts run alike (seed ${seed})`, { timeout: 120_000 + inputs * 60 }, async () => {
    const next = randomNumbers(seed);
    const scripts = Array.from({ length: inputs }, () => randomScript(next));
    const folder = new JobFolder(scripts);
    const [psql, ours] = await Promise.all([psqlOutcomes(folder), engineOutcomes(folder)]);
    expect(differences(scripts, psql, ours).slice(0, 5)).toEqual([]);
    expect(psql.flatMap((job) => job.scripts)).toHaveLength(inputs);
    folder.remove();
  });

  test(`${processes} on standard input run alike as processes (seed ${seed})`, { timeout: 60_000 + processes * 3_000 }, async () => {
    const next = randomNumbers(seed + 1_000_000);
    const scripts = Array.from({ length: processes }, () => randomScript(next));
    const folder = new JobFolder(scripts);
    for (const [number, script] of scripts.entries()) {
      const [psql, ours] = await Promise.all([psqlOutcome(folder, number, server), howdahOutcome(folder, number, server)]);
      expect(ours, `seed ${seed}: ${JSON.stringify(script)}`).toEqual(psql);
    }
    folder.remove();
  });

  test('psql and we send BEGIN before the statements that we say it does', async () => {
    const all = [...standingAlone, ...startingTransaction];
    const folder = new JobFolder([`\\set AUTOCOMMIT off\n${all.map((sql) => `${sql};\nrollback;\n`).join('')}`]);
    const [psql, ours] = await Promise.all([psqlOutcomes(folder), engineOutcomes(folder)]);
    const alone = standingAlone.flatMap((sql) => [`${sql};`, 'rollback;']);
    const expected = [...alone, ...startingTransaction.flatMap((sql) => ['BEGIN', `${sql};`, 'rollback;'])];
    expect(psql[0]?.scripts[0]?.statements).toEqual(expected);
    expect(ours).toEqual(psql);
    folder.remove();
  });
});

function differences(scripts: readonly string[], psql: readonly JobOutcome[], ours: readonly JobOutcome[]): object[] {
  let number = 0;
  return psql.flatMap((theirs, job) => {
    const found: object[] = [];
    const own = ours[job];
    for (const [at, script] of theirs.scripts.entries()) {
      if (!isSame(script, own?.scripts[at])) found.push({ seed, number, script: scripts[number], psql: script, ours: own?.scripts[at] });
      number++;
    }
    if (theirs.status !== own?.status) found.push({ seed, job, psql: theirs.status, ours: own?.status });
    if (!isSame(theirs.files, own?.files)) found.push({ seed, job, psql: theirs.files, ours: own?.files });
    return found;
  });
}

function isSame(one: object, other: object | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

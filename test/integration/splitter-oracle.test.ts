import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argumentVariables, randomArguments } from './oracle/argument-grammar.ts';
import { echoed } from './oracle/echoed.ts';
import { randomNumbers, randomScript, variables } from './oracle/grammar.ts';
import { MiniLoop } from './oracle/main-loop.ts';
import { RecordingServer } from './oracle/recording-server.ts';
import { runPsql } from './oracle/run-psql.ts';
import { standingAlone, startingTransaction } from './oracle/statements.ts';

interface RecordedCase {
  readonly script: string;
  readonly standardStrings: boolean;
  readonly statements: readonly string[];
}

const version = spawnSync('psql', ['--version'], { encoding: 'utf8' }).stdout ?? '';
const hasPsql = /\(PostgreSQL\) 15\./.test(version);
const skipped = hasPsql ? '' : ` (skipped: psql 15 is not installed, ${version.trim() || 'nor any other'}; the recorded cases run instead)`;
const inputs = Number(process.env.HOWDAH_ORACLE_INPUTS ?? 10_000);
const seed = Number(process.env.HOWDAH_ORACLE_SEED ?? 1);

test('recorded scripts split as psql split them', () => {
  const path = join(import.meta.dirname, 'recorded/psql-statements.json');
  const cases: readonly RecordedCase[] = JSON.parse(readFileSync(path, 'utf8'));
  expect(cases.length).toBeGreaterThanOrEqual(300);
  for (const { script, standardStrings, statements } of cases) {
    expect(new MiniLoop(variables, standardStrings).run(script), script).toEqual(statements);
  }
});

describe.skipIf(!hasPsql)(`psql itself${skipped}`, () => {
  const server = new RecordingServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  test(`${inputs} random scripts split alike (seed ${seed})`, { timeout: 10_000 + inputs * 100 }, async () => {
    const next = randomNumbers(seed);
    const differences: object[] = [];
    let begun = 0;
    const worker = async () => {
      while (begun < inputs) {
        const number = begun++;
        const script = randomScript(next);
        const standardStrings = number % 4 !== 0;
        const database = `d${number}${standardStrings ? '' : '-off'}`;
        const { statements: psql } = await runPsql(server, database, script, variables);
        const ours = new MiniLoop(variables, standardStrings).run(script);
        if (JSON.stringify(ours) !== JSON.stringify(psql)) differences.push({ seed, number, standardStrings, script, psql, ours });
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(differences.slice(0, 5)).toEqual([]);
  });

  test('psql sends BEGIN before the statements that we say it does', async () => {
    const all = [...standingAlone, ...startingTransaction];
    const script = `\\set AUTOCOMMIT off\n${all.map((sql) => `${sql};\n`).join('')}`;
    const { statements: sent } = await runPsql(server, 'autocommit', script, {});
    const expected = [...standingAlone.map((sql) => [`${sql};`]), ...startingTransaction.map((sql) => ['BEGIN', `${sql};`])].flat();
    expect(sent).toEqual(expected);
  });

  test(`random arguments are echoed alike (seed ${seed})`, async () => {
    const next = randomNumbers(seed);
    const lines = Array.from({ length: 1000 }, () => `\\echo ${randomArguments(next)}`).flatMap((line) => {
      const ours = echoed(line, argumentVariables);
      return ours === undefined ? [] : [{ line, ours }];
    });
    const script = lines.map(({ line }, number) => `${line}\n\\echo ==${number}\n`).join('');
    const { output } = await runPsql(server, 'arguments', script, argumentVariables);
    let at = 0;
    for (const [number, { line, ours }] of lines.entries()) {
      const end = output.indexOf(`==${number}\n`, at);
      expect(output.toString('latin1', at, end), `seed ${seed}: ${line}`).toBe(ours.toString('latin1'));
      at = end + `==${number}\n`.length;
    }
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PrintOptions } from '../../src/print/print-options.ts';
import { oracle, whyNoOracle } from '../support/oracle.ts';
import { describeLines } from './describe/commands.ts';
import { runCommand, type Surroundings, serverAnswer } from './describe/fake-context.ts';
import { type Psql15, startPsql15 } from './describe/psql-15.ts';
import { record } from './describe/record.ts';
import { readRecording, replayed } from './describe/recording.ts';

interface Variant {
  readonly name: string;
  readonly flags: readonly string[];
  readonly surroundings: Partial<Surroundings>;
}

const printed = (name: string, flags: readonly string[], print: Partial<PrintOptions>): Variant => ({
  name,
  flags,
  surroundings: { print },
});

const variants: readonly Variant[] = [
  { name: 'with the queries of -E', flags: ['-E'], surroundings: { echoesQueries: true } },
  { name: 'quiet', flags: ['-q'], surroundings: { isQuiet: true } },
  {
    name: 'without access methods and compression',
    flags: ['-v', 'HIDE_TABLEAM=on', '-v', 'HIDE_TOAST_COMPRESSION=on'],
    surroundings: { variables: { HIDE_TABLEAM: 'on', HIDE_TOAST_COMPRESSION: 'on' } },
  },
  printed('unaligned, NULL shown', ['-A', '-P', 'null=NULL'], { format: 'unaligned', null: 'NULL' }),
  printed('expanded', ['-x'], { expanded: 'on' }),
  printed('without footers', ['-P', 'footer=off'], { footer: false }),
];

describe.skipIf(oracle === undefined)(`beside psql 15 (${oracle === undefined ? whyNoOracle : 'the real one'})`, () => {
  let server: Psql15;
  beforeAll(async () => {
    server = await startPsql15();
    // After a change of schema.sql or of the lines.
    if (process.env.RECORD !== undefined) await record(server);
  });
  afterAll(() => server?.stop());

  test.each(variants)('prints the same bytes $name', async ({ flags, surroundings }) => {
    const expected = server.runAll(describeLines, flags);
    expect(expected).toHaveLength(describeLines.length);
    for (const [at, line] of describeLines.entries()) {
      const answer = serverAnswer(server.client);
      const { output, complaints } = await runCommand(line, { version: 150_000, database: 'd', answer, ...surroundings });
      expect({ line, output, complaints }).toEqual({ line, ...expected[at] });
    }
  });
});

describe('beside what psql 15 printed when it was recorded', () => {
  const recorded = readRecording();
  test.each(recorded.runs.map((run) => [run.line, run] as const))('%s', async (line, expected) => {
    const { outcome, output, complaints } = await runCommand(line, replayed(recorded));
    expect({ line, output, complaints, status: outcome === 'done' ? 0 : 1 }).toEqual(expected);
  });

  test('covers every line', () => {
    expect(recorded.runs.map(({ line }) => line)).toEqual(describeLines);
  });
});

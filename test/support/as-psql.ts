import { expect } from 'vitest';
import { oracle } from './oracle.ts';
import { howdah, type Outcome, type RunOptions, run } from './run.ts';

/** Runs howdah in batch and says what it did, under psql's name; where psql is installed, it must do the same byte for byte. */
export async function asPsql(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const own = underPsqlsName(await howdah(args, options));
  if (oracle !== undefined) {
    const original = await run([oracle.psql, ...args], options);
    expect(own).toEqual(underPsqlsName(original));
  }
  expect(own.stdout + own.stderr).not.toMatch(stackTrace);
  return own;
}

export const stackTrace = /^\s+at .*(?::\d+:\d+|<anonymous>|node:)/m;

function underPsqlsName({ stdout, stderr, status }: Outcome): Outcome {
  // Debian's psql complains of options under the path of its own binary.
  return {
    stdout,
    stderr: stderr.replace(/^(?:howdah|\/\S+\/psql):/gm, 'psql:').replace(/"(?:howdah|psql) --help"/, '"psql --help"'),
    status,
  };
}

// Runs jobs as psql would run them, through the batch face: node engine-process.ts JOBS PORT
import { readFileSync, writeSync } from 'node:fs';
import { parseArguments } from '../../../src/batch/arguments.ts';
import { BatchFace } from '../../../src/batch/batch-face.ts';
import { runBatch } from '../../../src/batch/run-batch.ts';
import { defaultPrintOptions } from '../../../src/print/print-options.ts';
import { openSession } from '../../../src/server/open-session.ts';
import type { Job } from './jobs.ts';

const [jobFile = '', port = ''] = process.argv.slice(2);
const jobs: readonly Job[] = JSON.parse(readFileSync(jobFile, 'utf8'));
const programName = 'psql';

for (const { database, folder, args } of jobs) {
  process.chdir(folder);
  writeSync(1, `==== status ${await run(database, args)}\n`);
}

async function run(database: string, args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  if (parsed.type !== 'run') throw new Error(parsed.type);
  const target = {
    hosts: [{ host: '127.0.0.1', port: Number(port) }],
    user: 'x',
    database,
    sslMode: 'disable',
    startupParameters: {},
    keepalives: true,
  } as const;
  const outcome = await openSession(target, { programName });
  if (!outcome.ok) throw new Error(outcome.text);
  return await runBatch({
    arguments: parsed.arguments,
    programName,
    face: new BatchFace(undefined),
    session: outcome.session,
    print: defaultPrintOptions,
    connect: () => Promise.resolve(outcome),
    isReadOnly: false,
  });
}

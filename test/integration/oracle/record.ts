// Records what psql makes of random scripts, for the machines that have none: node test/integration/oracle/record.ts
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers, randomScript } from './grammar.ts';
import { JobFolder, outcomes } from './jobs.ts';
import { RecordingServer } from './recording-server.ts';
import { runPsql } from './run-jobs.ts';

const server = new RecordingServer();
await server.start();
const next = randomNumbers(15);
// What a shell says differs from machine to machine.
const scripts = Array.from({ length: 800 }, () => randomScript(next)).filter((script) => !/`|\\!/.test(script));
const folder = new JobFolder(scripts);
const jobs = folder.jobs('psql');
const recorded = outcomes(jobs, await runPsql(folder, jobs, server.port), server);
folder.remove();
await server.stop();
const path = join(import.meta.dirname, '../recorded/psql-scripts.json');
writeFileSync(path, JSON.stringify({ scripts, jobs: recorded }));
spawnSync('npx', ['biome', 'format', '--write', path], { stdio: 'inherit' });

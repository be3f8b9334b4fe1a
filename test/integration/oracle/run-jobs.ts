import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oracle } from '../../support/oracle.ts';
import { ownNode } from '../../support/terminal.ts';
import type { Job, JobFolder } from './jobs.ts';

/** Has the real psql run jobs: what it says, with a status line after each. */
export async function runPsql(folder: JobFolder, jobs: readonly Job[], port: number): Promise<Buffer> {
  const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', 'x'];
  const lines = jobs.map(({ database, folder: work, args }) => {
    const words = [oracle?.psql ?? 'psql', ...connection, '-d', database, ...args].map((word) => `'${word}'`);
    return `cd '${work}'; ${words.join(' ')}; echo "==== status $?"\n`;
  });
  const script = join(folder.path, 'psql.sh');
  writeFileSync(script, lines.join(''));
  return await transcript(folder, 'psql', ['/bin/sh', script]);
}

/** Has our engine run them, in two processes at once: it takes longer than psql. */
export async function runEngine(folder: JobFolder, jobs: readonly Job[], port: number): Promise<Buffer> {
  const half = Math.ceil(jobs.length / 2);
  const parts = [jobs.slice(0, half), jobs.slice(half)].filter((part) => part.length > 0);
  const transcripts = parts.map((part, number) => {
    const file = join(folder.path, `jobs${number}.json`);
    writeFileSync(file, JSON.stringify(part));
    return transcript(folder, `engine${number}`, [ownNode, join(import.meta.dirname, 'engine-process.ts'), file, String(port)]);
  });
  return Buffer.concat(await Promise.all(transcripts));
}

/** Standard output and standard error in one file, as they come. */
function transcript(folder: JobFolder, name: string, [file = '', ...args]: readonly string[]): Promise<Buffer> {
  const path = join(folder.path, `${name}.txt`);
  const output = openSync(path, 'a');
  const child = spawn(file, args, { stdio: ['ignore', output, output], env: folder.environment });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      closeSync(output);
      resolve(readFileSync(path));
    });
  });
}

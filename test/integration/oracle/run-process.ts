import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLossless } from '../../../src/text/lossless.ts';
import { oracle } from '../../support/oracle.ts';
import { ownNode, program } from '../../support/terminal.ts';
import { variables } from './grammar.ts';
import { type JobFolder, masked } from './jobs.ts';
import type { RecordingServer } from './recording-server.ts';

export interface ProcessOutcome {
  readonly statements: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

const options: readonly (readonly string[])[] = [['-q'], ['-a'], ['-e'], ['-b', '-v', 'ON_ERROR_STOP=1'], ['-q', '-S'], ['-q', '-1']];

/** What a process of the real psql makes of a script on its standard input. */
export function psqlOutcome(folder: JobFolder, number: number, server: RecordingServer): Promise<ProcessOutcome> {
  return outcomeOf(folder, number, server, 'psql', [oracle?.psql ?? 'psql']);
}

/** What a process of the built program makes of it. */
export function howdahOutcome(folder: JobFolder, number: number, server: RecordingServer): Promise<ProcessOutcome> {
  return outcomeOf(folder, number, server, 'howdah', [ownNode, program]);
}

function outcomeOf(
  folder: JobFolder,
  number: number,
  server: RecordingServer,
  name: string,
  [file = '', ...first]: readonly string[],
): Promise<ProcessOutcome> {
  const database = `${name}${number}`;
  const settings = Object.entries(variables).flatMap(([variable, value]) => ['-v', `${variable}=${value}`]);
  const connection = ['-h', '127.0.0.1', '-p', String(server.port), '-U', 'x', '-d', database];
  const work = join(folder.path, `${name}-process`, String(number), 'work');
  mkdirSync(work, { recursive: true });
  const child = spawn(file, [...first, '-X', ...settings, ...connection, ...(options[number % options.length] ?? [])], {
    cwd: work,
    env: folder.environment,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(readFileSync(folder.script(number)));
  const text = (chunks: readonly Buffer[]): string => masked(decodeLossless(Buffer.concat(chunks)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ statements: server.take(database), stdout: text(stdout), stderr: text(stderr), status }));
  });
}

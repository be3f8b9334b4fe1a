import { spawn } from 'node:child_process';
import { ownNode, program } from './terminal.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** Runs howdah's batch face as a user's script would: the built program, its streams as pipes. */
export function howdah(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return run([ownNode, program, ...args], options);
}

export function run(command: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { env: { ...process.env, ...options.environment }, cwd: options.folder });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ stdout, stderr, status }));
  });
}

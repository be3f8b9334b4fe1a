import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface CapturedOutput {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** What a child may know: everything but the password. */
export function childEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { PGPASSWORD: _kept, ...rest } = environment;
  return rest;
}

/** Runs a command by the shell on our own terminal; resolves with its status as a shell counts: 128 + n for signal n. */
export async function runOnTerminal(command: string): Promise<number> {
  // Ctrl-C goes to the whole foreground group; it is the child's, as under system(3).
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  process.on('SIGQUIT', ignore);
  try {
    return await statusOf(spawnShell(command, 'inherit'));
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGQUIT', ignore);
  }
}

/** Runs a command by the shell with nothing to read and keeps what it writes. */
export async function runCaptured(command: string, signal?: AbortSignal): Promise<CapturedOutput> {
  const child = spawnShell(command, ['ignore', 'pipe', 'pipe']);
  const kill = () => child.kill();
  signal?.addEventListener('abort', kill, { once: true });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const status = await statusOf(child);
  signal?.removeEventListener('abort', kill);
  return { status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
}

export type ShellStdio = Parameters<typeof spawn>[2]['stdio'];

/** Starts a command by the shell as popen(3) and system(3) do, which call it sh: its complaints begin with that. */
export function spawnShell(command: string, stdio: ShellStdio, environment?: NodeJS.ProcessEnv): ChildProcess {
  return spawn('/bin/sh', ['-c', command], { argv0: 'sh', stdio, env: childEnvironment(environment) });
}

/** The exit status; -1 where the shell itself could not be started. */
export function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

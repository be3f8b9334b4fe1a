import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Run {
  readonly seconds: number;
  /** The process's own high-water mark (VmHWM), in megabytes of 10^6 bytes; 0 where the system does not tell. */
  readonly peakMegabytes: number;
  readonly status: number;
}

/** Runs a command to its end, its output thrown away, and measures it from outside. */
export function measureRun(command: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const [file = '', ...args] = command;
  const started = performance.now();
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...environment } });
  let peakMegabytes = 0;
  const sampling = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, peakOf(child.pid));
  }, 10);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => {
      clearInterval(sampling);
      resolve({ seconds: (performance.now() - started) / 1000, peakMegabytes, status: status ?? 128 });
    });
  });
}

/** Runs commands in turn, A B A B …, after one uncounted run each; the medians of each. */
export async function interleaved(
  commands: readonly (readonly string[])[],
  rounds = 5,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly Run[]> {
  const runs: Run[][] = commands.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, command] of commands.entries()) {
      const run = await measureRun(command, environment);
      if (run.status !== 0) throw new Error(`status ${run.status}: ${command.join(' ')}`);
      if (round >= 0) runs[index]?.push(run);
    }
  }
  return runs.map((each) => ({
    seconds: quantile(
      each.map((run) => run.seconds),
      0.5,
    ),
    peakMegabytes: Math.max(...each.map((run) => run.peakMegabytes)),
    status: 0,
  }));
}

export function peakOf(processId: number | undefined): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return (Number(found ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}

/** The q-quantile (0 … 1) by the nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

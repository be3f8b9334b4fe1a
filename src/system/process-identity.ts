import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Clock ticks since boot at its start (proc(5), starttime); '' where the system does not say. */
  readonly started: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

/** Whether the process still runs; undefined when it belongs to another machine or container. */
export function isRunning(identity: ProcessIdentity): boolean | undefined {
  if (identity.host !== hostname()) return undefined;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: it runs as someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const started = startOf(identity.pid);
  return started === '' || identity.started === '' || started === identity.started;
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, counted after the name, which is in parentheses and may hold blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

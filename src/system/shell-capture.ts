import { spawnShell, statusOf } from './children.ts';

export type ShellCapture = { readonly ok: true; readonly output: Buffer; readonly status: number } | { readonly ok: false };

/**
 * The output of a command between backticks, as psql takes it: a failing command's output counts too, its standard error is ours, or
 * `complain`'s. Not ok: it could not be started.
 */
export async function shellCapture(command: string, complain?: (text: Buffer) => void): Promise<ShellCapture> {
  const child = spawnShell(command, complain === undefined ? ['inherit', 'pipe', 'inherit'] : ['ignore', 'pipe', 'pipe']);
  if (complain !== undefined) child.stderr?.on('data', complain);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await statusOf(child);
  if (child.pid === undefined) return { ok: false };
  return { ok: true, output: Buffer.concat(chunks), status };
}

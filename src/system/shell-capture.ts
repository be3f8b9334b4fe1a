import { spawnShell, statusOf } from './children.ts';

export type ShellCapture = { readonly ok: true; readonly output: Buffer; readonly status: number } | { readonly ok: false };

/**
 * The output of a command between backticks, without its last newline, as psql takes it: a failing command's output counts too, its
 * standard error is ours. Not ok: it could not be started.
 */
export async function shellCapture(command: string): Promise<ShellCapture> {
  const child = spawnShell(command, ['inherit', 'pipe', 'inherit']);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await statusOf(child);
  if (child.pid === undefined) return { ok: false };
  const output = Buffer.concat(chunks);
  const end = output.at(-1) === 0x0a ? output.length - 1 : output.length;
  return { ok: true, output: output.subarray(0, end), status };
}

import { randomUUID } from 'node:crypto';
import { chmod, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';

export type ScriptRead =
  | { readonly type: 'read'; readonly bytes: Buffer; readonly stamp: string }
  | { readonly type: 'missing' }
  | { readonly type: 'failed'; readonly reason: string };

/** An editor of statements is no place for more. */
const largest = 16 * 1024 * 1024;

/** A person's own file. `stamp` changes when somebody else writes it. */
export async function readScript(path: string): Promise<ScriptRead> {
  try {
    const found = await stat(path, { bigint: true });
    if (!found.isFile()) return { type: 'failed', reason: 'it is no file' };
    if (found.size > largest) return { type: 'failed', reason: 'it is larger than 16 MB; \\i runs it' };
    return { type: 'read', bytes: await readFile(path), stamp: stampOf(found) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { type: 'missing' } : { type: 'failed', reason: message };
  }
}

/** undefined: there is no such file. */
export async function scriptStamp(path: string): Promise<string | undefined> {
  try {
    return stampOf(await stat(path, { bigint: true }));
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step, its mode kept, through a symbolic link what that points to. Resolves with the new stamp. */
export async function writeScript(path: string, bytes: Buffer): Promise<string> {
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode & 0o7777,
    () => undefined,
  );
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode ?? 0o666);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    // The mask of the process has no say in a mode that was there before.
    if (mode !== undefined) await chmod(temporary, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return stampOf(await stat(target, { bigint: true }));
}

function stampOf({ mtimeNs, size, ino }: { readonly mtimeNs: bigint; readonly size: bigint; readonly ino: bigint }): string {
  return `${mtimeNs} ${size} ${ino}`;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export type EditOutcome =
  | { readonly ok: true; readonly bytes: Buffer; readonly isChanged: boolean }
  | { readonly ok: false; readonly text: string };

export interface EditRequest {
  readonly bytes: Buffer;
  /** 1-based line to start at. */
  readonly line?: number;
  /** Runs a command on the terminal and resolves with its status. */
  readonly run: (command: string) => Promise<number>;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The shell command that opens a file: PSQL_EDITOR, EDITOR, VISUAL, else vi; the line goes before the name (`+12`). */
export function editorCommand(path: string, line: number | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  const argument = line === undefined || line < 1 ? '' : ` ${environment.PSQL_EDITOR_LINENUMBER_ARG || '+'}${line}`;
  // The editor may come with arguments of its own; the name is ours to quote.
  return `exec ${chosenEditor(environment)}${argument} '${path.replaceAll("'", "'\\''")}'`;
}

/** Whether the user's editor takes a line as `+12`: others would open a file of that name. */
export function understandsLine(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (environment.PSQL_EDITOR_LINENUMBER_ARG) return true;
  const [program = ''] = chosenEditor(environment).trim().split(/\s+/);
  return /^(?:n?vi[mw]?|view|ex|nano|pico|emacs(?:client)?|micro|joe|jed|mg|ne|kak|mcedit)$/.test(basename(program));
}

/** As in psql an empty variable counts as unset. */
function chosenEditor(environment: NodeJS.ProcessEnv): string {
  return environment.PSQL_EDITOR || environment.EDITOR || environment.VISUAL || 'vi';
}

/** Gives text to the user's editor in a file that nobody else can read, and takes back what was saved. */
export async function editText(request: EditRequest): Promise<EditOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-edit-'));
  const path = join(folder, `edit.${process.pid}.sql`);
  try {
    await writeFile(path, request.bytes, { mode: 0o600, flag: 'wx' });
    return await editExisting(path, request);
  } catch (error) {
    return { ok: false, text: `could not edit: ${(error as Error).message}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a file of the user's, which stays; one that does not exist yet is the editor's to make. */
export async function editFile(path: string, request: Omit<EditRequest, 'bytes'>): Promise<EditOutcome> {
  try {
    return await editExisting(path, request);
  } catch (error) {
    return { ok: false, text: `${path}: ${(error as Error).message}` };
  }
}

async function editExisting(path: string, request: Omit<EditRequest, 'bytes'>): Promise<EditOutcome> {
  const before = await backdate(path);
  const command = editorCommand(path, request.line, request.environment);
  const status = await request.run(command);
  if (status === 127) return { ok: false, text: `could not start editor "${command.slice('exec '.length)}"` };
  const after = await stat(path).catch(() => undefined);
  if (after === undefined) return { ok: false, text: `${path}: No such file or directory` };
  const isChanged = before === undefined || before.size !== after.size || before.mtimeMs !== after.mtimeMs;
  return { ok: true, bytes: await readFile(path), isChanged };
}

/** As in psql: the time is set back two seconds, so that a quick save shows even where times are whole seconds. */
async function backdate(path: string): Promise<{ readonly size: number; readonly mtimeMs: number } | undefined> {
  const now = await stat(path).catch(() => undefined);
  if (now === undefined) return undefined;
  await utimes(path, now.atimeMs / 1000 - 2, now.mtimeMs / 1000 - 2).catch(() => undefined);
  return await stat(path);
}

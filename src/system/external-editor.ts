import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type EditOutcome =
  | { readonly ok: true; readonly text: string; readonly isChanged: boolean }
  | { readonly ok: false; readonly text: string };

export interface EditRequest {
  readonly text: string;
  /** 1-based line to start at. */
  readonly line?: number;
  /** Runs a command on the terminal and resolves with its status. */
  readonly run: (command: string) => Promise<number>;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The shell command that opens a file: PSQL_EDITOR, EDITOR, VISUAL, else vi; the line goes before the name (`+12`). */
export function editorCommand(path: string, line: number | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  // As in psql an empty variable counts as unset.
  const editor = environment.PSQL_EDITOR || environment.EDITOR || environment.VISUAL || 'vi';
  const argument = line === undefined || line < 1 ? '' : ` ${environment.PSQL_EDITOR_LINENUMBER_ARG || '+'}${line}`;
  // The editor may come with arguments of its own; the name is ours to quote.
  return `exec ${editor}${argument} '${path.replaceAll("'", "'\\''")}'`;
}

/** Gives text to the user's editor in a file that nobody else can read, and takes back what was saved. */
export async function editText(request: EditRequest): Promise<EditOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-edit-'));
  const path = join(folder, `edit.${process.pid}.sql`);
  try {
    // psql ends what it hands over with a newline.
    const given = request.text === '' || request.text.endsWith('\n') ? request.text : `${request.text}\n`;
    await writeFile(path, given, { mode: 0o600, flag: 'wx' });
    return await editExisting(path, request);
  } catch (error) {
    return { ok: false, text: `could not edit: ${(error as Error).message}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a file of the user's, which stays; one that does not exist yet is the editor's to make. */
export async function editFile(path: string, request: Omit<EditRequest, 'text'>): Promise<EditOutcome> {
  try {
    return await editExisting(path, request);
  } catch (error) {
    return { ok: false, text: `${path}: ${(error as Error).message}` };
  }
}

async function editExisting(path: string, request: Omit<EditRequest, 'text'>): Promise<EditOutcome> {
  const before = await backdate(path);
  const command = editorCommand(path, request.line, request.environment);
  const status = await request.run(command);
  if (status === 127) return { ok: false, text: `could not start editor "${command.slice('exec '.length)}"` };
  const after = await stat(path).catch(() => undefined);
  if (after === undefined) return { ok: true, text: '', isChanged: before !== undefined };
  const isChanged = before === undefined || before.size !== after.size || before.mtimeMs !== after.mtimeMs;
  return { ok: true, text: await readFile(path, 'utf8'), isChanged };
}

/** As in psql: the time is set back two seconds, so that a quick save shows even where times are whole seconds. */
async function backdate(path: string): Promise<{ readonly size: number; readonly mtimeMs: number } | undefined> {
  const now = await stat(path).catch(() => undefined);
  if (now === undefined) return undefined;
  await utimes(path, now.atimeMs / 1000 - 2, now.mtimeMs / 1000 - 2).catch(() => undefined);
  return await stat(path);
}

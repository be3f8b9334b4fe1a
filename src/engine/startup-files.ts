import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Interpreter } from './interpreter.ts';

const systemFile = '/etc/postgresql-common/psqlrc';
// Of the psql that is spoken: `.psqlrc-15.18`, `.psqlrc-15`, `.psqlrc`.
const suffixes = ['-15.18', '-15', ''];

/** The system's psqlrc, then the user's, of each the file for the nearest version; then what is for this program alone. */
export async function readStartupFiles(interpreter: Interpreter): Promise<void> {
  const user = process.env.PSQLRC ?? `${homedir()}/.psqlrc`;
  for (const base of [systemFile, user]) {
    const found = suffixes.map((suffix) => base + suffix).find((path) => existsSync(path));
    if (found !== undefined) await interpreter.runFile(found);
  }
  const own = `${homedir()}/.howdahrc`;
  if (existsSync(own)) await interpreter.runFile(own);
}

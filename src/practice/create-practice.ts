import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerError } from '../result/server-error.ts';
import type { Session } from '../server/session.ts';
import { packageFolders } from './package-folders.ts';

export type CreateOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: ServerError }
  | { readonly ok: false; readonly lost: string };

/**
 * Creates the tables and rows of a practice database on a server (PostgreSQL 14 and newer), in the database the session is
 * in. One simple Query, so one transaction: it is there as a whole or not at all.
 */
export async function createPractice(session: Session, name: string): Promise<CreateOutcome> {
  const sql = await readFile(join(packageFolders().snippets, 'practice', `${name}.sql`), 'utf8');
  let outcome: CreateOutcome = { ok: true };
  for await (const event of session.run({ sql })) {
    if (event.type === 'error') outcome = { ok: false, error: event.error };
    else if (event.type === 'lost') outcome = { ok: false, lost: event.reason };
  }
  return outcome;
}

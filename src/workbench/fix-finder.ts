import type { CatalogKeeper } from '../engine/catalog-keeper.ts';
import type { ServerError } from '../result/server-error.ts';
import type { Fix } from './results.ts';
import type { Submission } from './submission.ts';
import { suggestionFor, wantsNames } from './suggestion.ts';

/** The first error of a run and the statement it was about. */
export interface Failure {
  readonly error: ServerError;
  readonly sql: string;
}

/** Where in what was submitted the server points, in UTF-16 units; undefined where the statement was not sent as typed. */
export function errorOffset({ text }: Submission, { error, sql }: Failure): number | undefined {
  if (error.position === undefined) return undefined;
  const start = text.indexOf(sql);
  if (start < 0) return undefined;
  // The server counts characters, JavaScript UTF-16 units.
  return start + [...sql].slice(0, error.position - 1).join('').length;
}

/** What was probably meant where the error is: from the server's hint, or from the names of the database. */
export async function findFix(submission: Submission, { error }: Failure, at: number, catalog: CatalogKeeper): Promise<Fix | undefined> {
  const names = wantsNames(error) ? await catalog.read() : catalog.known;
  const { text, base, bufferId } = submission;
  const found = suggestionFor(error, text, at, names);
  return found && { bufferId, from: base + found.from, written: text.slice(found.from, found.to), meant: found.text };
}

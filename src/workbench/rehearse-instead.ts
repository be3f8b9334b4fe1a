import type { Interpreter } from '../engine/interpreter.ts';
import { hasStandardStrings } from '../server/has-standard-strings.ts';
import { rehearsalRefusal } from '../sql/rehearsal/rehearsal-refusal.ts';
import type { Submission } from './submission.ts';

/** What to rehearse instead of sending `sql`: what was submitted, where that is this statement alone; undefined where it cannot be. */
export function rehearsable(sql: string, submitted: Submission | undefined, interpreter: Interpreter): Submission | undefined {
  const { session } = interpreter;
  if (submitted === undefined || submitted.isWhole === true || session === undefined || session.pipeline !== undefined) return undefined;
  if (interpreter.statementText(submitted.text)?.trim() !== sql.trim()) return undefined;
  const standardStrings = hasStandardStrings(session);
  if (rehearsalRefusal(sql, standardStrings, session.versionNumber) !== undefined) return undefined;
  return { ...submitted, mode: 'statement' };
}

import { activityQueries, activitySince, readActivity, type SessionActivity } from '../catalog/session-activity.ts';
import type { CatalogRows } from '../commands/context.ts';
import { askOwnSession } from './catalog-query.ts';
import type { EngineState } from './engine-state.ts';

/**
 * The open transaction's locks as its own session sees them: where there is no second connection, or a pooler hides which process the
 * session has. Under READ COMMITTED alone, where each statement has a snapshot of its own; a sentence says why not.
 */
export async function lookAtOwnLocks(state: EngineState): Promise<SessionActivity | string> {
  const { session, transaction } = state;
  if (session === undefined || session.isBusy) return 'A statement is running: only another session could look at its locks.';
  if (session.pipeline !== undefined) return 'A pipeline is open: only another session could look at its locks.';
  if (session.status !== 'transaction') return 'Its own session can look at the locks of a transaction in good standing only.';
  if (session.versionNumber < activitySince) return 'Servers before 9.6 do not tell who waits for whom.';
  const isolation = transaction?.record.transaction?.characteristics.isolation?.value;
  if (isolation !== 'read committed' && isolation !== 'read uncommitted') {
    return `Under ${isolation ?? 'an unknown isolation level'} a look would take the transaction's snapshot: only under READ COMMITTED it does not.`;
  }
  const answers: CatalogRows[] = [];
  for (const sql of activityQueries('itself', session.versionNumber)) {
    const answer = await askOwnSession(state, sql);
    if (answer === undefined) return 'The server did not tell its locks.';
    answers.push(answer);
  }
  return readActivity(answers);
}

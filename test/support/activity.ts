import { activityQueries, readActivity, type SessionActivity } from '../../src/catalog/session-activity.ts';
import { query } from '../../src/engine/side-session.ts';
import type { Session } from '../../src/server/session.ts';

/** What one session sees of another, or of itself. */
export async function activityOf(session: Session, seenFrom: Session): Promise<SessionActivity> {
  const of = session === seenFrom ? 'itself' : session.info.processId;
  const answers = [];
  for (const sql of activityQueries(of, seenFrom.versionNumber)) {
    const answer = await query(seenFrom, sql);
    if (!answer.ok) throw new Error(`${answer.text}: ${sql}`);
    answers.push(answer);
  }
  return readActivity(answers);
}

/** Locks as `relation Mode`, the weak ones left out. */
export function strongLocks({ locks }: SessionActivity): readonly string[] {
  return locks.filter((lock) => !lock.isMinor).map(({ on, mode, isGranted }) => `${on} ${mode}${isGranted ? '' : ' waiting'}`);
}

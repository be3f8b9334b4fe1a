import { hasStandardStrings } from '../../server/has-standard-strings.ts';
import type { Session } from '../../server/session.ts';
import type { Assessment } from '../../sql/guard/assess.ts';
import { undoLimits } from '../../sql/guard/undo-limits.ts';
import { rehearsalRefusal } from '../../sql/rehearsal/rehearsal-refusal.ts';
import { aside } from '../aside.ts';
import type { EngineState } from '../engine-state.ts';
import { assessWithRoutines } from '../routine-lookup.ts';
import type { RowsRoom } from './pair-rows.ts';
import type { Approval, RehearsalOutcome } from './rehearsed.ts';
import { Rehearsing } from './rehearsing.ts';

/** Runs one statement in a transaction of its own, or at a savepoint of the one that is open, and leaves that open for an answer. */
export async function rehearse(state: EngineState, sql: string, room: RowsRoom, approve: Approval): Promise<RehearsalOutcome> {
  const { session } = state;
  if (session === undefined) return { type: 'refused', why: 'You are not connected to a database.' };
  if (session.pipeline !== undefined)
    return { type: 'refused', why: 'A pipeline is open: \\endpipeline ends it, then this can be rehearsed.' };
  if (session.status === 'failed')
    return { type: 'refused', why: 'The transaction has failed: roll it back first, or go back to a savepoint.' };
  const why = rehearsalRefusal(sql, hasStandardStrings(session), session.versionNumber);
  if (why !== undefined) return { type: 'refused', why };
  const limits = undoLimits(await assessed(state, session, sql));
  if (!(await approve(limits))) return { type: 'refused', why: 'Not rehearsed: nothing was sent.' };
  return await new Rehearsing(state, sql, limits, room).run();
}

async function assessed(state: EngineState, session: Session, sql: string): Promise<Assessment> {
  const place = { version: session.versionNumber, builtIn: new Set<string>() };
  return await assessWithRoutines(sql, { standardStrings: hasStandardStrings(session) }, { ...place, aside: (work) => aside(state, work) });
}

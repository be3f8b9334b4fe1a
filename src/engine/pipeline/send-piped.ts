import type { SendMode } from '../../commands/control-context.ts';
import type { Session } from '../../server/session.ts';
import { cannotRunInTransaction } from '../../sql/classify.ts';
import type { EngineState } from '../engine-state.ts';
import { requestOf } from '../request-of.ts';
import { setErrorVariables } from '../result-variables.ts';
import { tellTiming } from '../timing.ts';
import { readAnswers } from './read-answers.ts';

// libpq's words.
const synchronous = 'synchronous command execution functions are not allowed in pipeline mode';
const notOpen = 'cannot send pipeline when not in pipeline mode';

/** A pipeline command, or while a pipeline is open a statement: psql 18's way to send them. False: it failed, and that was said. */
export async function sendPiped(state: EngineState, session: Session, sql: string, mode: SendMode): Promise<boolean> {
  const outcome = take(state, session, sql, mode);
  if (typeof outcome === 'object') {
    const isOk = await readAnswers(state, outcome.pipeline, outcome.wanted, sql);
    if (outcome.isEnd && state.session === session) session.pipeline?.close();
    state.pipelineCounts.show(state.variables);
    return isOk;
  }
  state.pipelineCounts.show(state.variables);
  if (!outcome && state.settings.echo === 'errors') state.inform(`STATEMENT:  ${sql}`);
  if (state.isTiming) await tellTiming(state, 0);
  return outcome;
}

/** What libpq answers to a query that would have to wait for its result; true: it was refused. */
export function refusesInPipeline(state: EngineState): boolean {
  if (state.session?.pipeline === undefined) return false;
  refuse(state, synchronous);
  return true;
}

type Reading = { readonly pipeline: NonNullable<Session['pipeline']>; readonly wanted: number; readonly isEnd: boolean };

function take(state: EngineState, session: Session, sql: string, mode: SendMode): boolean | Reading {
  const { pipelineCounts: counts } = state;
  const { pipeline } = session;
  switch (mode.pipeline?.do) {
    case undefined:
      return pipeline !== undefined && append(state, session, sql, mode);
    case 'start':
      if (pipeline !== undefined || session.openPipeline() !== undefined) return true;
      state.complain('A read-only session runs its statements one by one: it has no pipelines.');
      return false;
    case 'sync':
      if (pipeline === undefined) return refuse(state, notOpen);
      pipeline.sync();
      counts.syncs++;
      counts.makeReadable();
      return true;
    case 'request-flush':
      pipeline?.requestFlush();
      counts.makeReadable();
      return true;
    case 'flush':
      pipeline?.flush();
      return true;
    case 'read':
      if (pipeline === undefined || counts.readable === 0) {
        state.inform('No pending results to get');
        return false;
      }
      return { pipeline, wanted: Math.min(mode.pipeline.count || counts.readable, counts.readable), isEnd: false };
    case 'end':
      if (pipeline === undefined) return refuse(state, notOpen);
      pipeline.sync();
      counts.syncs++;
      counts.makeReadable();
      return { pipeline, wanted: counts.readable, isEnd: true };
  }
}

/** A statement, or one of \bind and its kin. */
function append(state: EngineState, session: Session, sql: string, mode: SendMode): boolean {
  const { pipelineCounts: counts, settings } = state;
  if (mode.gdesc === true) {
    setErrorVariables(state.variables, { code: '', message: '' });
    return refuse(state, synchronous);
  }
  // The BEGIN that it needs cannot be waited for.
  const needsBegin = !settings.autocommit && session.status === 'idle' && session.pipeline?.unanswered.length === 0;
  if (needsBegin && !cannotRunInTransaction(sql)) return refuse(state, synchronous);
  session.pipeline?.append(requestOf(sql, mode));
  counts.commands++;
  return true;
}

/** While answers are outstanding libpq forgets no refusal, and says those before it again. */
function refuse(state: EngineState, text: string): false {
  const { pipelineCounts: counts, session } = state;
  if ((session?.pipeline?.unanswered.length ?? 0) === 0) counts.refusals = [];
  counts.refusals.push(text);
  state.inform(counts.refusals.join('\n'));
  return false;
}

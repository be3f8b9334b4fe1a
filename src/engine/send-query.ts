import type { SendMode } from '../commands/control-context.ts';
import { cannotRunInTransaction } from '../sql/classify.ts';
import { encodeLossless } from '../text/lossless.ts';
import { CursorFetch, usesCursor } from './cursor-fetch.ts';
import { describeStatement } from './describe-statement.ts';
import { standardInput } from './descriptor-source.ts';
import type { EngineState } from './engine-state.ts';
import { refusesInPipeline, sendPiped } from './pipeline/send-piped.ts';
import { requestOf } from './request-of.ts';
import { passesReview } from './review.ts';
import { type RunOptions, StatementRunner } from './statement-runner.ts';
import { type AutomaticSavepoint, automaticSavepoint } from './transaction/automatic-savepoint.ts';
import { witnessCommit } from './witness-commit.ts';

const savepoint = 'pg_psql_temporary_savepoint';

/** psql's SendQuery: a statement with all that the settings put around it. False: it failed. */
export async function sendQuery(state: EngineState, sql: string, mode: SendMode, options: RunOptions = {}): Promise<boolean> {
  if (state.session === undefined) {
    state.complain('You are currently not connected to a database.');
    return false;
  }
  const isNew = (options.watch?.run ?? 1) === 1 && mode.pipeline === undefined;
  if (isNew && !(await passesReview(state, sql, mode))) return false;
  if (state.settings.singleStep) {
    if (!(await confirmStep(state, sql))) return false;
  } else if (state.settings.echo === 'queries') {
    await state.say(`${sql}\n`);
    await state.face.standardOutput?.flush();
  }
  await state.log?.write(encodeLossless(`********* QUERY **********\n${sql}\n**************************\n\n`));
  const isOk = await sendGuarded(state, sql, mode, options);
  followEncoding(state);
  await tellNotifications(state);
  return isOk;
}

/** SINGLESTEP: a line that begins with x cancels, any other goes on. */
async function confirmStep(state: EngineState, sql: string): Promise<boolean> {
  const question = `***(Single step mode: verify command)*******************************************
${sql}
***(press return to proceed or enter x and return to cancel)********************
`;
  if (state.face.isInteractive) {
    const answer = await state.face.ask({ type: 'text', prompt: question });
    return answer?.startsWith('x') === false;
  }
  await state.say(question);
  await state.face.standardOutput?.flush();
  // fgets with room for two characters, from the stream that scripts are read from.
  return standardInput.readUpTo(2)?.[0] !== 0x78;
}

/** The implicit BEGIN and savepoint around it. */
async function sendGuarded(state: EngineState, sql: string, mode: SendMode, options: RunOptions): Promise<boolean> {
  const { settings, session } = state;
  const isPiping = session?.pipeline !== undefined;
  if (!isPiping && session?.status === 'idle' && !settings.autocommit && !cannotRunInTransaction(sql)) {
    if (!(await sendSilently(state, 'BEGIN'))) return false;
  }
  // No savepoint can be set amid a pipeline; psql, which tries all the same, is then stuck in it.
  if (session !== undefined && (isPiping || mode.pipeline !== undefined)) return await sendPiped(state, session, sql, mode);
  const { onErrorRollback } = settings;
  const wantsSavepoint = onErrorRollback === 'on' || (onErrorRollback === 'interactive' && state.face.isInteractive);
  const hasSavepoint = wantsSavepoint && state.session?.status === 'transaction';
  if (hasSavepoint && !(await sendSilently(state, `SAVEPOINT ${savepoint}`))) return false;
  const automatic = hasSavepoint ? undefined : automaticFor(state, sql, mode);
  if (automatic !== undefined && !(await sendSilently(state, automatic.before))) return false;
  await witnessCommit(state, sql);
  const runner = new StatementRunner(state, mode, { ...options, sendGenerated: (generated) => sendQuery(state, generated, {}) });
  let isOk: boolean;
  if (mode.gdesc === true) isOk = await describeStatement(state, sql, mode);
  else if (options.watch === undefined && usesCursor(state, sql, mode)) isOk = await new CursorFetch(state, mode).run(sql);
  else isOk = await runner.run(requestOf(sql, mode));
  if (automatic !== undefined) return (await settleAutomatic(state, automatic)) && isOk;
  if (!hasSavepoint || state.session === undefined) return isOk;
  return (await settleSavepoint(state, runner.isSavepointGone)) && isOk;
}

/** What only describes, parses or closes a statement changes nothing to go back from. */
function automaticFor(state: EngineState, sql: string, mode: SendMode): AutomaticSavepoint | undefined {
  const record = state.transaction?.record;
  if (record === undefined || mode.gdesc === true || mode.prepare !== undefined || mode.close !== undefined) return undefined;
  return automaticSavepoint(record, sql, state.settings.automaticSavepoints);
}

/** After an error the transaction goes on from the savepoint; after success that stays, to undo the statement by. */
async function settleAutomatic(state: EngineState, { afterError, afterSuccess }: AutomaticSavepoint): Promise<boolean> {
  switch (state.session?.status) {
    case 'failed':
      return await sendSilently(state, afterError);
    case 'transaction':
      return afterSuccess === undefined || (await sendSilently(state, afterSuccess));
    default:
      return true;
  }
}

/** After an error the transaction goes on from the savepoint; after success that is dropped, unless the statement has done so. */
async function settleSavepoint(state: EngineState, isGone: boolean): Promise<boolean> {
  switch (state.session?.status) {
    case 'failed':
      return await sendSilently(state, `ROLLBACK TO ${savepoint}`);
    case 'transaction':
      return isGone || (await sendSilently(state, `RELEASE ${savepoint}`));
    default:
      return true;
  }
}

/** A statement of psql's own: nothing of its result is shown but errors. */
export async function sendSilently(state: EngineState, sql: string): Promise<boolean> {
  const { session } = state;
  if (session === undefined || refusesInPipeline(state)) return false;
  let isOk = true;
  for await (const event of session.run({ sql })) {
    if (event.type === 'notice') state.serverMessage(event.notice, undefined);
    if (event.type === 'notification') state.notifications.push(event);
    if (event.type === 'lost') state.connectionLost(event.reason);
    if (event.type === 'error') {
      state.serverMessage(event.error, sql);
      isOk = false;
    }
  }
  return isOk && state.session !== undefined;
}

/** SET client_encoding shows in ENCODING. */
function followEncoding(state: EngineState): void {
  const encoding = state.session?.parameters.get('client_encoding');
  if (encoding !== undefined && encoding !== state.variables.get('ENCODING')) state.variables.set('ENCODING', encoding);
}

async function tellNotifications(state: EngineState): Promise<void> {
  for (const { channel, payload, processId } of state.notifications.splice(0)) {
    const what = payload === '' ? '' : ` with payload "${payload}"`;
    await state.sayToOutput(`Asynchronous notification "${channel}"${what} received from server process with PID ${processId}.\n`);
    await state.queryOutput?.flush();
  }
}

import type { SendMode } from '../commands/control-context.ts';
import { hasStandardStrings } from '../server/has-standard-strings.ts';
import { refusedInTransaction } from '../sql/guard/refused-in-transaction.ts';
import type { EngineState } from './engine-state.ts';
import { firstLine } from './transaction/sent-statement.ts';

const refusal = Symbol('refused');

/** Whether a run was interrupted by a refusal, which is a failure whatever became of the command around it. */
export function wasRefused({ reason }: AbortSignal): boolean {
  return reason === refusal;
}

/** The command that would fail the transaction where automatic savepoints are to keep it alive: none helps with this. */
function refusedUnderSavepoint({ session, settings }: EngineState, sql: string, { prepare, prepared }: SendMode): string | undefined {
  if (settings.automaticSavepoints === 'off' || session?.status !== 'transaction') return undefined;
  if (prepare !== undefined || prepared !== undefined) return undefined;
  const standardStrings = hasStandardStrings(session);
  return refusedInTransaction(sql, { standardStrings, version: session.versionNumber });
}

/**
 * Whether the face lets a statement of the user's be sent. A refusal interrupts like Ctrl-C: of the text, the script or the generated
 * statements that it stands in, nothing more runs.
 */
export async function passesReview(state: EngineState, sql: string, mode: SendMode = {}): Promise<boolean> {
  const { face, interrupt } = state;
  // What is described or closed does not run.
  if (mode.gdesc === true || mode.close !== undefined) return true;
  const alone = refusedUnderSavepoint(state, sql, mode);
  if (alone !== undefined) {
    state.complain(`${alone} cannot run in a transaction, and one is open: commit or roll back first. Not sent: ${firstLine(sql.trim())}`);
    interrupt.abort(refusal);
    return false;
  }
  if (face.review === undefined) return true;
  const { prepare, prepared, bind } = mode;
  const isApproved = await face.review({
    sql,
    hasParameters: bind !== undefined,
    ...(prepare === undefined ? {} : { prepare }),
    ...(prepared === undefined ? {} : { prepared }),
  });
  if (!isApproved) interrupt.abort(refusal);
  return isApproved && !interrupt.signal.aborted && state.session !== undefined;
}

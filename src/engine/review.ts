import type { SendMode } from '../commands/control-context.ts';
import type { EngineState } from './engine-state.ts';

const refusal = Symbol('refused');

/** Whether a run was interrupted by a refusal, which is a failure whatever became of the command around it. */
export function wasRefused({ reason }: AbortSignal): boolean {
  return reason === refusal;
}

/**
 * Whether the face lets a statement of the user's be sent. A refusal interrupts like Ctrl-C: of the text, the script or the generated
 * statements that it stands in, nothing more runs.
 */
export async function passesReview(state: EngineState, sql: string, mode: SendMode = {}): Promise<boolean> {
  const { face, interrupt } = state;
  // What is described or closed does not run.
  if (face.review === undefined || mode.gdesc === true || mode.close !== undefined) return true;
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

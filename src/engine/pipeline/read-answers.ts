import type { Pipeline } from '../../server/session.ts';
import type { EngineState } from '../engine-state.ts';
import { StatementRunner } from '../statement-runner.ts';

/**
 * Reads and shows so many answers of a pipeline, as psql 18's ExecQueryAndProcessResults does. After an error it drops what the error kept
 * from running, up to the next Sync. False: the last of them failed.
 */
export async function readAnswers(state: EngineState, pipeline: Pipeline, wanted: number, sql: string): Promise<boolean> {
  const { pipelineCounts: counts } = state;
  const runner = new StatementRunner(state, {});
  const started = performance.now();
  counts.refusals = [];
  warnOfChunks(state, pipeline);
  let left = wanted;
  while (left > 0 && state.session !== undefined) {
    const [head] = pipeline.unanswered;
    if (head === undefined) break;
    left--;
    if (head.type === 'sync') counts.syncs--;
    else counts.results--;
    if (pipeline.isAborted && head.type === 'request') await runner.skip();
    await runner.runPiped(head.type === 'request' ? head.request : undefined, pipeline.answer());
    while (left > 0 && pipeline.isAborted && pipeline.unanswered[0]?.type === 'request') {
      left--;
      counts.results--;
      for await (const _ of pipeline.answer());
    }
  }
  return await runner.conclude(sql, performance.now() - started);
}

/** Only of a query whose answer has not begun can libpq be told to hand out its rows in chunks. */
function warnOfChunks(state: EngineState, pipeline: Pipeline): void {
  if (state.settings.fetchCount <= 0 || !state.settings.showAllResults) return;
  const [head] = pipeline.unanswered;
  const isQuery = head?.type === 'request' && head.request.prepare === undefined && head.request.close === undefined;
  if (pipeline.isAborted || !isQuery) state.warn('fetching results in chunked mode failed');
}

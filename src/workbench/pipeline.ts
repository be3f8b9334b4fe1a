import type { PipelineFacts } from './connection.ts';
import { choiceQuestion, type PendingQuestion } from './question.ts';

/** For the status line. */
export function pipelineWord({ unread, isAborted }: PipelineFacts): string {
  const count = unread === 0 ? '' : ` · ${unread} unread`;
  return `${isAborted ? '! pipeline aborted' : 'pipeline'}${count}`;
}

/** Said where a run ends in a pipeline: its statements show nothing by themselves. */
export function pipelineRemark({ unread, isAborted }: PipelineFacts): string {
  if (isAborted) return 'The pipeline is aborted: nothing runs before \\syncpipeline or \\endpipeline.';
  if (unread === 0) return 'A pipeline is open; \\endpipeline ends it.';
  return `A pipeline is open, ${unread === 1 ? '1 statement' : `${unread} statements`} unread; \\endpipeline shows and ends it.`;
}

export const pipelineRefusal = 'A pipeline is open; \\endpipeline ends it.';

/** Quitting with a pipeline open. */
export function pipelineQuestion(): PendingQuestion {
  return choiceQuestion(
    'quit',
    'A pipeline is open',
    ['Its results are lost, and what it did since the last sync is rolled back.', '\\endpipeline shows them and commits.'],
    [
      { id: 'stay', label: 'Stay' },
      { id: 'rollback', label: 'Quit and lose it' },
    ],
    'stay',
  );
}

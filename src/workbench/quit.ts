import { pipelineOf } from './connection.ts';
import type { Model } from './model.ts';
import { pipelineQuestion } from './pipeline.ts';
import { quitQuestion, quitRunningQuestion } from './question.ts';
import { type Step, step } from './step.ts';

/** Quits at once where nothing can be lost, else asks. */
export function askToQuit(model: Model): Step {
  if (model.questions.some((question) => question.id === 'quit')) return step(model);
  const isRunning = model.running !== undefined;
  const status = model.connection.phase === 'open' ? model.connection.status : 'idle';
  if (pipelineOf(model.connection) !== undefined) return step({ ...model, questions: [pipelineQuestion(), ...model.questions] });
  if (status !== 'idle') return step({ ...model, questions: [quitQuestion(status, isRunning), ...model.questions] });
  if (isRunning) return step({ ...model, questions: [quitRunningQuestion(), ...model.questions] });
  return step(model, { type: 'quit' });
}

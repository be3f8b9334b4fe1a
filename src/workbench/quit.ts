import { pipelineOf } from './connection.ts';
import type { Model } from './model.ts';
import { pipelineQuestion } from './pipeline.ts';
import { quitAfterAllQuestion, quitQuestion, quitRunningQuestion } from './question.ts';
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

/** A statement has ended: a question that told of it while it ran tells what is so now, the choice as it was. */
export function askToQuitAnew(model: Model): Model {
  if (model.running !== undefined || model.connection.phase !== 'open') return model;
  const { status } = model.connection;
  const questions = model.questions.map((question) => {
    if (question.id !== 'quit' || question.type !== 'choice') return question;
    const now = status === 'idle' ? quitAfterAllQuestion() : quitQuestion(status, false);
    const chosen = now.choices.findIndex(({ id }) => id === question.choices[question.chosen]?.id);
    return chosen < 0 ? now : { ...now, chosen };
  });
  return { ...model, questions };
}

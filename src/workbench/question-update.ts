import { emptyText, textOf } from '../text/text-value.ts';
import type { Command } from './keymap.ts';
import type { Model } from './model.ts';
import type { PendingQuestion } from './question.ts';
import { type Step, step } from './step.ts';
import { editText, insertInLine } from './text-commands.ts';

/** Commands of the question that is asked: Esc declines, which is always safe. */
export function updateQuestion(model: Model, question: PendingQuestion, command: Command): Step {
  if (command === 'decline') return answer(model, question, undefined);
  switch (question.type) {
    case 'choice': {
      if (command === 'choose') return choose(model, question);
      const naming = question.naming;
      const field = naming === undefined ? undefined : editText(naming.field, command);
      if (naming !== undefined && field !== undefined) return step(replace(model, { ...question, naming: { ...naming, field } }));
      const by = command === 'choice-next' ? 1 : command === 'choice-previous' ? -1 : 0;
      const chosen = (question.chosen + by + question.choices.length) % question.choices.length;
      return step(replace(model, { ...question, chosen }));
    }
    case 'copy-data': {
      if (command === 'copy-data-end') return answer(model, question, copyText(question.lines, textOf(question.field)));
      if (command === 'copy-data-line') return takeLines(model, question, '\n');
      return step(replace(model, { ...question, field: editText(question.field, command) ?? question.field }));
    }
    case 'text':
    case 'secret':
      if (command === 'answer') return answer(model, question, textOf(question.field));
      return step(replace(model, { ...question, field: editText(question.field, command) ?? question.field }));
  }
}

export function typeInQuestion(model: Model, question: PendingQuestion, text: string): Step {
  switch (question.type) {
    case 'choice': {
      const { naming } = question;
      if (naming === undefined) return step(model);
      return step(replace(model, { ...question, naming: { ...naming, field: insertInLine(naming.field, text), isWrong: false } }));
    }
    case 'copy-data':
      return takeLines(model, question, text);
    case 'text':
    case 'secret':
      return step(replace(model, { ...question, field: insertInLine(question.field, text) }));
  }
}

/** Other lines under a question that stands; what is chosen stays chosen. */
export function changeLines(model: Model, id: string, lines: readonly string[]): Model {
  const question = model.questions.find((one) => one.id === id);
  return question?.type === 'choice' ? replace(model, { ...question, lines }) : model;
}

/** What stands in the field counts before the choice that is offered first, but not before one that was moved to. */
function choose(model: Model, question: PendingQuestion & { readonly type: 'choice' }): Step {
  const { naming } = question;
  const typed = naming === undefined ? '' : textOf(naming.field).trim();
  if (naming === undefined || typed === '' || question.chosen > 0) return answer(model, question, question.choices[question.chosen]?.id);
  if (typed === naming.name || typed === withoutQuotes(naming.name)) return answer(model, question, naming.answer);
  return step(replace(model, { ...question, naming: { ...naming, isWrong: true } }));
}

/** Names as they are, without what SQL quotes them with. */
function withoutQuotes(names: string): string {
  return names.replace(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replaceAll('""', '"'));
}

/** COPY data as it is typed or pasted; a line `\.` ends it. */
function takeLines(model: Model, question: PendingQuestion & { readonly type: 'copy-data' }, text: string): Step {
  const lines = (textOf(question.field) + text).split('\n');
  const rest = lines.pop() ?? '';
  const end = lines.indexOf('\\.');
  if (end >= 0) return answer(model, question, copyText([...question.lines, ...lines.slice(0, end)], ''));
  const field = insertInLine(emptyText, rest);
  return step(replace(model, { ...question, lines: [...question.lines, ...lines], field }));
}

function copyText(lines: readonly string[], last: string): string {
  return [...lines, ...(last === '' || last === '\\.' ? [] : [last])].map((line) => `${line}\n`).join('');
}

function answer(model: Model, question: PendingQuestion, given: string | undefined): Step {
  return step(
    { ...model, questions: model.questions.filter((other) => other !== question) },
    { type: 'answer', id: question.id, answer: given },
  );
}

function replace(model: Model, question: PendingQuestion): Model {
  return { ...model, questions: model.questions.map((other) => (other.id === question.id ? question : other)) };
}

import { expect, test } from 'vitest';
import { guardQuestionOnScreen } from '../../../src/workbench/question.ts';
import { openModel, press, send } from './model-builder.ts';

function asked(name: string | undefined, canRehearse = false) {
  return send(openModel(), { type: 'asked', question: guardQuestionOnScreen('guard-1', 'why', ['drop table a'], name, canRehearse) }).model;
}

test.each<[string | undefined, string, string | undefined]>([
  [undefined, '<enter>', 'keep'],
  [undefined, '<escape>', undefined],
  [undefined, '<down><enter>', 'run'],
  ['orders', '<enter>', 'keep'],
  ['orders', 'orders<escape>', undefined],
  ['orders', 'orders<ctrl+c>', undefined],
  ['orders', 'orders<enter>', 'run'],
  ['orders', ' orders <enter>', 'run'],
  ['"My Orders"', '"My Orders"<enter>', 'run'],
  ['orders', 'orderz<backspace>s<enter>', 'run'],
])('name %s: %s answers %s', (name, keys, answer) => {
  expect(press(asked(name), keys).effects).toEqual([{ type: 'answer', id: 'guard-1', answer }]);
});

test.each<[string | undefined, string, string | undefined]>([
  [undefined, '<enter>', 'keep'],
  [undefined, '<down><enter>', 'rehearse'],
  [undefined, '<down><down><enter>', 'run'],
  ['orders', '<enter>', 'keep'],
  ['orders', '<down><enter>', 'rehearse'],
  ['orders', 'orders<enter>', 'run'],
  ['orders', 'orders<down><enter>', 'rehearse'],
  ['"My ""T"""', '"My ""T"""<enter>', 'run'],
  ['s."My ""T"""', 's.My "T"<enter>', 'run'],
])('where it can be rehearsed, name %s: %s answers %s', (name, keys, answer) => {
  expect(press(asked(name, true), keys).effects).toMatchObject([{ answer }]);
});

test.each(['order', 'Orders', 'orders;', 'run'])('another name (%s) answers nothing, says so, and may be mended', (typed) => {
  const { model, effects } = press(asked('orders'), `${typed}<enter>`);
  expect(effects).toEqual([]);
  expect(model.questions).toMatchObject([{ naming: { isWrong: true } }]);
  expect(press(model, '<ctrl+u>orders<enter>').effects).toMatchObject([{ answer: 'run' }]);
});

test('what is found out meanwhile leaves the typed name alone', () => {
  const { model } = press(asked('orders'), 'ord');
  const told = send(model, { type: 'question-changed', id: 'guard-1', lines: ['drop table a', 'Size: 7 MB'] }).model;
  expect(told.questions).toMatchObject([{ lines: ['drop table a', 'Size: 7 MB'] }]);
  expect(press(told, 'ers<enter>').effects).toMatchObject([{ answer: 'run' }]);
});

import { expect, test } from 'vitest';
import { textOf } from '../../../src/text/text-value.ts';
import { activeBuffer } from '../../../src/workbench/buffers.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { editorText, openModel, press, send } from './model-builder.ts';

/** The editor after these candidates were found for the last word of what is typed. */
function completed(typed: string, ...texts: readonly string[]): Model {
  const model = press(openModel(), typed).model;
  const { id, value } = activeBuffer(model.buffers);
  const end = textOf(value).length;
  const start = end - (/\w*$/.exec(typed)?.[0].length ?? 0);
  const candidates = texts.map((text) => ({ text, kind: 'relation' as const }));
  return send(model, { type: 'completed', value, completion: { bufferId: id, start, end, candidates, chosen: 0 } }).model;
}

test.each([
  [['users'], 'from users ▏', 0],
  [[], 'from us▏', 0],
  [['users', 'user_roles'], 'from user▏', 2],
  [['us_a', 'Us_b'], 'from us▏', 2],
])('%j', (texts, text, listed) => {
  const model = completed('from us', ...texts);
  expect(editorText(model)).toBe(text);
  expect(model.completion?.candidates.length ?? 0).toBe(listed);
});

test.each([
  ['<enter>', 'from users ▏'],
  ['<tab><enter>', 'from user_roles ▏'],
  ['<shift+tab><enter>', 'from user_roles ▏'],
  ['<down><down><enter>', 'from users ▏'],
  ['<escape>', 'from user▏'],
  ['<left>', 'from use▏r'],
  [';', 'from user;▏'],
])('%s in the list', (keys, text) => {
  const model = press(completed('from us', 'users', 'user_roles'), keys).model;
  expect(editorText(model)).toBe(text);
  expect(model.completion).toBeUndefined();
});

test('what came too late is not taken', () => {
  const model = press(openModel(), 'us').model;
  const { id, value } = activeBuffer(model.buffers);
  const later = press(model, 'x').model;
  const completion = { bufferId: id, start: 0, end: 2, candidates: [{ text: 'users', kind: 'relation' as const }], chosen: 0 };
  expect(editorText(send(later, { type: 'completed', value, completion }).model)).toBe('usx▏');
});

test('Tab asks for names where something is typed, and indents where nothing is', () => {
  expect(press(openModel(), 'us<tab>').effects.map((effect) => effect.type)).toEqual(['complete']);
  expect(editorText(press(openModel(), '<tab>').model)).toBe('  ▏');
});

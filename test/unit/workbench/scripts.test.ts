import { expect, test } from 'vitest';
import type { Model } from '../../../src/workbench/model.ts';
import { isUnsaved } from '../../../src/workbench/scripts.ts';
import { editorText, openModel, press, send } from './model-builder.ts';

const path = '/home/ann/report.sql';
const opened = send(openModel(), { type: 'script-opened', path, text: 'select 1;\n', stamp: '1' }).model;

/** The buffers as their tabs name them, `*` where unsaved. */
function names(model: Model): readonly string[] {
  return model.buffers.list.map((buffer) => `${buffer.name}${isUnsaved(buffer) ? '*' : ''}`);
}

test('a file is unsaved while its text differs from what is in it', () => {
  expect(names(opened)).toEqual(['console', 'report.sql']);
  const typed = press(opened, 'x').model;
  expect(names(typed)).toEqual(['console', 'report.sql*']);
  expect(names(press(typed, '<backspace>').model)).toEqual(['console', 'report.sql']);
  const lines = typed.buffers.list[1]?.value.lines ?? [];
  const saved = send(typed, { type: 'script-saved', id: `file:${path}`, path, lines, stamp: '2' }).model;
  expect(names(saved)).toEqual(['console', 'report.sql']);
});

test('a file that is open already is only shown', () => {
  const elsewhere = press(opened, '<ctrl+pageup>').model;
  const again = send(elsewhere, { type: 'script-opened', path, text: 'other', stamp: '9' }).model;
  expect(names(again)).toEqual(['console', 'report.sql']);
  expect(editorText(again)).toBe('▏select 1;\n');
});

test('a new file is unsaved from the beginning, an empty scratch is not', () => {
  expect(names(send(openModel(), { type: 'script-opened', path, text: undefined, stamp: undefined }).model)).toEqual([
    'console',
    'report.sql*',
  ]);
  const scratch = send(openModel(), { type: 'scratch-opened' }).model;
  expect(names(scratch)).toEqual(['console', 'scratch 2']);
  expect(names(press(scratch, 'a').model)).toEqual(['console', 'scratch 2*']);
});

test('a scratch that is saved takes the name of its file and stays in front', () => {
  const scratch = press(send(opened, { type: 'scratch-opened' }).model, 'abc').model;
  const lines = ['abc'];
  const saved = send(scratch, { type: 'script-saved', id: 'scratch-3', path: '/tmp/kept.sql', lines, stamp: '1' }).model;
  expect(names(saved)).toEqual(['console', 'report.sql', 'kept.sql']);
  expect(editorText(saved)).toBe('abc▏');
});

test('what somebody else wrote takes the place of the text, and undo brings that back', () => {
  const id = `file:${path}`;
  const read = send(press(opened, 'mine ').model, { type: 'script-read', id, text: 'theirs', stamp: '3' }).model;
  expect(names(read)).toEqual(['console', 'report.sql']);
  expect(editorText(read).replace('▏', '')).toBe('theirs');
  expect(editorText(press(read, '<ctrl+_>').model).replace('▏', '')).toBe('mine select 1;\n');
});

test('closing shows the buffer before; the console stays', () => {
  const closed = send(opened, { type: 'script-closed', id: `file:${path}` }).model;
  expect(names(closed)).toEqual(['console']);
  expect(names(send(closed, { type: 'script-closed', id: 'console' }).model)).toEqual(['console']);
});

import { expect, test } from 'vitest';
import { textOf } from '../../../src/text/text-value.ts';
import { contextsOf } from '../../../src/workbench/contexts.ts';
import { liveBindings } from '../../../src/workbench/keymap.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { recordOf } from '../../support/transaction-facts.ts';
import { editorText, openModel, press, rowsContent, send } from './model-builder.ts';

function shown(sql: readonly string[] | undefined): Model {
  const tab = { id: 1, title: 't', content: rowsContent(['a'], [['1']]), ...(sql === undefined ? {} : { sql }) };
  return send(openModel(), { type: 'tab-opened', tab }).model;
}

const buffers = (model: Model) => model.buffers.list.map(({ name, value }) => `${name}: ${textOf(value)}`);

test('it opens in the empty console, ready for Enter, from the editor and from the grid', () => {
  for (const keys of ['<alt+e>', '<f6>E']) {
    const { model } = press(shown(['select 1 as a']), keys);
    expect(editorText(model)).toBe('select 1 as a;▏');
    expect(model.focus).toBe('editor');
    expect(press(model, '<enter>').effects).toMatchObject([{ type: 'run', submission: { text: 'select 1 as a;' } }]);
  }
});

test('what is typed in the console stays there: it opens as a script, once', () => {
  const typed = press(shown(['-- \\d t\nSELECT 1;', 'SELECT 2;']), 'select 2').model;
  const opened = press(typed, '<alt+e>').model;
  expect(buffers(opened)).toEqual(['console: select 2', 'scratch 2: -- \\d t\nSELECT 1;\n\nSELECT 2;']);
  const again = press(press(opened, '<alt+p>').model, '<f6>E').model;
  expect(buffers(again)).toHaveLength(2);
  expect(again.buffers.active).toBe(1);
  expect(buffers(press(press(again, 'x').model, '<alt+e>').model)).toHaveLength(3);
});

test('a long one is shown from its beginning', () => {
  const long = Array.from({ length: 40 }, (_, line) => `-- ${line}`).join('\n');
  expect(editorText(press(shown([`${long}\nselect 1`]), '<alt+e>').model)).toMatch(/^▏-- 0\n/);
});

test('where none is behind what is shown, that is said', () => {
  for (const model of [shown(undefined), shown([]), openModel()]) {
    const { model: after } = press(model, '<alt+e>');
    expect(after.log.entries.at(-1)?.text).toBe('No SQL is behind what is shown.');
    expect(buffers(after)).toEqual(['console: ']);
  }
});

test('the drawer shows what it asks the server; the result is left where it was', () => {
  const told = send(shown(['select 1']), {
    type: 'recorded',
    record: recordOf(['begin', 'BEGIN', 'transaction']),
    automatic: 'off',
    now: 0,
  }).model;
  const { model } = press(told, '<f4>E');
  expect(buffers(model)[0]).toContain('SHOW transaction_isolation;\n\nSHOW transaction_read_only;');
  expect(model.panel).toBeUndefined();
});

test('the footer of the grid names the key', () => {
  const footer = liveBindings(contextsOf(press(shown(['select 1']), '<f6>').model));
  expect(footer.find(({ command }) => command === 'show-sql')).toMatchObject({ keys: ['E'], footer: 'SQL' });
});

import { expect, test } from 'vitest';
import type { ServerError } from '../../../src/result/server-error.ts';
import { untrusted } from '../../../src/text/untrusted.ts';
import { consoleId, newBuffer } from '../../../src/workbench/buffers.ts';
import { activeTab } from '../../../src/workbench/results.ts';
import { editorText, numberedRows, openModel, press, send } from './model-builder.ts';

const error: ServerError = {
  severity: untrusted('ERROR'),
  severityCode: untrusted('ERROR'),
  code: untrusted('42P01'),
  message: untrusted('no'),
};

test.each([
  // keys, the editor after them, what ran
  ['select 1;<enter>', '▏', 'select 1;'],
  ['select 1<enter>', 'select 1\n▏', undefined],
  ['select 1;<left><enter>', 'select 1\n▏;', undefined],
  ["select ';<enter>", "select ';\n▏", undefined],
  ['\\dt<enter>', '▏', '\\dt'],
  ['select 1 \\e<enter>', '▏', 'select 1 \\e'],
  ['select 1;<alt+enter>', 'select 1;\n▏', undefined],
  ['  <enter>', '  ▏', undefined],
  ['select 1;<f5>', 'select 1;▏', 'select 1;'],
  ['select 1; select 2;<home><f5>', '▏select 1; select 2;', 'select 1;'],
  ['select 1; select 2;<shift+home><f5>', '▏select 1; select 2;', 'select 1; select 2;'],
  ['abc<ctrl+c>', '▏', undefined],
  ['abc<ctrl+c><ctrl+_>', 'abc▏', undefined],
  ['one two<ctrl+w><ctrl+y><ctrl+y>', 'one twotwo▏', undefined],
])('%s in the console', (keys, text, ran) => {
  const { model, effects } = press(openModel(), keys);
  expect(editorText(model)).toBe(text);
  const run = effects.find((effect) => effect.type === 'run');
  expect(run?.submission.text).toBe(ran);
});

test.each([
  ['select 1;<enter>', 'select 1;\n▏', undefined],
  ['select 1;<f5>', 'select 1;▏', 'select 1;'],
  ['abc<ctrl+c>', 'abc▏', undefined],
])('%s in a script', (keys, text, ran) => {
  const { model, effects } = press(send(openModel(), { type: 'scratch-opened' }).model, keys);
  expect(editorText(model)).toBe(text);
  expect(effects.find((effect) => effect.type === 'run')?.submission.text).toBe(ran);
});

test('a paste runs nothing', () => {
  const { model, effects } = send(openModel(), { type: 'key', now: 0, event: { type: 'paste', text: 'select 1;\nselect 2;\n' } });
  expect(effects).toEqual([]);
  expect(editorText(model)).toBe('select 1;\nselect 2;\n▏');
});

test('an error brings the text back, the caret where the server points', () => {
  const { model } = press(openModel(), 'select *\n  from nowhere;<enter>');
  const failed = send(model, { type: 'run-ended', now: 1, outcome: { failed: true, errorAt: 16, left: '' } }).model;
  expect(editorText(failed)).toBe('select *\n  from ▏nowhere;');
});

test('what is typed while a statement runs waits, and comes back instead of running when that fails', () => {
  const running = press(openModel(), 'select 1;<enter>select 2;<enter>sel');
  expect(running.effects).toHaveLength(1);
  const well = send(running.model, { type: 'run-ended', now: 1, outcome: { failed: false, errorAt: undefined, left: '' } });
  expect(well.effects).toMatchObject([{ type: 'run', submission: { text: 'select 2;' } }]);
  expect(editorText(well.model)).toBe('sel▏');
  const badly = send(running.model, { type: 'run-ended', now: 1, outcome: { failed: true, errorAt: undefined, left: '' } });
  expect(badly.effects).toEqual([]);
  expect(editorText(badly.model).replace('▏', '')).toBe('select 1;\nselect 2;\nsel');
});

test('what an editor brought back stands in the console', () => {
  const { model } = press(openModel(), '\\e<enter>');
  const ended = send(model, { type: 'run-ended', now: 1, outcome: { failed: false, errorAt: undefined, left: 'select 42' } }).model;
  expect(editorText(ended)).toBe('select 42▏');
});

test('over a statement that runs in a transaction there is nothing to commit yet: cancelling fails it', () => {
  const inside = send(openModel(), { type: 'transaction', status: 'transaction', record: undefined, now: 0 }).model;
  const asked = press(inside, 'select 1;<enter><ctrl+q>').model.questions[0];
  expect(asked?.type === 'choice' && asked.choices.map(({ id }) => id)).toEqual(['stay', 'rollback']);
  const ended = send(press(inside, 'select 1;<enter><ctrl+q>').model, {
    type: 'run-ended',
    outcome: { failed: false, errorAt: undefined, left: '' },
    now: 0,
  }).model.questions[0];
  expect(ended?.type === 'choice' && ended.choices.map(({ id }) => id)).toEqual(['stay', 'commit', 'rollback']);
});

test('Ctrl-C cancels what runs, and never quits', () => {
  expect(press(openModel(), '<ctrl+c><ctrl+c>').effects).toEqual([]);
  const running = press(openModel(), 'select 1;<enter><ctrl+c>');
  expect(running.effects.map((effect) => effect.type)).toEqual(['run', 'cancel']);
  expect(running.model.running?.isCancelling).toBe(true);
});

test.each(['<ctrl+d>', '<ctrl+q>', 'quit<enter>', 'exit<enter>'])('%s quits where nothing is open, and asks in a transaction', (keys) => {
  expect(press(openModel(), keys).effects).toEqual([{ type: 'quit' }]);
  const open = send(openModel(), { type: 'transaction', status: 'transaction', now: 0 }).model;
  const asked = press(open, keys);
  expect(asked.effects).toEqual([]);
  // The default is to stay, and so is Esc.
  expect(press(asked.model, '<enter>').effects).toEqual([{ type: 'answer', id: 'quit', answer: 'stay' }]);
  expect(press(asked.model, '<escape>').effects).toEqual([{ type: 'answer', id: 'quit', answer: undefined }]);
  expect(press(asked.model, '<down><enter>').effects).toEqual([{ type: 'answer', id: 'quit', answer: 'commit' }]);
});

test.each([
  ['idle', 'The statement has ended', ['stay', 'rollback']],
  ['transaction', 'A transaction is open', ['stay', 'commit', 'rollback']],
] as const)('asked whether to quit over a statement that then ends (%s): the question tells what is so now', (status, title, choices) => {
  const asked = press(openModel(), 'select 1;<enter><ctrl+q><down>').model;
  expect(asked.questions[0]).toMatchObject({ title: 'A statement is running', chosen: 1 });
  const changed = send(asked, { type: 'transaction', status, now: 0 }).model;
  const { model } = send(changed, { type: 'run-ended', now: 1, outcome: { failed: false, errorAt: undefined, left: '' } });
  expect(model.questions).toHaveLength(1);
  const [question] = model.questions;
  expect(question?.type === 'choice' && [question.title, question.choices.map(({ id }) => id)]).toEqual([title, choices]);
  expect(press(model, '<enter>').effects).toEqual([{ type: 'answer', id: 'quit', answer: 'rollback' }]);
});

test('a failed transaction is not offered to be committed', () => {
  const failed = send(openModel(), { type: 'transaction', status: 'failed', now: 0 }).model;
  const [question] = press(failed, '<ctrl+q>').model.questions;
  expect(question?.type === 'choice' && question.choices.map((choice) => choice.id)).toEqual(['stay', 'rollback']);
});

test('on a lost session nothing runs; what was lost is listed', () => {
  const inTransaction = send(openModel(), { type: 'transaction', status: 'transaction', now: 0 }).model;
  const lost = send(inTransaction, { type: 'lost', reason: 'gone', record: undefined, now: 1 }).model;
  expect(lost.connection.phase === 'lost' && lost.connection.losses[0]).toMatch(/open transaction/);
  const { model, effects } = press(lost, 'select 1;<enter>');
  expect(effects).toEqual([{ type: 'ask-fence' }]);
  expect(editorText(model)).toBe('select 1;▏');
});

test('history is walked at the edges of the console, and what was typed comes back', () => {
  const known = send(openModel(), { type: 'history-loaded', history: ['select 1;', 'select\n2;'] }).model;
  const walked = press(known, 'draft<up>').model;
  expect(editorText(walked)).toBe('select\n2;▏');
  expect(editorText(press(walked, '<up><up>').model)).toBe('select 1;▏');
  expect(editorText(press(walked, '<up><up><down><down>').model)).toBe('draft▏');
  expect(editorText(press(known, '<ctrl+r>sel 1<enter>').model)).toBe('select 1;▏');
});

test.each([
  // keys in the grid of 100 rows, 24 lines high: the cursor and the window after them
  ['j', { row: 1, column: 0 }, 0],
  ['jjjjk', { row: 3, column: 0 }, 0],
  ['<pagedown>', { row: 14, column: 0 }, 14],
  ['<pagedown><pageup>', { row: 0, column: 0 }, 0],
  ['G', { row: 99, column: 0 }, 86],
  ['Gg', { row: 0, column: 0 }, 0],
  ['$', { row: 0, column: 3 }, 0],
  ['$0', { row: 0, column: 0 }, 0],
  ['llh', { row: 0, column: 1 }, 0],
  ['kkhh', { row: 0, column: 0 }, 0],
])('%s moves the cell', (keys, cursor, top) => {
  const { model } = send(openModel(), { type: 'tab-opened', tab: { id: 1, title: 't', content: numberedRows(100) } });
  const content = activeTab(press(model, `<f6>${keys}`).model.results)?.content;
  expect(content).toMatchObject({ cursor, top });
});

test('nine results are kept, an error makes way for the next result', () => {
  let model = openModel();
  const closed: number[] = [];
  for (let id = 1; id <= 11; id++) {
    const opened = send(model, { type: 'tab-opened', tab: { id, title: `${id}`, content: numberedRows(1) } });
    model = opened.model;
    for (const effect of opened.effects) if (effect.type === 'close-stores') closed.push(...effect.tabs.map((tab) => tab.id));
  }
  expect(closed).toEqual([1, 2]);
  expect(press(model, '<alt+1>').model.results.active).toBe(3);
  const failed = send(model, {
    type: 'tab-opened',
    tab: { id: 12, title: 'error', content: { type: 'error', error, consequence: '', top: 0 } },
  }).model;
  expect(failed.results.active).toBe(12);
  const after = send(press(failed, 'begin;<enter>').model, {
    type: 'run-ended',
    now: 1,
    outcome: { failed: false, errorAt: undefined, left: '' },
  }).model;
  expect(after.results.tabs.map((tab) => tab.content.type)).not.toContain('error');
});

test('a secret is answered by what was typed; COPY data by lines until \\.', () => {
  const asked = send(openModel(), {
    type: 'asked',
    question: { id: 'q', type: 'secret', prompt: 'Password', field: numberedField() },
  }).model;
  expect(press(asked, 'hun<backspace>nter2<enter>').effects).toEqual([{ type: 'answer', id: 'q', answer: 'hunter2' }]);
  expect(press(asked, 'x<escape>').effects).toEqual([{ type: 'answer', id: 'q', answer: undefined }]);
  const copying = send(openModel(), { type: 'asked', question: { id: 'c', type: 'copy-data', lines: [], field: numberedField() } }).model;
  expect(press(copying, '1\ta<enter>2\tb<enter>\\.<enter>').effects).toEqual([{ type: 'answer', id: 'c', answer: '1\ta\n2\tb\n' }]);
});

function numberedField() {
  return {
    lines: [''],
    cursor: { line: 0, column: 0 },
    anchor: undefined,
    goalColumn: undefined,
    done: undefined,
    undone: undefined,
    killRing: [],
    last: undefined,
  };
}

test('text of an earlier process comes back before what was typed while it was looked for', () => {
  const restored = { list: [newBuffer(consoleId, 'console', 'console', 'select 1')], active: 0 };
  const { model } = send(press(openModel(), 'now').model, { type: 'buffers-restored', buffers: restored });
  expect(editorText(model)).toBe('select 1\nnow▏');
  expect(editorText(send(openModel(), { type: 'buffers-restored', buffers: restored }).model)).toBe('select 1▏');
});

test.each<[string, string, string[]]>([
  ['both', '<ctrl+x><ctrl+e>', ['edit-externally']],
  ['the second means what it does alone', 'a<ctrl+a>b<ctrl+x><ctrl+a>c', []],
  ['typed text is text', '<ctrl+x>e<ctrl+e>', []],
  ['Esc takes the first back', '<ctrl+x><escape><ctrl+e>', []],
  ['twice the first is nothing', '<ctrl+x><ctrl+x><ctrl+e>', []],
])('of two keys that mean something together: %s', (_, keys, effects) => {
  const pressed = press(openModel(), keys);
  expect(pressed.effects.map(({ type }) => type)).toEqual(effects);
  expect(pressed.model.focus).toBe('editor');
});

test('what $EDITOR saved is the text, the cursor where it was; undo brings back what was; what came meanwhile stays', () => {
  const typed = press(openModel(), 'select 1<alt+enter>from t<up>').model;
  const saved = (text: string, given = 'select 1\nfrom t') => ({ type: 'edited', id: consoleId, given, text }) as const;
  expect(editorText(send(typed, saved('select 22\nfrom t')).model)).toBe('select▏ 22\nfrom t');
  expect(editorText(send(typed, saved('so')).model)).toBe('so▏');
  const edited = send(typed, saved('')).model;
  expect(editorText(edited)).toBe('▏');
  expect(editorText(press(edited, '<ctrl+_>').model)).toContain('from t');
  expect(editorText(send(typed, saved('select 3', 'select 2')).model)).toBe('select 1\nfrom t\nselect 3▏');
});

test.each([
  ['update t set i = 1;', '▏'],
  ['update t set i = 1; ', '▏'],
  ['update t set i = 1; select 2;', 'update t set i = 1; select 2;▏'],
])('what was run once more leaves the console, nothing else does: %j', (typed, left) => {
  const { model } = press(openModel(), typed);
  expect(editorText(send(model, { type: 'run-again', sql: 'update t set i = 1' }).model)).toBe(left);
});

import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { expect, test } from 'vitest';
import { compareRows } from '../../../src/result/compare-rows.ts';
import { displayWidth } from '../../../src/text/width.ts';
import { Screen } from '../../../src/ui/app.tsx';
import { screenView } from '../../../src/ui/screen-view.ts';
import { chooseTheme } from '../../../src/ui/theme.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { quitQuestion } from '../../../src/workbench/question.ts';
import { numberedRows, openModel, press, rowsContent, send } from '../workbench/model-builder.ts';

const colour = chooseTheme({ TERM: 'xterm-256color' });
const plain = chooseTheme({ TERM: 'xterm-256color', NO_COLOR: '1' });

/** The screen as Ink draws it, without styles, a row a line. */
function drawn(model: Model): readonly string[] {
  const text = renderToString(<Screen view={screenView(model, colour)} />, { columns: model.size.columns });
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trimEnd());
}

const withRows = (columns = 80, rows = 24) =>
  send(openModel(columns, rows), { type: 'tab-opened', tab: { id: 1, title: 'select', content: numberedRows(100) } }).model;

test('every screen has the rows of the terminal, none wider than it', () => {
  for (const [columns, rows] of [
    [200, 50],
    [80, 24],
    [40, 10],
    [39, 10],
    [20, 5],
    [8, 2],
  ] as const) {
    const models = [
      openModel(columns, rows),
      withRows(columns, rows),
      press(withRows(columns, rows), '<f1>').model,
      press(withRows(columns, rows), '<f3>').model,
    ];
    models.push({ ...withRows(columns, rows), questions: [quitQuestion('transaction', false)] });
    models.push({ ...openModel(columns, rows), screen: 'picker' });
    for (const model of models) {
      const view = screenView(model, colour);
      expect(view.rows).toHaveLength(rows);
      for (const row of view.rows) expect(displayWidth(stripVTControlCharacters(row))).toBeLessThanOrEqual(columns);
    }
  }
});

test('drawers stand beside the result where there is room, else they cover it', () => {
  const wide = drawn(press(withRows(130, 24), '<f1>').model);
  expect(wide[6]).toMatch(/^── result 1 · 1–14 of 100 .*┬── help/);
  expect(wide[8]).toMatch(/^ ─+┼.*│ {3}Enter/);
  const narrow = drawn(press(withRows(119, 24), '<f1>').model);
  expect(narrow[6]).toMatch(/^── help/);
});

test('the main screen: status, editor, rule that says what the rows are, grid, keys', () => {
  const rows = drawn(send(withRows(), { type: 'timed', milliseconds: 12.4 }).model);
  expect(rows[0]).toMatch(/^ vendorpay {2} DEV {3}app@localhost\/vendorpay {2}15\.18 {2}TLS verified .* 12\.4 ms$/);
  expect(rows[2]).toBe(' ▸1 console');
  expect(rows[6]).toMatch(/^── result 1 · 1–14 of 100 complete · 12\.4 ms ─+$/);
  expect(rows[7]).toBe('   id  │ name     │ gone │ wide');
  expect(rows[9]).toBe(` ▌ 1   │ name 1   │ ∅    │ ${'x'.repeat(40)}`);
  expect(rows[23]).toMatch(/^ Enter run {2}F5 run statement/);
});

test.each([
  ['transaction', '* in transaction 00:42'],
  ['failed', '! failed, roll back'],
] as const)('a transaction that is %s stays on a short status line', (status, word) => {
  const model = send(openModel(54, 12), { type: 'transaction', status, now: 0 }, { type: 'tick', now: 42_000 }).model;
  expect(drawn(model)[0]).toContain(word);
  expect(drawn(model)[0]).toContain('app@localhost/vendorpay');
});

test('production is a word on every frame, with and without colour', () => {
  const production = openModel(80, 24, { environment: 'production' });
  for (const model of [production, press(production, '<f1>').model, press(production, '<f3>').model]) {
    const coloured = screenView(model, colour);
    expect(coloured.rows[0]).toContain('\x1b[1;97;41m PROD \x1b[0m');
    expect(coloured.rows[1]).toContain('\x1b[1;31m─');
    expect(screenView(model, plain).rows[0]).toContain('!! PROD !!');
  }
});

test('without colour no colour is sent', () => {
  const { rows } = screenView(press(withRows(), 'select 1 -- x').model, plain);
  // SGR 30-37, 40-47, 90-97, 100-107 and their extensions are colours.
  expect(rows.join('')).not.toMatch(/\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/);
});

test('nothing hostile reaches the terminal: cells, names, messages, host names', () => {
  const evil = '\x1b[31m\x1b]0;title\x07‮\r\n\x9b5m';
  const tab = {
    id: 1,
    title: evil,
    content: rowsContent(
      [evil, 'b'],
      [
        [evil, null],
        ['x  ', ''],
      ],
    ),
  };
  const hostile = send(
    openModel(80, 24, { host: evil, profile: evil, version: evil }),
    { type: 'tab-opened', tab },
    { type: 'said', severity: 'notice', text: evil, now: 0 },
  ).model;
  const text = screenView(hostile, plain).rows.join('\n');
  expect(text).not.toMatch(/\x1b(?!\[[\d;]*m)|[\x00-\x09\x0b-\x1a\x7f-\x9f‮]/);
  expect(text).not.toContain('\x1b[31m');
  expect(text).toContain('x··');
});

test('what \\watch found changed has a mark of its own beside its colour, and new rows another', () => {
  const before = rowsContent(
    ['id', 'n'],
    [
      ['1', 'a'],
      ['2', null],
    ],
  );
  const after = rowsContent(
    ['id', 'n'],
    [
      ['1', 'b'],
      ['2', null],
      ['3', 'c'],
    ],
  );
  const watch = { seconds: 2, run: 2, at: 0, changes: compareRows(before.store, after.store), isOver: false };
  const tab = { id: 1, title: 'select', content: { ...after, watch } };
  const model = send(openModel(), { type: 'tab-opened', tab }).model;
  const rows = drawn(model);
  expect(rows[6]).toMatch(/^── .watch every 2 s · run 2 · 1 cell changed, 1 row more · 3 rows, complete ─/);
  expect(rows.slice(9, 12)).toEqual([' ▌ 1  │•b', '   2  │ ∅', '  +3  │+c']);
  expect(screenView(model, colour).rows[9]).toContain('\x1b[1;33m•b');
  expect(screenView(model, plain).rows[9]).toContain('\x1b[1m•b');
  expect(drawn(press(model, '<f6>x').model)).toContainEqual(expect.stringMatching(/n\s+│•b/));
  // How many rows there are stays longest, what the watch is goes first.
  const at = (columns: number) => drawn(send(openModel(columns, 24), { type: 'tab-opened', tab }).model)[6]?.replace(/─*$/, '');
  expect([120, 72, 60, 50, 40].map(at)).toEqual([
    expect.stringMatching(/^── .watch every 2 s · run 2 · \d\d:\d\d:\d\d · 1 cell changed, 1 row more · 3 rows, complete · 12.4 ms $/),
    '── \\watch · run 2 · 1 cell changed, 1 row more · 3 rows, complete ',
    '── \\watch · 1 cell changed, 1 row more · 3 rows, complete ',
    '── 1 cell changed, 1 row more · 3 rows, complete ',
    '── 3 rows, complete ',
  ]);
});

test('an error keeps the statement, with a wave under the place, and says it all', () => {
  const running = press(openModel(), 'select *\n  from user;<enter>').model;
  const error = {
    severity: 'ERROR',
    severityCode: 'ERROR',
    code: '42P01',
    message: 'relation "user" does not exist',
    hint: 'look',
    detail: 'more',
  } as never;
  const failed = send(
    running,
    { type: 'tab-opened', tab: { id: 1, title: 'error', content: { type: 'error', error, consequence: 'nothing was changed', top: 0 } } },
    { type: 'run-ended', now: 1, outcome: { failed: true, errorAt: 16, left: '' } },
  ).model;
  const rows = drawn(failed);
  expect(rows.slice(3, 10)).toEqual([
    '  1 select *',
    '  2   from user;',
    '           ~~~~',
    expect.stringMatching(/^── error 42P01 undefined_table · nothing was changed ─+$/),
    ' ERROR:  relation "user" does not exist',
    ' DETAIL:  more',
    ' HINT:  look',
  ]);
});

test('the status line tells how far a COPY is until it ends, and gives it up before the word that it is cancelled', () => {
  const running = press(openModel(), '\\copy a to b<enter>').model;
  const progress = { direction: 'out', bytes: 3 * 1024 ** 2, lines: 120_000, totalBytes: undefined, milliseconds: 3000 } as const;
  const copying = send(running, { type: 'copy-progress', progress }).model;
  expect(drawn(copying)[0]).toContain('COPY out 3.0 MB, 120k lines, 1.0 MB/s');
  expect(drawn(press(copying, '<ctrl+c>').model)[0]).toContain('cancelling');
  expect(drawn(send(copying, { type: 'copy-progress', progress: undefined }).model)[0]).not.toContain('COPY');
});

test('a secret shows the same dots however long it is', () => {
  const asked = send(openModel(), {
    type: 'asked',
    question: { id: 'q', type: 'secret', prompt: 'Password for user app:', field: { ...emptyField } },
  }).model;
  const short = drawn(press(asked, 'a').model);
  expect(short).toEqual(drawn(press(asked, 'a much longer secret').model));
  expect(short.join('\n')).toContain('••••••••');
  expect(short.join('\n')).not.toContain('secret');
});

test('a long question is wrapped, and what is typed stands below it', () => {
  const prompt = 'Name of the prepared transaction (COMMIT PREPARED or ROLLBACK PREPARED ends it later, from any session)';
  const asked = send(openModel(), { type: 'asked', question: { id: 'q', type: 'text', prompt, field: { ...emptyField } } }).model;
  const rows = drawn(press(asked, 'one').model).map((row) => row.trim());
  const first = rows.findIndex((row) => row.startsWith('Name of'));
  expect(rows.slice(first, first + 3)).toEqual([
    'Name of the prepared transaction (COMMIT PREPARED or ROLLBACK PREPARED',
    'ends it later, from any session)',
    'one',
  ]);
});

const emptyField = {
  lines: [''],
  cursor: { line: 0, column: 0 },
  anchor: undefined,
  goalColumn: undefined,
  done: undefined,
  undone: undefined,
  killRing: [],
  last: undefined,
};

test('the expanded view is one column a line', () => {
  const rows = drawn(press(withRows(), '<f6>x').model);
  expect(rows.slice(7, 13)).toEqual([
    expect.stringMatching(/^ {2}── row 1 ─+$/),
    ' ▌ id   │ 1',
    '   name │ name 1',
    '   gone │ ∅',
    `   wide │ ${'x'.repeat(40)}`,
    expect.stringMatching(/── row 2/),
  ]);
});

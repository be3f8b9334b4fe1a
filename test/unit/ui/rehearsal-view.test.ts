import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { screenView } from '../../../src/ui/screen-view.ts';
import { chooseTheme } from '../../../src/ui/theme.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { press } from '../workbench/model-builder.ts';
import { pairRows, rehearsing } from '../workbench/rehearsal-builder.ts';

const plain = chooseTheme({ TERM: 'xterm-256color', NO_COLOR: '1' });
const screen = (model: Model) => screenView(model, plain).rows.map((row) => stripVTControlCharacters(row).trimEnd());
const line = (model: Model, words: string) => screen(model).find((row) => row.includes(words)) ?? '';

test('what it would do, what it holds, when it ends by itself, and each changed cell before and after', () => {
  const model = { ...rehearsing(), now: 3000 };
  expect(screen(model).slice(6, 13)).toEqual([
    expect.stringMatching(/^── rehearsal update t set c = 'new'; ─+ rows 1–3 of 3 ─$/),
    ' would change 3 rows in 9.0 ms',
    ' holding RowExclusive on t 00:03 · rolls back by itself in 00:57',
    '   id │ c',
    ' ─────┼───────────',
    '▌~ 1  │ old → new',
    ' ~ 2  │ ∅ → new',
  ]);
  expect(line(model, '= 3')).toBe(' = 3  │ new');
  expect(line(model, 'cannot be undone')).toBe(' cannot be undone by a rollback: nothing that the text shows');
  expect(screen(model).at(-1)).toBe(' Enter commit  Esc roll back  k keep open  ↓ rows  a columns  E SQL  F1 help');
});

test('rows that come, go, or are known only as they would be have a sign of their own', () => {
  const rows = [
    ['INSERT', null, null, '7', 'in'],
    ['DELETE', '8', 'out', null, null],
    ['WRITE', null, null, '9', 'some'],
  ];
  const model = rehearsing({ tag: 'MERGE 3', rows: pairRows(['id', 'v'], rows) });
  expect(screen(model).filter((row) => /^.[+*-] \d/.test(row))).toEqual(['▌+ 7  │ in', ' - 8  │ out', ' * 9  │ some']);
  expect(line(model, 'would write')).toContain('would write 3 rows');
});

test.each([
  [{ inserted: 2, updated: 0 }, 'would insert 2 rows'],
  [{ inserted: 1, updated: 1 }, 'would insert or change 2 rows'],
])('of an INSERT that has %o', (counts, said) => {
  const writes = [{ table: 't', isTarget: true, deleted: 0, ...counts }];
  expect(line(rehearsing({ tag: 'INSERT 0 2', rows: undefined, writes }), 'would insert')).toContain(said);
});

test.each<[string, string]>([
  ['COPY 7', 'ran dry: COPY 7 in 9.0 ms'],
  ['UPDATE 0', 'would change 0 rows in 9.0 ms'],
  ['CREATE TABLE', 'ran dry: CREATE TABLE in 9.0 ms'],
])('%s that has written nothing', (tag, said) => {
  expect(line(rehearsing({ tag, rows: undefined, writes: [] }), '9.0 ms')).toContain(said);
});

test('of two long values something of both is seen', () => {
  const rows = [['UPDATE', '1', `${'a'.repeat(300)}`, '1', `${'b'.repeat(300)}`]];
  const shown = line(rehearsing({ rows: pairRows(['id', 'v'], rows) }), '→');
  expect(shown).toMatch(/a{10,}… → b{10,}…$/);
});

test('what it held back, what else was written, what no rollback takes back', () => {
  const model = rehearsing(
    {
      tag: 'UPDATE 1200',
      triggers: ['audit'],
      writes: [{ table: 'log', isTarget: false, inserted: 1200, updated: 0, deleted: 0 }],
      limits: [{ text: 'nextval moves the sequence, which a rollback does not take back.', told: 'warn' }],
      notes: ['The first 1,000 are compared.'],
      locks: [
        { table: 't', mode: 'RowExclusive' },
        { table: 'log', mode: 'RowExclusive' },
      ],
    },
    {},
    130,
  );
  const text = screen(model).join('\n');
  expect(text).toContain('would change 1,200 rows in 9.0 ms · holding RowExclusive on t and 1 more 00:00 · rolls back by itself in 01:00');
  expect(text).toContain('3 of 1,200 rows are shown.');
  expect(text).toContain('Also written: log 1,200 inserted.');
  expect(text).toContain('Triggers ran: audit.');
  expect(text).toContain('cannot be undone by a rollback: nextval moves');
});

test('at a savepoint the keys say what they do there', () => {
  const model = rehearsing({ savepoint: 'howdah_auto_1' });
  expect(screen(model).join('\n')).toContain('on t in your transaction 00:00');
  expect(screen(model).at(-1)).toBe(' Enter keep  Esc roll back  k keep savepoint  ↓ rows  a columns  E SQL  F1 help');
});

test('one column a line', () => {
  const model = press(rehearsing(), 'x').model;
  expect(line(model, 'row 1')).toMatch(/^ ~ ── row 1 /);
  expect(line(model, 'old →')).toBe('   c  │ old → new');
});

test('nothing of the data drives the terminal', () => {
  const rows = [['UPDATE', '1', 'a\u001b]52;c;x\u0007', '1', '\u009b2J\u202e']];
  const drawn = screenView(rehearsing({ rows: pairRows(['id', 'v\u001b[31m'], rows) }), plain).rows.join('\n');
  expect(drawn.replace(/\u001b\[[\d;]*m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

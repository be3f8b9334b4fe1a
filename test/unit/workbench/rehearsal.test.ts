import { describe, expect, test } from 'vitest';
import { stripOf } from '../../../src/workbench/log.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { editorText, type Outcome, openModel, press, send } from './model-builder.ts';
import { pairRows, rehearsing, statement } from './rehearsal-builder.ts';

function sent({ effects }: Outcome): readonly string[] {
  return effects.flatMap((effect) => (effect.type === 'run' ? [effect.submission.text] : []));
}

const over = (model: Model, failed = false) =>
  send(model, { type: 'run-ended', outcome: { failed, errorAt: undefined, left: '' }, now: 0 });
const said = (model: Model) =>
  stripOf(model.log)
    .map(({ text }) => text)
    .join('\n');

describe('what is rehearsed', () => {
  test.each<readonly [keys: string, text: string | undefined]>([
    ['select 1;<alt+t>', 'select 1;'],
    ['select 1; select 2;<left><left><alt+t>', 'select 2;'],
    ['select 1;<home><shift+right><shift+right><alt+t>', 'se'],
    ['delete from t;<f4>d', 'delete from t;'],
    ['<alt+t>', undefined],
    ['<f4>d', undefined],
  ])('%s', (keys, text) => {
    const { effects } = press(openModel(), keys);
    expect(effects.flatMap((effect) => (effect.type === 'rehearse' ? [effect.submission.text] : []))).toEqual(
      text === undefined ? [] : [text],
    );
  });

  test('not while something runs, nor while a rehearsal is open', () => {
    expect(press(openModel(), 'select 1;<enter>select 2;<alt+t>').effects.map(({ type }) => type)).not.toContain('rehearse');
    expect(press(rehearsing(), '<alt+t>').effects).toEqual([]);
  });
});

describe('the answer', () => {
  test.each<readonly [string, string, Parameters<typeof rehearsing>[0], readonly string[]]>([
    ['Enter commits', '<enter>', {}, ['COMMIT;']],
    ['Esc rolls back', '<escape>', {}, ['ROLLBACK;']],
    ['Ctrl-C rolls back', '<ctrl+c>', {}, ['ROLLBACK;']],
    ['k sends nothing', 'k', {}, []],
    ['at a savepoint Enter keeps it', '<enter>', { savepoint: 'howdah_auto_1' }, ['RELEASE SAVEPOINT "howdah_auto_1";']],
    ['at a savepoint Esc goes back', '<escape>', { savepoint: 'a' }, ['ROLLBACK TO SAVEPOINT "a"; RELEASE SAVEPOINT "a";']],
    ['at a savepoint k sends nothing', 'k', { savepoint: 'a' }, []],
    ['the first answer counts', '<enter><escape>', {}, ['COMMIT;']],
    ['letters are no answer', 'select 1;', {}, []],
    ['nor is the Enter that ends what was typed', 'select 1;<enter>', {}, []],
    ['at a savepoint neither', 'select 1;<enter>', { savepoint: 'a' }, []],
    ['another Enter is', 'select 1;<enter><enter>', {}, ['COMMIT;']],
    ['Esc is', 'select 1;<escape>', {}, ['ROLLBACK;']],
    ['Enter after a key that means something is', ';<down><enter>', {}, ['COMMIT;']],
  ])('%s', (_, keys, changed, expected) => {
    expect(sent(press(rehearsing(changed), keys))).toEqual(expected);
  });

  test('after a commit the console is empty, and the rows are given up', () => {
    const committing = press(rehearsing(), '<enter>').model;
    expect(committing.rehearsal?.ending).toBe('commit');
    const { model, effects } = over(committing);
    expect(model.rehearsal).toBeUndefined();
    expect(editorText(model)).toBe('▏');
    expect(effects.map(({ type }) => type)).toEqual(['close-store']);
  });

  test('after a commit that failed the text stays', () => {
    const { model } = over(press(rehearsing(), '<enter>').model, true);
    expect(model.rehearsal).toBeUndefined();
    expect(editorText(model)).toBe(`${statement}▏`);
  });

  test('after rolling back the text stays, and it is said', () => {
    const { model } = over(press(rehearsing(), '<escape>').model);
    expect(editorText(model)).toBe(`${statement}▏`);
    expect(said(model)).toBe('Rolled back: nothing was changed.');
  });

  test('kept: the transaction is open, the console empty', () => {
    const { model } = press(rehearsing(), 'k');
    expect(model.rehearsal).toBeUndefined();
    expect(model.connection).toMatchObject({ status: 'transaction' });
    expect(editorText(model)).toBe('▏');
  });

  test('on production a commit is asked for once more, at a savepoint it is not', () => {
    const facts = { environment: 'production' } as const;
    const asked = press(rehearsing({}, facts), '<enter>');
    expect(asked.effects).toEqual([{ type: 'ask-rehearsal' }]);
    expect(sent(send(asked.model, { type: 'rehearsal-confirmed', now: 1 }))).toEqual(['COMMIT;']);
    expect(sent(press(rehearsing({ savepoint: 'a' }, facts), '<enter>'))).toEqual(['RELEASE SAVEPOINT "a";']);
  });
});

describe('the clock', () => {
  const at = (model: Model, now: number) => send(model, { type: 'tick', now });

  test('rolls back at its time, not before', () => {
    expect(sent(at(rehearsing(), 59_999))).toEqual([]);
    const expired = at(rehearsing(), 60_000);
    expect(sent(expired)).toEqual(['ROLLBACK;']);
    expect(sent(at(expired.model, 61_000))).toEqual([]);
    expect(said(over(expired.model).model)).toBe('Rolled back by itself after 60 s: nothing was changed.');
  });

  test('not while an answer is carried out', () => {
    expect(sent(at(press(rehearsing(), '<enter>').model, 70_000))).toEqual([]);
  });

  test('takes the question of production with it, whose answer then does nothing', () => {
    const question = { id: 'rehearsal', type: 'choice', title: '', lines: [], choices: [], chosen: 0 } as const;
    const asked = send(rehearsing({}, { environment: 'production' }), { type: 'asked', question }).model;
    const expired = at(asked, 60_000);
    expect(expired.model.questions).toEqual([]);
    expect(sent(send(over(expired.model).model, { type: 'rehearsal-confirmed', now: 1 }))).toEqual([]);
  });
});

test('what was said before it ran stands below the rows now, and in the messages once', () => {
  const text = 'nextval moves a sequence, which a rollback does not take back.';
  const asked = press(openModel(), `${statement}<alt+t>`).model;
  const warned = send(
    asked,
    { type: 'said', severity: 'warning', text, now: 0 },
    { type: 'said', severity: 'notice', text: 'NOTICE:  hello', now: 0 },
  ).model;
  const { rehearsal } = rehearsing({ limits: [{ text, told: 'warn' }] });
  if (rehearsal === undefined) throw new Error('nothing is rehearsed');
  const { model } = send(warned, { type: 'rehearsed', rehearsal, now: 0 });
  expect(said(model)).toBe('NOTICE:  hello');
  expect(model.log.entries.map((entry) => entry.text)).toEqual([text, 'NOTICE:  hello']);
});

test('what was typed while it ran is given back, and does not run in its transaction', () => {
  const asked = press(openModel(), `${statement}<alt+t><ctrl+u>select 2;<enter>`);
  expect(asked.model.queue).toHaveLength(1);
  const shown = rehearsing().rehearsal;
  if (shown === undefined) throw new Error('no rehearsal');
  const { model, effects } = send(
    asked.model,
    { type: 'rehearsed', rehearsal: shown, now: 0 },
    { type: 'run-ended', outcome: { failed: false, errorAt: undefined, left: '' }, now: 0 },
  );
  expect(sent({ model, effects })).toEqual([]);
  expect(editorText(model)).toContain('select 2;');
});

test('the drawer that had the keys meanwhile does not keep them', () => {
  const model = press(rehearsing({}, {}, 130), '<f4>').model;
  expect(sent(press(model, 'c'))).toEqual([]);
});

test('a lost session takes it along', () => {
  const { model, effects } = send(rehearsing(), { type: 'lost', reason: 'gone', record: undefined, now: 0 });
  expect(model.rehearsal).toBeUndefined();
  expect(effects.map(({ type }) => type)).toEqual(['close-store']);
});

test('what is typed into it goes nowhere, and that is said', () => {
  expect(press(rehearsing(), ';').model.rehearsal?.note).toBe(
    'A rehearsal is open, and takes no text: Esc rolls it back, Enter alone commits it.',
  );
  expect(press(rehearsing({ savepoint: 'a' }), ';').model.rehearsal?.note).toContain('Enter alone keeps it in the transaction');
});

test('quitting and suspending wait for an answer, which is said', () => {
  for (const key of ['<ctrl+q>', '<ctrl+z>']) {
    const { model, effects } = press(rehearsing(), key);
    expect(effects).toEqual([]);
    expect(model.rehearsal?.note).toMatch(/Esc rolls it back/);
  }
});

describe('columns', () => {
  const names = (model: Model) => model.rehearsal?.grid?.columns.map(({ name }) => name);

  test('the key and what changes, or all of them', () => {
    expect(names(rehearsing())).toEqual(['id', 'c']);
    expect(names(press(rehearsing(), 'a').model)).toEqual(['id', 'name', 'c']);
    expect(names(press(rehearsing(), 'aa').model)).toEqual(['id', 'c']);
  });

  test('all where rows come or go, or nothing tells rows apart', () => {
    const gone = ['DELETE', '4', 'd', 'x', null, null, null];
    expect(names(rehearsing({ rows: pairRows(['id', 'name', 'c'], [gone]) }))).toEqual(['id', 'name', 'c']);
    expect(names(rehearsing({ rows: pairRows(['id', 'name', 'c'], [['UPDATE', '1', 'a', 'b', '1', 'a', 'c']], []) }))).toEqual([
      'id',
      'name',
      'c',
    ]);
  });

  test('the arrows move within the rows', () => {
    const row = (keys: string) => press(rehearsing(), keys).model.rehearsal?.grid?.cursor;
    expect(row('<down><down><down><down>')).toEqual({ row: 2, column: 0 });
    expect(row('<down><up><up><right><right>')).toEqual({ row: 0, column: 1 });
    expect(row('G')).toEqual({ row: 2, column: 0 });
    expect(row('x<down><down><down>')).toEqual({ row: 1, column: 1 });
    expect(row('x<down><down><up>')).toEqual({ row: 0, column: 1 });
  });
});

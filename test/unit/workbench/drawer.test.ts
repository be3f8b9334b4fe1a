import { expect, test } from 'vitest';
import type { TransactionRecord } from '../../../src/engine/transaction/record.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { recordOf, type Told, tell } from '../../support/transaction-facts.ts';
import { type Outcome, openModel, press, send } from './model-builder.ts';

const begin: Told = ['begin', 'BEGIN', 'transaction'];
const savepoint = (name: string): Told => [`savepoint ${name}`, 'SAVEPOINT', 'transaction'];
const insert: Told = ['insert into t values (1)', 'INSERT 0 1', 'transaction'];
const fault: Told = ['select 1/0', '!22012', 'failed'];

function drawer(record: TransactionRecord): Model {
  const told = send(openModel(), { type: 'recorded', record, automatic: 'off', now: 0 }).model;
  return press(told, '<f4>').model;
}

function sent({ effects }: Outcome): readonly string[] {
  return effects.flatMap((effect) => (effect.type === 'run' ? [effect.submission.text] : []));
}

function said({ model }: Outcome): string {
  return model.panel?.type === 'transaction' ? (model.panel.undoing?.text ?? model.panel.note) : '';
}

test.each<[string, readonly Told[], string, readonly string[]]>([
  ['commit', [begin, insert], 'c', ['COMMIT;']],
  ['roll back at once where nothing was done', [begin], 'r', ['ROLLBACK;']],
  ['roll back after the question', [begin, insert], 'r<enter>', ['ROLLBACK;']],
  ['roll back by the key twice', [begin, insert], 'rr', ['ROLLBACK;']],
  ['back to the newest', [begin, savepoint('a'), insert, savepoint('b')], 'bb', ['ROLLBACK TO SAVEPOINT "b";']],
  ['back to the marked', [begin, savepoint('a'), insert, savepoint('b')], '<up>b<enter>', ['ROLLBACK TO SAVEPOINT "a";']],
  ['the mark stops at the ends', [begin, savepoint('a'), savepoint('b')], '<up><up><up><down><down>bb', ['ROLLBACK TO SAVEPOINT "b";']],
  ['back after an error', [begin, savepoint('a'), fault], 'bb', ['ROLLBACK TO SAVEPOINT "a";']],
  ['a name to be quoted', [begin, savepoint('"A b"')], 'bb', ['ROLLBACK TO SAVEPOINT "A b";']],
  ['undo last', [begin, savepoint('howdah_auto_1'), insert], 'u', ['ROLLBACK TO SAVEPOINT "howdah_auto_1";']],
  ['release', [begin, savepoint('a')], 'x', ['RELEASE SAVEPOINT "a";']],
  ['nothing by itself to prepare: the name is asked', [begin, insert], 'p', []],
  ['the automatic savepoints', [begin], 'a', ['\\set HOWDAH_SAVEPOINTS last']],
  ['nothing by Esc', [begin, insert], 'r<escape>', []],
  ['nothing by another key after the question', [begin, insert, savepoint('a')], 'rs', []],
  ['nothing while something runs', [begin, insert], 'cc', ['COMMIT;']],
])('%s', (_, told, keys, expected) => {
  expect(sent(press(drawer(recordOf(...told)), keys))).toEqual(expected);
});

test.each<[string, readonly Told[], string, string]>([
  [
    'what back undoes',
    [begin, savepoint('a'), insert, insert],
    'b',
    'Back to a: undoes 2 statements, 2 rows. b or Enter does it, Esc not.',
  ],
  ['what rolling back undoes', [begin, insert], 'r', 'Roll back everything: undoes 1 statement, 1 row. r or Enter does it, Esc not.'],
  ['no savepoint', [begin, insert], 'b', 'There is no savepoint to go back to; r rolls everything back.'],
  ['no savepoint to release', [begin], 'x', 'There is no savepoint to release.'],
  ['a hidden one', [begin, savepoint('a'), savepoint('a')], '<up>x', 'A newer savepoint of the same name hides a: release that first.'],
  [
    'COMMIT of a failed one',
    [begin, fault],
    'c',
    'It has failed: COMMIT would roll everything back. r does that; b goes back to a savepoint.',
  ],
  ['a savepoint in a failed one', [begin, fault], 's', 'It has failed: b goes back to a savepoint, r rolls back.'],
  ['PREPARE of a failed one', [begin, fault], 'p', 'It has failed: PREPARE TRANSACTION would roll everything back.'],
  ['none open', [], 'c', 'No transaction is open; n begins one.'],
  ['one open already', [begin], 'n', 'A transaction is open already.'],
])('says %s', (_, told, keys, expected) => {
  const outcome = press(drawer(recordOf(...told)), keys);
  expect(said(outcome)).toBe(expected);
  expect(sent(outcome)).toEqual([]);
});

test('a savepoint and a beginning ask first; their SQL runs when they are answered', () => {
  const asked = press(drawer(recordOf(begin)), 's');
  expect(asked.effects).toEqual([{ type: 'ask-transaction', what: 'savepoint' }]);
  const named = send(asked.model, { type: 'transaction-action', action: { kind: 'savepoint', name: 'Two words' }, now: 1 });
  expect(sent(named)).toEqual(['SAVEPOINT "Two words";']);
  expect(press(drawer(recordOf()), 'n').effects).toEqual([{ type: 'ask-transaction', what: 'begin' }]);
});

test('the status line counts from BEGIN, anew after AND CHAIN', () => {
  const first = recordOf(begin, insert);
  const chained = tell(first, ['commit and chain', 'COMMIT', 'transaction']);
  const since = (record: TransactionRecord) => {
    const { connection } = send(drawer(first), { type: 'transaction', status: 'transaction', record, now: 9000 }).model;
    return connection.phase === 'open' ? connection.transactionSince : undefined;
  };
  expect([since(first), since(chained)]).toEqual([first.transaction?.since, chained.transaction?.since]);
  expect(since(chained)).toBeGreaterThan(since(first) ?? 0);
});

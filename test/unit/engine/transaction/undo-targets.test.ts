import { expect, test } from 'vitest';
import { advance } from '../../../../src/engine/transaction/record.ts';
import {
  automaticName,
  lastStatementTarget,
  undoTargets,
  whatRollbackToWouldUndo,
} from '../../../../src/engine/transaction/undo-targets.ts';
import { recordOf, type Told, tell } from '../../../support/transaction-facts.ts';

const begin: Told = ['begin', 'BEGIN', 'transaction'];
const update: Told = ['update t set i = 1', 'UPDATE 5', 'transaction'];
const savepoint = (name: string): Told => [`savepoint ${name}`, 'SAVEPOINT', 'transaction'];
const rollBackTo = (name: string): Told => [`rollback to ${name}`, 'ROLLBACK', 'transaction'];

test('targets, newest first', () => {
  const record = recordOf(begin, savepoint('a'), savepoint('howdah_auto_2'), savepoint('a'), savepoint('pg_psql_temporary_savepoint'));
  expect(undoTargets(record)).toEqual([
    { id: 4, name: 'pg_psql_temporary_savepoint', label: 'pg_psql_temporary_savepoint', isAutomatic: true, shadowedBy: 0 },
    { id: 3, name: 'a', label: 'a', isAutomatic: false, shadowedBy: 0 },
    { id: 2, name: 'howdah_auto_2', label: 'auto 2', isAutomatic: true, shadowedBy: 0 },
    { id: 1, name: 'a', label: 'a', isAutomatic: false, shadowedBy: 1 },
  ]);
  expect(undoTargets(advance(record, { type: 'lost', reason: 'gone', at: 9 }))).toEqual([]);
  expect(undoTargets(recordOf())).toEqual([]);
});

test('what a rollback would undo: what stands, each once', () => {
  const record = recordOf(begin, update, savepoint('a'), update, savepoint('b'), update, rollBackTo('b'), update, [
    'selec',
    '!42601',
    'failed',
  ]);
  const [b, a] = undoTargets(record);
  expect(whatRollbackToWouldUndo(record, b?.id)).toEqual({ statements: 1, changedRows: 5 });
  expect(whatRollbackToWouldUndo(record, a?.id)).toEqual({ statements: 2, changedRows: 10 });
  expect(whatRollbackToWouldUndo(record, undefined)).toEqual({ statements: 3, changedRows: 15 });
});

test('what a rollback would undo in a long transaction', () => {
  const many = Array.from({ length: 2500 }, () => update);
  const record = recordOf(begin, ...many, savepoint('a'), ...many);
  expect(whatRollbackToWouldUndo(record, undoTargets(record)[0]?.id)).toEqual({ statements: 2500, changedRows: 12_500 });
  expect(whatRollbackToWouldUndo(record, undefined)).toEqual({ statements: 5000, changedRows: 25_000 });
  const undone = tell(record, rollBackTo('a'), ...many);
  expect(whatRollbackToWouldUndo(undone, undefined)).toEqual({ statements: 5000, changedRows: 25_000 });
});

const auto1 = savepoint('howdah_auto_1');
const auto2 = savepoint('howdah_auto_2');
const lastStatements: readonly (readonly [string, readonly Told[], string | undefined])[] = [
  ['behind an automatic savepoint', [auto1, update], 'howdah_auto_1'],
  ['of several', [auto1, update, auto2, update], 'howdah_auto_2'],
  ['again: the one before it', [auto1, update, auto2, update, rollBackTo('howdah_auto_2')], 'howdah_auto_1'],
  ['a string of two', [auto1, ['delete from t; delete from u', 'DELETE 1, DELETE 2', 'transaction']], 'howdah_auto_1'],
  ['not two of them', [auto1, update, update], undefined],
  ['not without one', [update], undefined],
  ['not past a savepoint of the user', [auto1, update, savepoint('a'), update], undefined],
  ['an error has changed nothing', [auto1, update, auto2, ['selec', '!42601', 'failed']], 'howdah_auto_1'],
];

test.each(lastStatements)('the last statement: %s', (_, told, name) => {
  expect(lastStatementTarget(recordOf(begin, ...told))?.name).toBe(name);
});

test('automatic names are new ones', () => {
  expect(automaticName(recordOf(begin))).toBe('howdah_auto_1');
  expect(automaticName(recordOf(begin, auto2, rollBackTo('howdah_auto_2')))).toBe('howdah_auto_3');
  expect(automaticName(recordOf(begin, auto2, ['release howdah_auto_2', 'RELEASE', 'transaction'], savepoint('howdah_auto_x')))).toBe(
    'howdah_auto_3',
  );
});

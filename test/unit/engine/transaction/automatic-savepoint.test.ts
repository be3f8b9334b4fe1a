import { expect, test } from 'vitest';
import { automaticSavepoint } from '../../../../src/engine/transaction/automatic-savepoint.ts';
import { recordOf, type Told } from '../../../support/transaction-facts.ts';

const begin: Told = ['begin', 'BEGIN', 'transaction'];
const auto1: Told = ['savepoint howdah_auto_1', 'SAVEPOINT', 'transaction'];

test('around a statement', () => {
  expect(automaticSavepoint(recordOf(begin), 'delete from t', 'every')).toEqual({
    name: 'howdah_auto_1',
    before: 'SAVEPOINT "howdah_auto_1"',
    afterSuccess: undefined,
    afterError: 'ROLLBACK TO SAVEPOINT "howdah_auto_1"',
  });
});

test('the one before goes where only the last is kept, and stays under a savepoint of the user', () => {
  const user: Told = ['savepoint a', 'SAVEPOINT', 'transaction'];
  const before = (setting: 'last' | 'every', ...told: readonly Told[]) =>
    automaticSavepoint(recordOf(begin, ...told), 'delete from t', setting)?.before;
  expect(before('last', auto1)).toBe('RELEASE SAVEPOINT "howdah_auto_1"; SAVEPOINT "howdah_auto_2"');
  expect(before('every', auto1)).toBe('SAVEPOINT "howdah_auto_2"');
  expect(before('last', auto1, user)).toBe('SAVEPOINT "howdah_auto_2"');
  expect(before('last', user)).toBe('SAVEPOINT "howdah_auto_1"');
});

test.each(['show search_path', 'set search_path = x', 'reset all', 'show a; set b = c'])(
  'gone at once where it could be in the way: %s',
  (sql) => {
    expect(automaticSavepoint(recordOf(begin, auto1), sql, 'last')).toEqual({
      name: 'howdah_auto_2',
      before: 'SAVEPOINT "howdah_auto_2"',
      afterSuccess: 'RELEASE SAVEPOINT "howdah_auto_2"',
      afterError: 'ROLLBACK TO SAVEPOINT "howdah_auto_2"; RELEASE SAVEPOINT "howdah_auto_2"',
    });
  },
);

test.each([
  '',
  ' ; -- nothing',
  'commit',
  'savepoint a',
  'release a',
  'rollback to a',
  'insert into t values (1); commit',
  `select ';'; end`,
  'begin',
  `prepare transaction 'x'`,
  'set transaction read only',
  'set local transaction isolation level serializable',
  'set transaction_isolation = serializable',
  'vacuum t',
  'create database d',
  'create index concurrently on t (i)',
  'alter system set work_mem = 1000',
])('none for: %s', (sql) => {
  expect(automaticSavepoint(recordOf(begin), sql, 'every')).toBeUndefined();
});

test('none outside a transaction, in a failed one, or unasked', () => {
  expect(automaticSavepoint(recordOf(), 'select 1', 'every')).toBeUndefined();
  expect(automaticSavepoint(recordOf(begin, ['selec', '!42601', 'failed']), 'select 1', 'every')).toBeUndefined();
  expect(automaticSavepoint(recordOf(begin), 'select 1', 'off')).toBeUndefined();
});

test.each(['copy t from stdin', 'prepare p as select 1', `select 'commit'`, 'lock table t', 'call p()'])('one for: %s', (sql) => {
  expect(automaticSavepoint(recordOf(begin), sql, 'every')).toBeDefined();
});

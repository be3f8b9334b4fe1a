import { expect, test } from 'vitest';
import { cannotRunInTransaction, isSelectCommand, leadingKeywords, transactionKeyword } from '../../../src/sql/classify.ts';
import { standingAlone, startingTransaction } from '../../integration/oracle/statements.ts';

test.each<[string, string[]]>([
  ['select 1', ['select']],
  ['  -- x\n/* a /* b */ c */ Create /**/ UNIQUE index', ['create', 'unique', 'index']],
  ['begin1', ['begin']],
  ['/* open', []],
  ['1', []],
  ['', []],
  ['a b c d e', ['a', 'b', 'c', 'd']],
])('the words of %j', (sql, words) => {
  expect(leadingKeywords(sql)).toEqual(words);
});

test.each(standingAlone)('no BEGIN goes before %j', (sql) => {
  expect(cannotRunInTransaction(sql)).toBe(true);
});

test.each(startingTransaction)('a BEGIN goes before %j', (sql) => {
  expect(cannotRunInTransaction(sql)).toBe(false);
});

test.each<[string, ReturnType<typeof transactionKeyword>]>([
  ['begin isolation level serializable', 'begin'],
  ['START TRANSACTION READ ONLY', 'begin'],
  ['start x', undefined],
  ['commit and chain', 'commit'],
  ['END WORK', 'commit'],
  ["commit prepared 'x'", undefined],
  ['abort', 'rollback'],
  ['rollback', 'rollback'],
  ['rollback work', 'rollback'],
  ["rollback prepared 'x'", undefined],
  ['rollback to s', 'rollback-to'],
  ['rollback transaction to savepoint s', 'rollback-to'],
  ['savepoint s', 'savepoint'],
  ['release s', 'release'],
  ["prepare transaction 'x'", 'prepare'],
  ['prepare p as select 1', undefined],
  ['select 1', undefined],
])('%j is %s', (sql, keyword) => {
  expect(transactionKeyword(sql)).toBe(keyword);
});

test.each<[string, boolean]>([
  ['select 1', true],
  ['/* x */ ( ((SELECT 1))', true],
  ['values (1)', true],
  ['with x as (select 1) select 1', false],
  ['table x', false],
  ['selectx', false],
])('%j can be read by a cursor: %s', (sql, expected) => {
  expect(isSelectCommand(sql)).toBe(expected);
});

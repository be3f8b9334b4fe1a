import { expect, test } from 'vitest';
import { sqlFor, type TransactionAction } from '../../../../src/engine/transaction/action-sql.ts';

const actions: readonly (readonly [TransactionAction, string])[] = [
  [{ kind: 'begin' }, 'BEGIN'],
  [{ kind: 'begin', modes: { isolation: 'repeatable read' } }, 'BEGIN ISOLATION LEVEL REPEATABLE READ'],
  [
    { kind: 'begin', modes: { isolation: 'serializable', isReadOnly: true, isDeferrable: true } },
    'BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE',
  ],
  [{ kind: 'begin', modes: { isReadOnly: false, isDeferrable: false } }, 'BEGIN READ WRITE, NOT DEFERRABLE'],
  [{ kind: 'savepoint', name: 'Say "hi"; drop table t' }, 'SAVEPOINT "Say ""hi""; drop table t"'],
  [{ kind: 'release', name: 'savepoint' }, 'RELEASE SAVEPOINT "savepoint"'],
  [{ kind: 'rollback-to', name: 'a' }, 'ROLLBACK TO SAVEPOINT "a"'],
  [{ kind: 'rollback-to', name: 'a', shadowedBy: 1 }, 'ROLLBACK TO SAVEPOINT "a"; RELEASE SAVEPOINT "a"; ROLLBACK TO SAVEPOINT "a"'],
  [{ kind: 'commit' }, 'COMMIT'],
  [{ kind: 'rollback' }, 'ROLLBACK'],
  [{ kind: 'prepare', id: `it's` }, `PREPARE TRANSACTION 'it''s'`],
  [{ kind: 'prepare', id: '\\' }, String.raw`PREPARE TRANSACTION E'\\'`],
];

test.each(actions)('%j', (action, sql) => {
  expect(sqlFor(action)).toBe(sql);
});

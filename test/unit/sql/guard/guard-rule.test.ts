import { describe, expect, test } from 'vitest';
import { assess } from '../../../../src/sql/guard/assess.ts';
import { guardQuestion } from '../../../../src/sql/guard/guard-question.ts';
import { type GuardScene, isTakenBack } from '../../../../src/sql/guard/guard-rule.ts';

const alone: GuardScene = { environment: 'development', isInTransaction: false, hasAutomaticSavepoints: false };
const inTransaction: GuardScene = { ...alone, isInTransaction: true };

function isAsked(sql: string, scene: GuardScene): boolean {
  const assessment = assess(sql);
  return guardQuestion(assessment, { environment: scene.environment, isTakenBack: isTakenBack(assessment, scene) }) !== undefined;
}

describe('nobody is asked where nothing can be lost', () => {
  test.each<[string, GuardScene, boolean]>([
    ['delete from orders', alone, true],
    ['delete from orders', inTransaction, false],
    ['drop table orders', inTransaction, false],
    ['savepoint s; delete from orders', inTransaction, false],
    ['delete from orders; commit', inTransaction, true],
    ['rollback; delete from orders', inTransaction, true],
    ["copy orders to program 'cat'", inTransaction, true],
    ['delete from orders', { ...inTransaction, environment: 'staging' }, true],
    ['delete from orders', { ...inTransaction, environment: 'staging', hasAutomaticSavepoints: true }, false],
    ['delete from orders', { ...alone, environment: 'staging', hasAutomaticSavepoints: true }, true],
    ['delete from orders', { ...inTransaction, environment: 'production', hasAutomaticSavepoints: true }, true],
    ['delete from orders where id = 1', { ...alone, environment: 'production' }, false],
  ])('%s %o', (sql, scene, asked) => {
    expect(isAsked(sql, scene)).toBe(asked);
  });
});

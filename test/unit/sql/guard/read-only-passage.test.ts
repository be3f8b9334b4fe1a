import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PassageFacts, readOnlyPassage } from '../../../../src/sql/guard/read-only-passage.ts';

const idle: PassageFacts = { isInTransaction: false };
const inside: PassageFacts = { isInTransaction: true };

describe('readOnlyPassage', () => {
  test.each([
    ['set search_path = x', 'bare', 'walled'],
    ['reset all', 'bare', 'walled'],
    ['set local work_mem = 1', 'bare', 'walled'],
    ['set role a', 'bare', 'walled'],
    ['set transaction isolation level serializable', 'bare', 'modes'],
    ['show work_mem', 'walled', 'modes'],
    ['show work_mem; show timezone', 'walled', 'modes'],
    ['listen a', 'bare', 'walled'],
    ['unlisten *', 'bare', 'walled'],
    ['savepoint a', 'bare', 'walled'],
    ['rollback to a', 'bare', 'walled'],
    ['commit', 'bare', 'end'],
    ['abort', 'bare', 'end'],
    ['begin', 'begin', 'begin'],
    ['select 1', 'walled', 'walled'],
    ['delete from a', 'walled', 'walled'],
    ['select 1; delete from a', 'walled', 'walled'],
    ['-- nothing', 'bare', 'bare'],
    ['set work_mem = 1; select 1', 'refused', 'walled'],
    ['select 1; listen a', 'refused', 'walled'],
    ["select set_config('work_mem', '1', false)", 'refused', 'walled'],
    ["select set_config('work' || '_mem', '1', false)", 'refused', 'walled'],
    ["select set_config('work_mem', '1', true)", 'walled', 'walled'],
    ['declare c cursor with hold for select 1', 'refused', 'walled'],
    ['select 1; commit', 'refused', 'refused'],
    ['begin; select 1', 'refused', 'refused'],
    ['begin read write', 'refused', 'refused'],
    ['set transaction read write', 'refused', 'refused'],
    ['set transaction_read_only = off', 'refused', 'refused'],
    ['set default_transaction_read_only = off', 'refused', 'refused'],
    ['set session characteristics as transaction read only', 'refused', 'refused'],
    ["prepare transaction 'a'", 'refused', 'refused'],
    ["commit prepared 'a'", 'refused', 'refused'],
    ['vacuum', 'refused', 'refused'],
    ['select 1;\vcommit', 'refused', 'refused'],
  ] as const)('%s: %s outside a transaction, %s in one', (sql, outside, within) => {
    expect(readOnlyPassage(sql, idle).type).toBe(outside);
    expect(readOnlyPassage(sql, inside).type).toBe(within);
  });

  test.each([
    ['begin', 'begin READ ONLY'],
    ['BEGIN /* now */ WORK;', 'BEGIN WORK READ ONLY'],
    ['start transaction', 'start transaction READ ONLY'],
    ['begin isolation level serializable, deferrable', 'begin isolation level serializable , deferrable, READ ONLY'],
    ['begin transaction read only', 'begin transaction read only, READ ONLY'],
  ])('%s becomes %s', (sql, sent) => {
    expect(readOnlyPassage(sql, idle)).toEqual({ type: 'begin', sql: sent });
  });

  test.each([
    ['commit', 'ROLLBACK', true],
    ['end work', 'ROLLBACK', true],
    ['rollback', 'ROLLBACK', false],
    ['commit and chain', 'ROLLBACK AND CHAIN', true],
    ['rollback and no chain', 'ROLLBACK', false],
  ])('%s is sent as %s', (sql, sent, isCommit) => {
    expect(readOnlyPassage(sql, inside)).toEqual({ type: 'end', sql: sent, isCommit });
  });

  test('text is refused where the server may find other quotes in it', () => {
    expect(readOnlyPassage("select 'é'", { ...idle, clientEncoding: 'SJIS' }).type).toBe('refused');
    expect(readOnlyPassage("select 'e'", { ...idle, clientEncoding: 'SJIS' }).type).toBe('walled');
    expect(readOnlyPassage("select 'é'", { ...idle, clientEncoding: 'UTF8' }).type).toBe('walled');
  });

  test('every refusal is one sentence', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(idle, inside), (sql, facts) => {
        const passage = readOnlyPassage(`${sql}; commit`, facts);
        if (passage.type === 'refused') expect(passage.why).toMatch(/^This session is read-only: [^\n]*\.$/);
      }),
    );
  });
});

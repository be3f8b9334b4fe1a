import { expect, test } from 'vitest';
import type { CommitEvidence } from '../../../src/engine/transaction/commit-outcome.ts';
import { inDoubt } from '../../../src/engine/transaction/loss.ts';
import type { TransactionFact } from '../../../src/engine/transaction/record.ts';
import { lossLines, outcomeLines } from '../../../src/workbench/loss-lines.ts';
import { advanceAll, recordOf, tell } from '../../support/transaction-facts.ts';

const lost = { type: 'lost', reason: 'gone', at: 9000 } as const;
const open = () => recordOf(['begin', 'BEGIN', 'transaction'], ['update a\nset i = 1', 'UPDATE 1200', 'transaction']);

test('the statements of the lost transaction, their first lines and rows', () => {
  expect(lossLines(advanceAll(open(), [lost]))).toEqual(['Statements of the lost transaction:', '  update a (1,200 rows)']);
});

const evidence: CommitEvidence = { xid: '75', readyAt: 2500, versionNumber: 180_004, server: { startedAt: '1', processIds: [] } };
const sent = (sql: string) => ({ type: 'sent', sql, at: 8000 }) as const;
const noted = (changes: Partial<CommitEvidence> = {}) => ({ type: 'noted', evidence: { ...evidence, ...changes } }) as const;
const cutIn = (sql: string, ...facts: readonly TransactionFact[]) => advanceAll(open(), [noted(), sent(sql), ...facts, lost]);

test('a COMMIT on its way: what it was, and what became of it', () => {
  const record = cutIn('commit');
  expect(lossLines(record)).toEqual(['Statements of its transaction:', '  update a (1,200 rows)', 'Sent, and never answered: commit']);
  expect(outcomeLines(record, 'looking')).toEqual(['Whether it was committed is being looked up …']);
  expect(outcomeLines(record, { kind: 'committed', standbys: false })).toEqual([
    'COMMIT was carried out: the server says that the transaction is committed.',
  ]);
  expect(outcomeLines(record, { kind: 'committed', standbys: true })[1]).toMatch(/standbys may not have it/);
  expect(outcomeLines(record, { kind: 'rolled-back' })[0]).toMatch(/COMMIT was not carried out/);
  expect(outcomeLines(record, { kind: 'in-progress' }).join(' ')).toMatch(/not decided yet.*pg_xact_status\('75'::xid8\);$/);
  expect(outcomeLines(record, { kind: 'unknown', why: 'no-answer' }).join(' ')).toMatch(/no second connection.*by hand.*pg_xact_status/);
  expect(outcomeLines(record, { kind: 'unknown', why: 'other-server' }).join(' ')).toMatch(/started anew.*Look for what/);
  expect(outcomeLines(record, undefined)[0]).toBe('Whether it was committed is not known.');
});

test('PREPARE TRANSACTION on its way', () => {
  const record = cutIn("prepare transaction 'x'");
  expect(outcomeLines(record, { kind: 'prepared', id: 'x' })).toEqual([
    "The transaction is prepared as 'x': COMMIT PREPARED or ROLLBACK PREPARED ends it.",
  ]);
  expect(outcomeLines(record, { kind: 'committed', standbys: false })[0]).toMatch(/has been committed since/);
  expect(outcomeLines(record, { kind: 'rolled-back' })[0]).toMatch(/PREPARE TRANSACTION was not carried out/);
});

test('a statement on its own: nobody can know', () => {
  const record = advanceAll(recordOf(), [sent('delete from a'), lost]);
  expect(outcomeLines(record, undefined)).toEqual(['Whether it took effect is not known: look before you run it again.']);
});

test('what the evidence is about, and what not', () => {
  const tag = (name: string): TransactionFact => ({ type: 'complete', tag: name, milliseconds: 1 });
  expect(inDoubt(cutIn('commit'))).toMatchObject({ what: 'transaction', evidence, hasMore: false });
  expect(inDoubt(cutIn('insert into a values (1); end'))).toMatchObject({ what: 'transaction', evidence, hasMore: false });
  expect(inDoubt(cutIn('commit; delete from a'))).toMatchObject({ what: 'transaction', evidence, hasMore: true });
  expect(inDoubt(cutIn('commit and chain'))).toMatchObject({ what: 'transaction', evidence });
  // Another transaction than the one that was noted.
  expect(inDoubt(cutIn('rollback; begin; delete from a; commit'))).toMatchObject({ what: 'statement', evidence: undefined });
  expect(inDoubt(cutIn('commit and chain; delete from a; commit', tag('COMMIT'), tag('DELETE 1')))).toMatchObject({ evidence: undefined });
  expect(inDoubt(cutIn('rollback'))).toBeUndefined();
  // That nothing had been written holds for a COMMIT alone, and right after it was seen.
  const unwritten = (sql: string, readyAt: number) => inDoubt(advanceAll(open(), [noted({ xid: undefined, readyAt }), sent(sql), lost]));
  expect(unwritten('commit', 2500)?.evidence).toMatchObject({ xid: undefined });
  expect(unwritten('commit', 1500)?.evidence).toBeUndefined();
  expect(unwritten('insert into a values (1); commit', 2500)?.evidence).toBeUndefined();
});

test('a COMMIT that was answered before the loss', () => {
  const record = cutIn('commit', { type: 'complete', tag: 'COMMIT', milliseconds: 1 });
  expect([lossLines(record), outcomeLines(record, undefined)]).toEqual([
    [],
    ['COMMIT was answered before that: the transaction is committed.'],
  ]);
});

test('the next transaction has evidence of its own', () => {
  const next = tell(advanceAll(open(), [noted()]), ['commit', 'COMMIT', 'idle'], ['begin', 'BEGIN', 'transaction']);
  expect([open().evidence, advanceAll(open(), [noted()]).evidence, next.evidence]).toEqual([undefined, evidence, undefined]);
});

test('nothing was lost where nothing was open, or the session lives', () => {
  expect(lossLines(advanceAll(recordOf(), [lost]))).toEqual([]);
  expect(lossLines(open())).toEqual([]);
  expect(lossLines(undefined)).toEqual([]);
});

test('of many statements the newest', () => {
  const many = Array.from({ length: 9 }, (_, index) => [`select ${index}`, 'SELECT 1', 'transaction'] as const);
  const lines = lossLines(advanceAll(recordOf(['begin', 'BEGIN', 'transaction'], ...many), [lost]));
  expect(lines[1]).toBe('  3 earlier ones; F4 lists them');
  expect(lines.slice(2)).toEqual([3, 4, 5, 6, 7, 8].map((index) => `  select ${index}`));
});

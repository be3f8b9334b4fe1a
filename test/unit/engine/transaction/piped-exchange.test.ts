import { expect, test } from 'vitest';
import { describeLoss } from '../../../../src/engine/transaction/loss.ts';
import { advance, newRecord, type TransactionFact } from '../../../../src/engine/transaction/record.ts';
import type { TransactionStatus } from '../../../../src/result/server-event.ts';
import { advanceAll, recordOf, timelineOf } from '../../../support/transaction-facts.ts';

/** A request or `sync`, as a pipeline sends them; `-` before a Parse or Close alone. */
const piped = (...texts: readonly string[]): readonly TransactionFact[] =>
  texts.map((text) => {
    const piece = text === 'sync' ? 'sync' : { sql: text.replace(/^-/, ''), isExecuted: !text.startsWith('-'), hasParameters: false };
    return { type: 'piped', piece, at: 1000 };
  });

/** Command tags, `!23514` for an error, `parsed`, `empty`, or a status. */
const answers = (...texts: readonly string[]): readonly TransactionFact[] =>
  texts.map((text) => {
    if (text === 'idle' || text === 'transaction' || text === 'failed')
      return { type: 'ready', status: text as TransactionStatus, at: 2000 };
    if (text === 'parsed' || text === 'empty') return { type: 'done', isExecuted: text === 'empty', milliseconds: 1 };
    if (text.startsWith('!')) return { type: 'error', error: { code: text.slice(1), message: 'no' }, milliseconds: 1 };
    return { type: 'complete', tag: text, milliseconds: 1 };
  });

const lost: TransactionFact = { type: 'lost', reason: 'gone', at: 99_000 };

test('the state is that of the last Sync, and only of that', () => {
  const sent = advanceAll(newRecord('idle'), [...piped('begin', 'insert into t values (1)'), ...answers('BEGIN', 'INSERT 0 1')]);
  expect([sent.state, sent.transaction]).toEqual(['idle', undefined]);
  const synced = advanceAll(sent, [...piped('sync'), ...answers('transaction')]);
  expect(synced.state).toBe('transaction');
  expect(timelineOf(synced)).toEqual(['begin', 'insert into t values (1) INSERT 0 1']);
});

test('BEGIN takes in what its stretch did before', () => {
  const record = advanceAll(newRecord('idle'), [
    ...piped('insert into t values (1)', 'begin', 'savepoint a', 'sync'),
    ...answers('INSERT 0 1', 'BEGIN', 'SAVEPOINT', 'transaction'),
  ]);
  expect(timelineOf(record)).toEqual(['begin', 'insert into t values (1) INSERT 0 1', 'savepoint a']);
});

test('stretches that are sent ahead are settled one by one', () => {
  const sent = advanceAll(newRecord('idle'), piped('begin', 'sync', 'delete from t', 'sync', 'commit', 'sync'));
  const second = advanceAll(sent, answers('BEGIN', 'transaction', 'DELETE 2', 'transaction'));
  expect(timelineOf(second)).toEqual(['begin', 'delete from t DELETE 2']);
  const third = advanceAll(second, answers('COMMIT', 'idle'));
  expect([third.state, third.ended?.outcome, third.exchange, third.following]).toEqual(['idle', 'committed', undefined, []]);
});

test('Parse and Close alone, and nothing at all, are answered without a tag', () => {
  const record = advanceAll(recordOf(['begin', 'BEGIN', 'transaction']), [
    ...piped('-select $1', '\\bind_named s', ';', '-\\close_prepared s', 'select 2', 'sync'),
    // ParseComplete comes for each statement that is parsed and run at once too.
    ...answers('parsed', 'SELECT 1', 'parsed', 'empty'),
    { type: 'done', isExecuted: false, milliseconds: 1 },
    ...answers('parsed', 'SELECT 1', 'transaction'),
  ]);
  expect(timelineOf(record).slice(1)).toEqual(['\\bind_named s SELECT 1', 'select 2 SELECT 1']);
});

test('an error is that of the request whose turn it was', () => {
  const record = advanceAll(recordOf(['begin', 'BEGIN', 'transaction']), [
    ...piped('select 1', '-selec', 'select 2', 'sync'),
    ...answers('SELECT 1', '!42601', 'failed'),
  ]);
  expect(timelineOf(record).slice(1)).toEqual(['select 1 SELECT 1', 'selec !42601']);
  expect(record.transaction?.entries.at(-1)).toMatchObject({ skipped: 1 });
});

test('a prepared statement that turns out to control the transaction is unknown', () => {
  const record = advanceAll(recordOf(['begin', 'BEGIN', 'transaction']), [
    ...piped('\\bind_named point', 'sync'),
    ...answers('SAVEPOINT', 'transaction'),
  ]);
  expect(timelineOf(record).at(-1)).toMatch(/^unknown: /);
  expect(record.transaction?.savepoints).toEqual([]);
});

const losses: readonly (readonly [what: string, facts: readonly TransactionFact[], unanswered: readonly string[], outcome: string])[] = [
  ['answered, but no Sync was', [...piped('delete from t', 'sync'), ...answers('DELETE 1')], ['delete from t'], 'unknown'],
  [
    'two stretches ahead',
    [...piped('delete from t', 'sync', 'delete from u', 'sync'), ...answers('DELETE 1', 'idle')],
    ['delete from u'],
    'unknown',
  ],
  [
    'behind a COMMIT',
    [...piped('begin', 'commit', 'delete from t'), ...answers('BEGIN', 'COMMIT', 'DELETE 1')],
    ['delete from t'],
    'unknown',
  ],
  ['in a block', [...piped('begin', 'delete from t'), ...answers('BEGIN')], ['delete from t'], 'rolled-back'],
];

test.each(losses)('lost: %s', (_, facts, unanswered, outcome) => {
  const report = describeLoss(advance(advanceAll(newRecord('idle'), facts), lost));
  expect(report).toMatchObject({ unanswered, outcome });
});

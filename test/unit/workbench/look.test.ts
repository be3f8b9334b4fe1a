import { expect, test } from 'vitest';
import type { OtherSession, SessionActivity } from '../../../src/catalog/session-activity.ts';
import { transactionQueries } from '../../../src/engine/show-transaction.ts';
import type { TransactionRecord } from '../../../src/engine/transaction/record.ts';
import { untrusted } from '../../../src/text/untrusted.ts';
import { currentLook, lookedAt, otherText } from '../../../src/workbench/look.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { recordOf } from '../../support/transaction-facts.ts';
import { openModel, press, send } from './model-builder.ts';

const other = (processId: string, query = 'select 1'): OtherSession => ({
  processId,
  user: untrusted('alice'),
  query: untrusted(query),
  state: untrusted('active'),
  milliseconds: 12_000,
});

const nothing: SessionActivity = { xid: undefined, locks: [], waiters: [], holders: [], waited: undefined };

function look(model: Model, changes: Partial<SessionActivity>, of = lookedAt(model)): Model {
  if (of === undefined) throw new Error('nothing to look at');
  return send(model, { type: 'looked', look: { activity: { ...nothing, ...changes }, at: 5000, of, sql: [] } }).model;
}

const record = recordOf(['begin', 'BEGIN', 'transaction'], ['update t set i = 1', 'UPDATE 1', 'transaction']);
const open = (): Model => send(openModel(), { type: 'recorded', record, automatic: 'off', now: 4000 }).model;
const messages = (model: Model): readonly string[] => model.log.entries.map(({ text }) => text);

test('a look is good for the transaction it was of, and no other', () => {
  const seen = look(open(), { xid: '7' });
  expect(currentLook(seen)?.activity.xid).toBe('7');
  const over = send(seen, { type: 'recorded', record: recordOf(), automatic: 'off', now: 6000 }).model;
  expect(currentLook(over)).toBeUndefined();
  const late = look(over, { xid: '7' }, { transaction: record.transaction?.since ?? 0 });
  expect(late.outside.look?.at).toBe(5000);
  expect(currentLook(late)).toBeUndefined();
});

test('a statement outside of a transaction is looked at by its beginning', () => {
  const running = press(openModel(), 'select 1;<enter>').model;
  expect(lookedAt(running)).toEqual({ run: 0 });
  expect(lookedAt(openModel())).toBeUndefined();
});

test('each that comes to wait is told once', () => {
  const first = look(open(), { waiters: [other('4711', 'update  t\n set i = 2')] });
  const second = look(first, { waiters: [other('4711', 'update t set i = 2'), other('4712')] });
  expect(messages(look(second, { waiters: [other('4712')] }))).toEqual([
    'Waits for this transaction: 4711 (alice): update t set i = 2',
    'Waits for this transaction: 4712 (alice): select 1',
  ]);
});

test('what is told of another session', () => {
  expect(otherText({ ...other('1'), query: undefined })).toBe('1 (alice): what it runs is not ours to see');
  expect(otherText(other('0'))).toBe('a prepared transaction');
  const asked = { ...other('1', transactionQueries.join('; ')), state: untrusted('idle in transaction') };
  expect(otherText(asked)).toBe('1 (alice): idle in transaction');
});

test('why there is no look takes its place', () => {
  const refused = send(look(open(), { xid: '7' }), { type: 'look-refused', why: 'no' }).model;
  expect([currentLook(refused), refused.outside.refusal]).toEqual([undefined, 'no']);
  expect(look(refused, {}).outside.refusal).toBeUndefined();
});

test('why there was no look is over with the state it was of', () => {
  const refused = send(open(), { type: 'look-refused', why: 'no' }).model;
  const again = (of: TransactionRecord) => send(refused, { type: 'recorded', record: of, automatic: 'off', now: 6000 }).model;
  expect(again(record).outside.refusal).toBe('no');
  expect(again(recordOf()).outside.refusal).toBeUndefined();
});

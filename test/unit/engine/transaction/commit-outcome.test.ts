import { expect, test } from 'vitest';
import {
  type CommitEvidence,
  commitOutcome,
  lookUpSql,
  noteCommit,
  type RowsQuery,
} from '../../../../src/engine/transaction/commit-outcome.ts';

const answers =
  (...row: readonly (string | null)[]): RowsQuery =>
  () =>
    Promise.resolve([row]);
const fails: RowsQuery = () => Promise.resolve(undefined);

const own = () => ({ processId: 7, lastSql: 'insert into t values (1);', readyAt: Date.now() - 2000, versionNumber: 180_004 });
const idle = 'idle in transaction';

/** What pg_stat_activity says of the session. */
function seen(changed: Partial<Record<'state' | 'query' | 'idle' | 'xid' | 'next' | 'started', string | null>> = {}): RowsQuery {
  const { state, query, idle: seconds, xid, next, started } = changed;
  const or = (value: string | null | undefined, usual: string) => (value === undefined ? usual : value);
  return answers(
    or(state, idle),
    or(query, 'insert into t values (1);'),
    or(seconds, '2.01'),
    or(xid, '4'),
    or(next, '4294967301'),
    or(started, '17.25'),
    '10 11',
  );
}

test('what is noted: the id with its epoch, and the run of the server', async () => {
  expect(await noteCommit(seen(), own())).toMatchObject({ xid: '4294967300', server: { startedAt: '17.25', processIds: ['10', '11'] } });
  expect(await noteCommit(seen({ xid: null }), own())).toMatchObject({ xid: undefined });
});

test.each([
  ['4', '4294967301', '4294967300'],
  ['4294967290', '4294967301', '4294967290'],
  ['5', '4294967290', '4294967301'],
  ['754', '754', '754'],
  ['3', '3', '3'],
])('id %s where the next one is %s', async (xid, next, full) => {
  expect((await noteCommit(seen({ xid, next }), own()))?.xid).toBe(full);
});

test.each([
  ['nobody has that process id', () => Promise.resolve([])],
  ['no second connection', fails],
  ['it runs something', seen({ state: 'active' })],
  ['another statement was its last: behind a pooler it is somebody else', seen({ query: 'insert into t values (2);' })],
  ['the start of a statement, too short to tell', seen({ query: 'insert' })],
  ['idle for much longer', seen({ idle: '60' })],
  ['no right to see it', seen({ state: null, query: '<insufficient privilege>', idle: null, xid: null })],
  ['an id that is none', seen({ xid: "1'); drop table t; --" })],
  ['no snapshot', seen({ next: null })],
  ['no start', seen({ started: null })],
])('nothing is noted: %s', async (_, query) => {
  expect(await noteCommit(query, own())).toBeUndefined();
});

test('a long statement is known by its start', async () => {
  const long = `insert into t values (${'1'.repeat(2000)});`;
  expect(await noteCommit(seen({ query: long.slice(0, 1023) }), { ...own(), lastSql: long })).toMatchObject({ xid: '4294967300' });
  expect(await noteCommit(seen(), { ...own(), versionNumber: 90_624 })).toBeUndefined();
});

const evidence: CommitEvidence = {
  xid: '4294967300',
  readyAt: 1,
  versionNumber: 180_004,
  server: { startedAt: '17.25', processIds: ['10', '11'] },
};

test.each([
  ['committed', answers('committed', null, '', '17.25', '10 11'), { kind: 'committed', standbys: false }],
  ['committed, with synchronous standbys', answers('committed', null, '*', '17.25', '10 11'), { kind: 'committed', standbys: true }],
  ['aborted', answers('aborted', null, '', '17.25', '10 12'), { kind: 'rolled-back' }],
  ['in progress', answers('in progress', null, '', '17.25', '11'), { kind: 'in-progress' }],
  ['prepared', answers('in progress', 'x', '', '17.25', '11'), { kind: 'prepared', id: 'x' }],
  ['forgotten', answers(null, null, '', '17.25', '10 11'), { kind: 'unknown', why: 'forgotten' }],
  [
    'another server, or the same one started again',
    answers('committed', null, '', '17.26', '10'),
    { kind: 'unknown', why: 'other-server' },
  ],
  ['a crash since: the id may be of another', answers('committed', null, '', '17.25', '20 21'), { kind: 'unknown', why: 'other-server' }],
  ['no background process to be seen', answers('committed', null, '', '17.25', null), { kind: 'unknown', why: 'other-server' }],
  ['an id of the future, or no connection', fails, { kind: 'unknown', why: 'no-answer' }],
])('verdict: %s', async (_, query, verdict) => {
  expect(await commitOutcome(evidence, query)).toEqual(verdict);
});

test('where nothing was written nobody is asked', async () => {
  const none: CommitEvidence = { ...evidence, xid: undefined };
  expect(await commitOutcome(none, () => Promise.reject(new Error('asked')))).toEqual({ kind: 'nothing-written' });
  expect(lookUpSql(none)).toBeUndefined();
});

test('each version is asked in its own way', () => {
  expect(lookUpSql(evidence)).toBe("select pg_catalog.pg_xact_status('4294967300'::xid8);");
  expect(lookUpSql({ ...evidence, versionNumber: 120_022 })).toBe('select pg_catalog.txid_status(4294967300);');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, newRecord, type TransactionFact } from '../../../../src/engine/transaction/record.ts';
import { advanceAll, recordOf, type Told, tell, timelineOf } from '../../../support/transaction-facts.ts';

const begin: Told = ['begin', 'BEGIN', 'transaction'];
const a: Told = ['savepoint a', 'SAVEPOINT', 'transaction'];
const b: Told = ['savepoint b', 'SAVEPOINT', 'transaction'];
const insert: Told = ['insert into t values (1)', 'INSERT 0 1', 'transaction'];

const timelines: readonly (readonly [string, readonly Told[], readonly string[]])[] = [
  ['nothing outside a block', [['select 1', 'SELECT 1', 'idle']], []],
  [
    'statements',
    [begin, insert, ['select 2', 'SELECT 1', 'transaction']],
    ['begin', 'insert into t values (1) INSERT 0 1', 'select 2 SELECT 1'],
  ],
  ['an error', [begin, ['select 1/0', '!22012', 'failed']], ['begin', 'select 1/0 !22012']],
  [
    'savepoints nest',
    [begin, a, insert, b, ['select 2', 'SELECT 1', 'transaction']],
    ['begin', 'savepoint a', '  insert into t values (1) INSERT 0 1', '  savepoint b', '    select 2 SELECT 1'],
  ],
  [
    'what is rolled back stays, undone',
    [begin, a, insert, b, ['rollback to a', 'ROLLBACK', 'transaction'], insert],
    [
      'begin',
      'savepoint a',
      '(  insert into t values (1) INSERT 0 1)',
      '(  savepoint b)',
      '  rollback-to a',
      '  insert into t values (1) INSERT 0 1',
    ],
  ],
  [
    'RELEASE takes the inner ones along',
    [begin, a, b, ['release a', 'RELEASE', 'transaction'], insert],
    ['begin', 'savepoint a', '  savepoint b', 'release a', 'insert into t values (1) INSERT 0 1'],
  ],
  [
    'out of a failed transaction',
    [begin, a, ['selec', '!42601', 'failed'], ['rollback to savepoint a', 'ROLLBACK', 'transaction']],
    ['begin', 'savepoint a', '(  selec !42601)', '  rollback-to a'],
  ],
  [
    'a name twice: the newer one is meant',
    [begin, a, insert, a, insert, ['rollback to a', 'ROLLBACK', 'transaction']],
    [
      'begin',
      'savepoint a',
      '  insert into t values (1) INSERT 0 1',
      '  savepoint a',
      '(    insert into t values (1) INSERT 0 1)',
      '    rollback-to a',
    ],
  ],
  [
    'BEGIN takes in what stood before it in the string',
    [['select 1; begin; select 2', 'SELECT 1, BEGIN, SELECT 1', 'transaction']],
    ['begin', 'select 1 SELECT 1', 'select 2 SELECT 1'],
  ],
  [
    'a string that fails half way',
    [begin, ['savepoint a; select 1/0; savepoint b; select 4', 'SAVEPOINT, !22012', 'failed']],
    ['begin', 'savepoint a', '  select 1/0 !22012'],
  ],
  [
    'two transactions in a string',
    [['begin; select 1; commit; begin; select 2', 'BEGIN, SELECT 1, COMMIT, BEGIN, SELECT 1', 'transaction']],
    ['begin', 'select 2 SELECT 1'],
  ],
  ['AND CHAIN', [begin, insert, ['commit and chain', 'COMMIT', 'transaction']], ['begin']],
  ['BEGIN again is a warning', [begin, ['begin', 'BEGIN', 'transaction']], ['begin', 'begin BEGIN']],
  [
    'a savepoint in a literal is none',
    [begin, [`select '; savepoint a;'`, 'SELECT 1', 'transaction']],
    ['begin', `select '; savepoint a;' SELECT 1`],
  ],
  [
    'names as the server reads them',
    [
      begin,
      ['SavePoint "A ""b"""', 'SAVEPOINT', 'transaction'],
      ['savepoint SAVEPOINT', 'SAVEPOINT', 'transaction'],
      ['release savepoint', 'RELEASE', 'transaction'],
    ],
    ['begin', 'savepoint A "b"', '  savepoint savepoint', '  release savepoint'],
  ],
  [
    'names are cut to 63 bytes',
    [begin, [`savepoint "${'é'.repeat(40)}"`, 'SAVEPOINT', 'transaction'], [`rollback to ${'é'.repeat(50)}`, 'ROLLBACK', 'transaction']],
    ['begin', `savepoint ${'é'.repeat(31)}`, `  rollback-to ${'é'.repeat(31)}`],
  ],
];

test.each(timelines)('timeline: %s', (_, told, lines) => {
  expect(timelineOf(recordOf(...told))).toEqual(lines);
});

const doubts: readonly (readonly [string, readonly Told[], readonly string[], readonly string[]])[] = [
  [
    'a name that cannot be read',
    [begin, a, [String.raw`savepoint U&"\0061"`, 'SAVEPOINT', 'transaction'], b],
    ['begin', 'savepoint a', 'unknown: a name could not be read', 'savepoint b'],
    ['b'],
  ],
  [
    'answers that do not fit the text',
    [begin, a, ['select 1', 'SELECT 1, SAVEPOINT', 'transaction'], b],
    ['begin', 'savepoint a', 'unknown: text and answers do not match', 'savepoint b'],
    ['b'],
  ],
  [
    'a savepoint that the record does not have',
    [begin, a, ['rollback to x', 'ROLLBACK', 'transaction'], insert],
    ['begin', 'savepoint a', 'unknown: x was not known', 'rollback-to x', '  insert into t values (1) INSERT 0 1'],
    ['x'],
  ],
  [
    'RELEASE of one that the record does not have',
    [begin, a, ['release x', 'RELEASE', 'transaction']],
    ['begin', 'savepoint a', 'unknown: x was not known', 'release x'],
    [],
  ],
  [
    'a rollback to below the doubt',
    [begin, a, ['select 1', 'SAVEPOINT', 'transaction'], b, insert, ['rollback to a', 'ROLLBACK', 'transaction']],
    [
      'begin',
      'savepoint a',
      'unknown: text and answers do not match',
      '(savepoint b)',
      '(  insert into t values (1) INSERT 0 1)',
      'rollback-to a',
    ],
    ['a'],
  ],
  ['a transaction whose beginning was not seen', [['select 1', 'SELECT 1', 'transaction']], ['unknown: its beginning was not seen'], []],
  [
    'a state that nothing explains',
    [begin, a, ['select 1', 'SELECT 1', 'failed']],
    ['begin', 'savepoint a', '  select 1 SELECT 1', 'unknown: a state without a cause'],
    [],
  ],
];

describe('where it cannot know it says so', () => {
  test.each(doubts)('%s', (_, told, lines, names) => {
    const record = recordOf(...told);
    expect(timelineOf(record)).toEqual(lines);
    expect(record.transaction?.unknownSince).toBe(lines.findIndex((line) => line.startsWith('unknown')));
    expect(record.transaction?.savepoints.map(({ name }) => name)).toEqual(names);
    const [, , status] = told.at(-1) ?? begin;
    expect(record.state).toBe(status);
  });

  test('idle clears everything', () => {
    const record = recordOf(begin, ['select 1', 'SAVEPOINT', 'transaction'], ['commit', 'COMMIT', 'idle'], begin);
    expect(record.transaction).toMatchObject({ savepoints: [], entries: [{ kind: 'begin' }] });
    expect(record.transaction?.unknownSince).toBeUndefined();
  });

  test('an answer nobody read to its end', () => {
    const record = advanceAll(recordOf(begin, a), [{ type: 'sent', sql: 'savepoint b', at: 9 }]);
    const after = advanceAll(record, [
      { type: 'sent', sql: 'select 1', at: 10 },
      { type: 'complete', tag: 'SELECT 1', milliseconds: 1 },
      { type: 'ready', status: 'transaction', at: 11 },
    ]);
    expect(after.transaction?.savepoints).toEqual([]);
    expect(after.transaction?.unknownSince).toBe(2);
  });

  test('a prepared statement that runs by its name moves no savepoint unless its tag says so', () => {
    const record = recordOf(begin, a, ['', 'INSERT 0 2', 'transaction']);
    expect(record.transaction?.savepoints.map(({ name }) => name)).toEqual(['a']);
    expect(tell(record, ['', 'ROLLBACK', 'transaction']).transaction?.unknownSince).toBeDefined();
  });
});

const endings: readonly (readonly [string, readonly Told[], object])[] = [
  ['COMMIT', [['commit', 'COMMIT', 'idle']], { outcome: 'committed' }],
  ['END', [['end work', 'COMMIT', 'idle']], { outcome: 'committed' }],
  ['ROLLBACK', [['abort', 'ROLLBACK', 'idle']], { outcome: 'rolled-back' }],
  [
    'COMMIT of a failed transaction',
    [
      ['selec', '!42601', 'failed'],
      ['commit', 'ROLLBACK', 'idle'],
    ],
    { outcome: 'commit-was-rollback' },
  ],
  ['COMMIT that fails', [['commit', '!40001', 'idle']], { outcome: 'rolled-back', error: { code: '40001' } }],
  ['PREPARE TRANSACTION', [[`prepare transaction 'x'`, 'PREPARE TRANSACTION', 'idle']], { outcome: 'prepared' }],
  ['PREPARE TRANSACTION that fails', [[`prepare transaction 'x'`, '!55000', 'idle']], { outcome: 'rolled-back', error: { code: '55000' } }],
  [
    'PREPARE TRANSACTION of a failed transaction',
    [
      ['selec', '!42601', 'failed'],
      [`prepare transaction 'x'`, 'ROLLBACK', 'idle'],
    ],
    { outcome: 'commit-was-rollback' },
  ],
  ['a chained COMMIT', [['commit and chain', 'COMMIT', 'transaction']], { outcome: 'committed' }],
  ['an end that nothing explains', [['select 1', 'SELECT 1', 'idle']], { outcome: 'unknown' }],
];

test.each(endings)('end: %s', (_, told, ended) => {
  const record = recordOf(begin, insert, ...told);
  expect(record.ended).toMatchObject({ ...ended, since: 1000 });
  expect(record.state).toBe(told.at(-1)?.[2]);
});

const known: readonly (readonly [string, readonly Told[], object])[] = [
  ['nothing by default', [begin], {}],
  [
    'of BEGIN',
    [['begin isolation level serializable, read only deferrable', 'BEGIN', 'transaction']],
    { isolation: { value: 'serializable', at: 1000 }, isReadOnly: { value: true, at: 1000 }, isDeferrable: { value: true, at: 1000 } },
  ],
  [
    'of SET TRANSACTION',
    [begin, ['set transaction isolation level repeatable read, read write, not deferrable', 'SET', 'transaction']],
    { isolation: { value: 'repeatable read', at: 2000 }, isReadOnly: { value: false, at: 2000 }, isDeferrable: { value: false, at: 2000 } },
  ],
  ['refused', [begin, ['set transaction isolation level serializable', '!25001', 'failed']], {}],
  [
    'of a parameter: no longer known',
    [
      ['begin read only', 'BEGIN', 'transaction'],
      ['set transaction_read_only to off', 'SET', 'transaction'],
    ],
    {},
  ],
  [
    'undone with its savepoint',
    [
      ['begin read write', 'BEGIN', 'transaction'],
      a,
      ['set transaction read only', 'SET', 'transaction'],
      ['rollback to a', 'ROLLBACK', 'transaction'],
    ],
    { isReadOnly: { value: false, at: 1000 } },
  ],
  [
    'chained',
    [
      ['begin read only', 'BEGIN', 'transaction'],
      ['commit and chain', 'COMMIT', 'transaction'],
    ],
    { isReadOnly: { value: true, at: 1000 } },
  ],
  ['of the session: not of this transaction', [begin, ['set session characteristics as transaction read only', 'SET', 'transaction']], {}],
];

test.each(known)('characteristics: %s', (_, told, characteristics) => {
  expect(recordOf(...told).transaction?.characteristics).toEqual(characteristics);
});

test('what SHOW answers', () => {
  const record = advance(recordOf(begin), {
    idleTimeout: 300_000,
    type: 'shown',
    at: 7,
    modes: { isolation: 'read committed', isReadOnly: false },
  });
  expect(record.transaction?.characteristics).toEqual({
    isolation: { value: 'read committed', at: 7 },
    isReadOnly: { value: false, at: 7 },
  });
});

test('what SHOW answers outlives the transaction where it is of the session', () => {
  const shown = advance(recordOf(begin), { type: 'shown', at: 7, modes: {}, idleTimeout: 5000 });
  expect(tell(shown, ['commit', 'COMMIT', 'idle']).idleTimeout).toEqual({ value: 5000, at: 7 });
});

test('rows, time, place and what did not run', () => {
  const record = advanceAll(recordOf(begin), [
    { type: 'sent', sql: 'update t set i = 1;\nselect 1/0;\nselect 2', at: 5, line: 40 },
    { type: 'complete', tag: 'UPDATE 7', milliseconds: 10 },
    { type: 'error', error: { code: '22012', message: 'division by zero' }, milliseconds: 12 },
    { type: 'ready', status: 'failed', at: 20 },
  ]);
  expect(record.transaction?.entries.slice(1)).toMatchObject([
    { sql: 'update t set i = 1', line: 40, rows: 7, changedRows: 7, milliseconds: 10, skipped: 0, exchange: 2 },
    { sql: 'select 1/0', line: 41, milliseconds: 2, skipped: 1, error: { code: '22012' }, exchange: 2 },
  ]);
});

test.each([
  ['COPY 3', 'copy t from stdin', 3],
  ['COPY 3', 'copy "from" ( a, b ) from stdin', 3],
  ['COPY 3', 'copy t to stdout', 0],
  ['COPY 3', 'copy (select 1 from t) to stdout', 0],
  ['SELECT 3', 'select 1', 0],
  ['MERGE 2', 'merge into t …', 2],
  ['INSERT 0 12', 'insert into t …', 12],
  ['CREATE TABLE', 'create table x ()', 0],
])('changed rows: %s of %s', (tag, sql, rows) => {
  expect(recordOf(begin, [sql, tag, 'transaction']).transaction?.entries.at(-1)).toMatchObject({ changedRows: rows });
});

test("the program's own statements are listed only where they fail or move savepoints", () => {
  const own = (sql: string, fact: Parameters<typeof advance>[1], status: 'transaction' | 'failed') =>
    [{ type: 'sent', sql, at: 5, isOwn: true }, fact, { type: 'ready', status, at: 6 }] as const;
  const record = advanceAll(recordOf(begin), [
    ...own('show transaction_isolation', { type: 'complete', tag: 'SHOW', milliseconds: 1 }, 'transaction'),
    ...own('savepoint howdah_auto_1', { type: 'complete', tag: 'SAVEPOINT', milliseconds: 1 }, 'transaction'),
    ...own('select 1/0', { type: 'error', error: { code: '22012', message: '' }, milliseconds: 1 }, 'failed'),
  ]);
  expect(timelineOf(record)).toEqual(['begin', 'savepoint howdah_auto_1', '  select 1/0 !22012']);
});

test('Parse alone runs nothing, yet fails the transaction', () => {
  const parse = (...facts: readonly Parameters<typeof advance>[1][]) =>
    advanceAll(recordOf(begin, a), [{ type: 'sent', sql: 'savepoint b', at: 5, isExecuted: false }, ...facts]);
  expect(timelineOf(parse({ type: 'ready', status: 'transaction', at: 6 }))).toEqual(['begin', 'savepoint a']);
  const failed = parse(
    { type: 'error', error: { code: '42601', message: '' }, milliseconds: 1 },
    { type: 'ready', status: 'failed', at: 6 },
  );
  expect(timelineOf(failed)).toEqual(['begin', 'savepoint a', '  savepoint b !42601']);
});

test('text is read with the parameters in force when it was sent', () => {
  const off = newRecord('idle', new Map([['standard_conforming_strings', 'off']]));
  const sql = String.raw`begin; select '\'; savepoint a; --'`;
  expect(tell(off, [sql, 'BEGIN, SELECT 1', 'transaction']).transaction?.unknownSince).toBeUndefined();
  const changed = advance(off, { type: 'parameter', name: 'standard_conforming_strings', value: 'on' });
  expect(tell(changed, [sql, 'BEGIN, SELECT 1, SAVEPOINT', 'transaction']).transaction?.savepoints).toMatchObject([{ name: 'a' }]);
  const latin = newRecord('idle', new Map([['server_encoding', 'LATIN1']]));
  expect(tell(latin, begin, ['savepoint É', 'SAVEPOINT', 'transaction']).transaction?.unknownSince).toBe(1);
});

test('a long transaction stays short in memory, and its sums right', () => {
  const inserts = Array.from({ length: 3000 }, (): Told => insert);
  const { transaction } = recordOf(begin, ...inserts, a, ...inserts);
  const entries = transaction?.entries ?? [];
  expect(entries.length).toBeLessThan(1100);
  expect(entries.map(({ kind }) => kind).filter((kind) => kind !== 'statement')).toEqual(['begin', 'folded', 'savepoint', 'folded']);
  expect(entries[1]).toMatchObject({ statements: 3000, changedRows: 3000 });
  expect([...entries].sort((one, other) => one.id - other.id)).toEqual(entries);
});

const facts: fc.Arbitrary<TransactionFact> = fc.oneof(
  fc.record({
    type: fc.constant('sent' as const),
    sql: fc.constantFrom('begin', 'commit', 'savepoint a', 'rollback to a', 'release a', 'select 1; savepoint b', 'end; begin', '', "'"),
    at: fc.nat(),
    isOwn: fc.boolean(),
    isExecuted: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('complete' as const),
    tag: fc.constantFrom('BEGIN', 'COMMIT', 'SAVEPOINT', 'ROLLBACK', 'RELEASE', 'SELECT 1', 'PREPARE TRANSACTION', '', 'NONSENSE 9'),
    milliseconds: fc.nat(),
  }),
  fc.record({ type: fc.constant('error' as const), error: fc.constant({ code: 'XX000', message: '' }), milliseconds: fc.nat() }),
  fc.record({ type: fc.constant('ready' as const), status: fc.constantFrom('idle', 'transaction', 'failed'), at: fc.nat() }),
  fc.record({ type: fc.constant('shown' as const), modes: fc.constant({ isReadOnly: true }), at: fc.nat() }),
);

test('whatever a server answers, the state is its last status, a block is open when it says so, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 60 }), (told) => {
      let record = newRecord('idle');
      let status = 'idle';
      for (const fact of told) {
        record = advance(record, fact);
        if (fact.type === 'ready') {
          status = fact.status;
          expect(record.transaction === undefined).toBe(status === 'idle');
        }
        expect(record.state).toBe(status);
        const ids = new Set(record.transaction?.entries.map(({ id }) => id));
        expect(ids.size).toBe(record.transaction?.entries.length ?? 0);
        for (const { id } of record.transaction?.savepoints ?? []) expect(ids.has(id)).toBe(true);
      }
    }),
  );
});

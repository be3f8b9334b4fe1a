import { expect, test } from 'vitest';
import type { TableSession } from '../../../src/catalog/rehearsal/table-sessions.ts';
import { ddlFacts } from '../../../src/sql/guard/ddl-facts.ts';
import { type DdlFindings, ddlReportLines } from '../../../src/workbench/ddl-report.ts';
import { openModel, press, send } from './model-builder.ts';

const session = (changes: Partial<TableSession>): TableSession => ({
  processId: '1',
  user: 'ann',
  application: 'psql',
  state: 'active',
  mode: 'RowExclusive',
  isGranted: true,
  table: 't',
  age: 3,
  ...changes,
});

function lines(sql: string, changes: Partial<DdlFindings> = {}): readonly string[] {
  const facts = ddlFacts(sql);
  if (facts === undefined) throw new Error(`no facts: ${sql}`);
  const findings = {
    facts,
    tables: ['t'],
    hasUnknown: false,
    sizes: ['Size: 8 kB'],
    sessions: [],
    why: '',
    refusal: undefined,
    ...changes,
  };
  return ddlReportLines(findings).map(({ word, text }) => `${word}: ${text}`);
}

test('lock, rewrite, size, and that nobody is in the way', () => {
  expect(lines('alter table t add primary key (a)')).toEqual([
    'lock: AccessExclusive on t',
    ': Everybody waits, readers too, while the index is built.',
    'rewrite: no',
    'what it is: Size: 8 kB',
    'sessions: nobody else holds a lock on it now',
    'behind it: every reader and every writer of t would queue, from the moment it waits until its transaction ends',
    ': ',
    ': Enter runs it dry, in a transaction that holds its lock until you commit or roll back.',
  ]);
});

test('those it would wait for come first, then the queue, then the others', () => {
  const sessions = [
    session({ processId: '7', mode: 'AccessShare' }),
    session({ processId: '8', mode: 'Share', isGranted: false }),
    session({ processId: '9', state: 'idle in transaction', age: 65 }),
  ];
  expect(lines('create index on t (a)', { sessions }).slice(4, 7)).toEqual([
    'sessions: 9 ann psql · idle in transaction 01:05 · holds RowExclusive on t: it would wait for this one',
    ': 7 ann psql · active 00:03 · holds AccessShare on t: goes on beside it',
    ': 8 ann psql · active 00:03 · waits for Share on t: goes on beside it',
  ]);
  expect(lines('drop table t', { sessions })[4]).toContain('7 ann');
  expect(lines('drop table t', { sessions })[6]).toContain('stands before it in the queue');
});

test('what is not known is said', () => {
  const text = lines('vacuum full t', {
    tables: [],
    hasUnknown: true,
    sizes: [],
    sessions: undefined,
    why: 'no second connection',
    refusal: 'No.',
  }).join('\n');
  expect(text).toContain('unknown: A name in it means no table here.');
  expect(text).toContain('sessions: not known: no second connection');
  expect(text).toMatch(/: No\.$/);
});

test('Enter runs what was reported dry, unless that cannot be; nothing is reported twice', () => {
  const submission = { bufferId: 'console', mode: 'statement', text: 'drop table t;', base: 0 } as const;
  const reported = (canRun: boolean) => {
    const asked = press(openModel(), 'drop table t;<alt+t>');
    expect(asked.effects).toContainEqual({ type: 'rehearse', submission, isReported: false });
    const panel = { type: 'ddl-report', submission, lines: [], sql: ['select 1'], canRun, top: 0 } as const;
    const over = { type: 'run-ended', outcome: { failed: false, errorAt: undefined, left: '' }, now: 0 } as const;
    return send(asked.model, { type: 'ddl-reported', panel, now: 0 }, over).model;
  };
  expect(press(reported(true), '<enter>').effects).toEqual([{ type: 'rehearse', submission, isReported: true }]);
  expect(press(reported(true), '<enter>').model.panel).toBeUndefined();
  expect(press(reported(false), '<enter>').effects).toEqual([]);
  expect(press(reported(true), '<escape>').effects).toEqual([]);
});

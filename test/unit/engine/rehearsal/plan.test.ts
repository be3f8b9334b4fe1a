import { describe, expect, test } from 'vitest';
import type { TargetFacts } from '../../../../src/catalog/rehearsal/target-facts.ts';
import { rehearsalPlan } from '../../../../src/engine/rehearsal/plan.ts';
import { dmlShape } from '../../../../src/sql/rehearsal/dml-shape.ts';

const column = (name: string, changes: Partial<TargetFacts['columns'][number]> = {}) => ({
  name,
  isReadable: true,
  isVirtual: false,
  isKey: false,
  ...changes,
});

const table: TargetFacts = {
  name: 't',
  kind: 'r',
  hasRules: false,
  hasRowSecurity: false,
  triggers: [],
  columns: [column('id', { isKey: true }), column('a')],
};

function plan(sql: string, facts: Partial<TargetFacts> | undefined, version = 180000, volatile: readonly string[] = []) {
  return rehearsalPlan(sql, dmlShape(sql), facts && { ...table, ...facts }, version, volatile);
}

const update = 'update t set a = 1';
const merge = 'merge into t using u on t.id = u.id when matched then delete';

describe('the statement runs as it is', () => {
  test.each<readonly [why: string, sql: string, facts: Partial<TargetFacts> | undefined, version: number, note: RegExp | undefined]>([
    ['it is no plain DML', 'do $$ begin end $$', undefined, 180000, undefined],
    ['its table is not there', update, undefined, 180000, undefined],
    ['it has a RETURNING', `${update} returning 1`, {}, 180000, /RETURNING of its own/],
    ['of a view', update, { kind: 'v' }, 180000, /is a view/],
    ['of a foreign table', update, { kind: 'f' }, 180000, /foreign table/],
    ['of rules', update, { hasRules: true }, 180000, /rules/],
    ['of row-level security', update, { hasRowSecurity: true }, 180000, /Row-level security/],
    ['nothing may be read', update, { columns: [column('id', { isReadable: false })] }, 180000, /may be read/],
    ['there are too many columns', update, { columns: Array.from({ length: 832 }, (_, at) => column(`c${at}`)) }, 180000, /more columns/],
    ['of MERGE before 17', merge, {}, 160000, /Before PostgreSQL 17/],
    ['there is no key before 18', update, { columns: [column('a')] }, 150000, /no primary key/],
    ['it changes the key before 18', 'update t set id = 2', {}, 150000, /changes the key/],
    [
      'the key may not be read before 18',
      update,
      { columns: [column('id', { isKey: true, isReadable: false }), column('a')] },
      150000,
      /may not be read/,
    ],
    ['of a cursor before 18', `${update} where current of c`, {}, 150000, /cursor/],
    ['a query of WITH writes before 18', `with d as (delete from u) ${update}`, {}, 150000, /WITH writes/],
  ])('because %s', (_why, sql, facts, version, note) => {
    const { notes, ...rest } = plan(sql, facts, version);
    expect(rest).toEqual({ sql, rows: undefined, snapshot: undefined });
    if (note === undefined) expect(notes).toEqual([]);
    else expect(notes.join()).toMatch(note);
  });

  test('because of a volatile function before 18', () => {
    const sql = `${update} where random() > 0.5`;
    expect(plan(sql, {}, 150000, ['random'])).toMatchObject({ sql, rows: undefined, notes: [expect.stringContaining('random')] });
    expect(plan(sql, {}, 180000).rows).toBeDefined();
  });
});

describe('with rows', () => {
  test('columns that may not be read, or are computed only then, are left out and named', () => {
    const columns = [...table.columns, column('secret', { isReadable: false }), column('sum', { isVirtual: true })];
    const { sql, notes } = plan(update, { columns });
    expect(sql).not.toMatch(/secret|sum/);
    expect(notes).toEqual([expect.stringMatching(/may not be read: secret/), expect.stringMatching(/computed .*: sum/)]);
  });

  test('831 columns fit twice', () => {
    expect(plan(update, { columns: Array.from({ length: 831 }, (_, at) => column(`c${at}`)) }).rows?.columns).toHaveLength(831);
  });

  test('an UPDATE before 18 is compared with a look before it', () => {
    const { rows, snapshot, notes } = plan(update, {}, 150000);
    expect(rows).toEqual({ columns: ['id', 'a'], hasBefore: true, hasAfter: true });
    expect(snapshot).toEqual({ sql: 'SELECT t."id", t."a"\nFROM t\nLIMIT 1000 FOR UPDATE OF t', key: ['id'] });
    expect(notes.join()).toContain('first 1,000');
  });

  test.each(['delete from t', 'insert into t values (1)'])('%s needs none on any server', (sql) => {
    expect(plan(sql, {}, 100000)).toMatchObject({ snapshot: undefined, notes: [] });
  });
});

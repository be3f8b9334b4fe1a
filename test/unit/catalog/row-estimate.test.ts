import { expect, test } from 'vitest';
import { rowsChanged } from '../../../src/catalog/row-estimate.ts';

const scan = (rows: number, relationship = 'Outer') => ({
  'Node Type': 'Seq Scan',
  'Plan Rows': rows,
  'Parent Relationship': relationship,
});
const modify = (...plans: readonly object[]) => ({ 'Node Type': 'ModifyTable', 'Plan Rows': 0, Plans: plans });
const plan = (root: object) => JSON.stringify([{ Plan: root }]);

test.each<[string, string, number | undefined]>([
  ['one table', plan(modify(scan(42))), 42],
  ['a plan for each partition, before 14', plan(modify(scan(40, 'Member'), scan(2, 'Member'))), 42],
  ['subplans do not count', plan(modify(scan(5), scan(1000, 'SubPlan'), scan(1000, 'InitPlan'))), 5],
  ['the largest of several', plan({ 'Node Type': 'CTE Scan', Plans: [modify(scan(3)), modify(scan(9))] }), 9],
  ['a query', plan(scan(1000)), undefined],
  ['no plan', '[{"Utility Statement": "x"}]', undefined],
  ['no JSON', 'Seq Scan on a', undefined],
])('%s', (_, text, rows) => {
  expect(rowsChanged(text)).toBe(rows);
});

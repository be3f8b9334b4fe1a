import { expect, test } from 'vitest';
import { assess } from '../../../../src/sql/guard/assess.ts';
import { guardQuestion } from '../../../../src/sql/guard/guard-question.ts';
import { isLargeData } from '../../../../src/sql/guard/large-data.ts';
import { corpus } from './corpus/labelled.ts';

const rows = Array.from({ length: 10_000 }, (_, n) => `(${n}, 'value ${n}')`).join(', ');

test('many rows of values need not be read; few are, and so is whatever stands behind many', () => {
  expect(isLargeData(`insert into a values ${rows}`)).toBe(true);
  expect(isLargeData('insert into a values (1)')).toBe(false);
  expect(isLargeData(`insert into a values ${rows}; delete from a`)).toBe(false);
  expect(isLargeData(`insert into a select 1; insert into a values ${rows}`)).toBe(false);
});

test('nothing that is asked about is taken for data', () => {
  const asked = corpus().filter(({ sql }) => guardQuestion(assess(sql), { environment: 'production' }) !== undefined);
  expect(asked.length).toBeGreaterThan(1000);
  expect(asked.filter(({ sql }) => isLargeData(`insert into a values ${rows}; ${sql}`)).map(({ sql }) => sql)).toEqual([]);
});

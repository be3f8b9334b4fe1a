import { describe, expect, test } from 'vitest';
import { assess } from '../../../../src/sql/guard/assess.ts';
import { guardQuestion } from '../../../../src/sql/guard/guard-question.ts';
import { corpus } from './corpus/labelled.ts';

const cases = corpus();

function isAskedAbout(sql: string): boolean {
  return guardQuestion(assess(sql), { environment: 'production' }) !== undefined;
}

/** What is not seen: that the comparison is NULL where the column is. */
const unseen = ['where (id = 1) is distinct from null or id is null'];

describe('the guard corpus', () => {
  test('is large, and no statement is in it twice', () => {
    expect(cases.length).toBeGreaterThanOrEqual(1000);
    expect(new Set(cases.map((entry) => entry.sql)).size).toBe(cases.length);
  });

  test('at least 99.5 % of what is unsafe is asked about', () => {
    const unsafe = cases.filter((entry) => entry.label === 'unsafe');
    const missed = unsafe.filter((entry) => !isAskedAbout(entry.sql));
    expect(missed.map((entry) => entry.reason)).toEqual(unseen);
    expect(missed.length / unsafe.length).toBeLessThanOrEqual(0.005);
  });

  test('at most 1 % of what is safe is asked about', () => {
    const safe = cases.filter((entry) => entry.label === 'safe');
    const nagged = safe.filter((entry) => isAskedAbout(entry.sql));
    expect(nagged.map((entry) => `${entry.reason}: ${entry.sql}`)).toEqual([]);
    expect(nagged.length / safe.length).toBeLessThanOrEqual(0.01);
  });

  test('what writes is told from what does not', () => {
    const labelled = cases.filter((entry) => entry.write !== '-');
    const wrong = labelled.filter((entry) => {
      const found = assess(entry.sql).isWrite;
      // A block that writes for sure and runs unknown text besides is both.
      return found !== entry.write && !(entry.write === 'unknown' && found === 'yes' && assess(entry.sql).confidence === 'unsure');
    });
    expect(wrong.map((entry) => `${entry.write}, not ${assess(entry.sql).isWrite}: ${entry.sql}`)).toEqual([]);
  });
});

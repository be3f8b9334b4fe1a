import { expect, test } from 'vitest';
import { PreparedTexts } from '../../../../src/sql/guard/prepared-texts.ts';

test('texts are kept by name until they are given up', () => {
  const texts = new PreparedTexts();
  texts.note('select 1; PREPARE Gone (int) AS delete from a where i = $1; execute gone(1)', true);
  expect(texts.of('gone')).toEqual(['PREPARE Gone (int) AS delete from a where i = $1']);
  texts.note('prepare gone as select 1', true);
  texts.add('Parsed', 'delete from b');
  expect(texts.of('gone')).toHaveLength(2);
  texts.note('deallocate prepare gone', true);
  expect(texts.of('gone')).toEqual([]);
  expect(texts.of('Parsed')).toEqual(['delete from b']);
  texts.note('deallocate all', true);
  expect(texts.of('Parsed')).toEqual([]);
});

test.each(['discard all', 'deallocate prepare all', 'discard plans; discard all'])('%s gives up all', (sql) => {
  const texts = new PreparedTexts();
  texts.add('p', 'select 1');
  texts.note(sql, true);
  expect(texts.of('p')).toEqual([]);
});

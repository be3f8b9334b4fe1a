import { expect, test } from 'vitest';
import { tabTitle } from '../../../src/workbench/tab-title.ts';

test.each([
  ['select * from payments', 'select payments'],
  ['select 1', 'select'],
  ['select i from (select 1 as i) q', 'select'],
  ['select * from lateral (values (1)) v', 'select'],
  ['insert into shop (id) values (1) returning id', 'insert shop'],
  ['-- why\nexplain select 1', 'explain'],
  ['table empty', 'table empty'],
])('%s is titled %s', (sql, title) => {
  expect(tabTitle(sql)).toBe(title);
});

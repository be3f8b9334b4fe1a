import { expect, test } from 'vitest';
import { fillSlots, findSlots } from '../../../src/snippets/slots.ts';

const slot = (text: string, kind: string, type: string | undefined, fallback: string) => ({ text, kind, type, fallback });

test.each([
  ['select 1', []],
  ['{{table: payments}}', [slot('{{table: payments}}', 'table', undefined, 'payments')]],
  ['{{column:jsonb: metadata}}', [slot('{{column:jsonb: metadata}}', 'column', 'jsonb', 'metadata')]],
  ['{{value:jsonb: {"a": {"b": 1}}}}', [slot('{{value:jsonb: {"a": {"b": 1}}}}', 'value', 'jsonb', '{"a": {"b": 1}}')]],
  [
    `{{value:jsonb: '{"a": {"b": 1}}'}} {{table: t}}`,
    [slot(`{{value:jsonb: '{"a": {"b": 1}}'}}`, 'value', 'jsonb', `'{"a": {"b": 1}}'`), slot('{{table: t}}', 'table', undefined, 't')],
  ],
  [`{{value: it's}}`, [slot(`{{value: it's}}`, 'value', undefined, `it's`)]],
  ['{{value: 10:30}}', [slot('{{value: 10:30}}', 'value', undefined, '10:30')]],
  [
    '{{value:text: it’s}} {{table:t}}',
    [slot('{{value:text: it’s}}', 'value', 'text', 'it’s'), slot('{{table:t}}', 'table', undefined, 't')],
  ],
  [
    '{{table: a}} {{table: a}} {{table: b}}',
    [slot('{{table: a}}', 'table', undefined, 'a'), slot('{{table: b}}', 'table', undefined, 'b')],
  ],
  ["'{{1,2},{3,4}}'::int[][]", []],
])('slots of %s', (body, expected) => {
  expect(findSlots(body)).toEqual(expected);
});

test.each([
  [[], "select '{{1},{2}}' from a join a using (id) where x = 1"],
  [['b'], "select '{{1},{2}}' from b join b using (id) where x = 1"],
  [[undefined, '$& $1'], "select '{{1},{2}}' from a join a using (id) where x = $& $1"],
])('filled with %j', (values, expected) => {
  const body = "select '{{1},{2}}' from {{table: a}} join {{table: a}} using (id) where x = {{value:integer: 1}}";
  expect(fillSlots({ body, slots: findSlots(body) }, values)).toBe(expected);
});

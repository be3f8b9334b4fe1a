import { expect, test } from 'vitest';
import { dependentsLine, sizeLine } from '../../../src/catalog/loss-preview.ts';

const rows = (...list: readonly (string | null)[][]) => ({ columns: [], rows: list });

test.each([
  [rows(['1240 kB', '12300', 't']), 'Size: 1240 kB · rows: about 12,300'],
  [rows(['1240 kB', '0', 'f']), 'Size: 1240 kB · rows: not known'],
  [rows(['7 MB', null, 'f']), 'Size: 7 MB'],
  [rows([null, null, null]), 'Size and rows: not known'],
  [undefined, 'Size and rows: not known'],
])('%j', (answer, line) => {
  expect(sizeLine(answer)).toBe(line);
});

test('what depends is listed, counted, nothing, or not known', () => {
  expect(dependentsLine(rows(['view a', '7'], ['view b', '7']), 'Goes with it')).toBe('Goes with it: view a, view b and 5 more');
  expect(dependentsLine(rows(['view a', '1']), 'Goes with it')).toBe('Goes with it: view a');
  expect(dependentsLine(rows(), 'Goes with it')).toBe('Goes with it: nothing');
  expect(dependentsLine(undefined, 'Goes with it')).toBe('Goes with it: not known');
});

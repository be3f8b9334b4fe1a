import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DescriptorSource } from '../../../src/engine/descriptor-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'howdah-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

function sourceOf(text: string, isExact = false): DescriptorSource {
  const path = join(folder, 'text');
  writeFileSync(path, text);
  return new DescriptorSource(openSync(path, 'r'), path, true, isExact);
}

async function linesOf(source: DescriptorSource): Promise<string[]> {
  const lines: string[] = [];
  for (let line = await source.readLine(); line !== undefined; line = await source.readLine()) lines.push(line);
  source.close();
  return lines;
}

const long = 'x'.repeat(1022);

test.each<[string, string, string[]]>([
  ['lines', 'a\n\nb', ['a', '', 'b']],
  ['a zero byte takes the rest of its line along', 'a\0b\nc\n', ['ac']],
  ['and a whole line', '\0\nc\n', ['c']],
  ['but no more than psql reads at once', `${long}\0yes\nc\n`, [`${long}yes`, 'c']],
  ['at the end of the file too', 'a\n\0', ['a']],
])('%s', async (_, text, lines) => {
  expect(await linesOf(sourceOf(text))).toEqual(lines);
});

test('exact lines keep zero bytes', async () => {
  expect(await linesOf(sourceOf('a\0b\nc', true))).toEqual(['a\0b', 'c']);
});

test('a block is what is left of what was read', async () => {
  const source = sourceOf('line\nbinary\n\\.\n\0');
  expect(await source.readLine()).toBe('line');
  expect(source.readBlock()?.toString()).toBe('binary\n\\.\n\0');
  expect(source.readBlock()).toBeUndefined();
  source.close();
});

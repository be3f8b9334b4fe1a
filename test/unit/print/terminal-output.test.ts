import { expect, test } from 'vitest';
import type { FormatName } from '../../../src/print/print-options.ts';
import { printSample, type SampleTable } from './sample-tables.ts';

const hostile: SampleTable = {
  columns: [
    ['\x1b[31mname\u202e', 'text'],
    ['n', 'int4'],
  ],
  rows: [
    ['\x1b]0;title\x07\x9b2J\u202e\u200b\u2028\udcff', '1'],
    ['two\nlines\tand a tab', null],
  ],
};

const formats: readonly FormatName[] = [
  'aligned',
  'asciidoc',
  'csv',
  'html',
  'insert',
  'json',
  'json-lines',
  'latex',
  'latex-longtable',
  'markdown',
  'troff-ms',
  'unaligned',
  'wrapped',
];

test.each(formats.flatMap((format) => [[format, 'off'] as const, [format, 'on'] as const]))(
  'nothing drives the terminal: %s, expanded %s',
  async (format, expanded) => {
    const output = await printSample(hostile, { format, expanded, null: '\x1b', title: '\x1b[2J\u202e', tableAttributes: 'x' }, false);
    expect(output).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufffd]/);
  },
);

test('files and pipes get the bytes as they are', async () => {
  expect(await printSample(hostile, { format: 'unaligned', tuplesOnly: true })).toContain('\x1b]0;title\x07\x9b2J\u202e\u200b\u2028');
});

test('an aligned table keeps its columns straight and its own escapes', async () => {
  const table: SampleTable = {
    columns: [
      ['a', 'text'],
      ['b', 'text'],
    ],
    rows: [
      ['\x1b', 'x'],
      ['\u202e', 'y'],
      ['日', 'z'],
    ],
  };
  expect(await printSample(table, { tuplesOnly: true }, false)).toBe(' \\x1B   | x\n <202E> | y\n 日     | z\n\n');
});

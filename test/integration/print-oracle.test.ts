import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FormatName, PrintOptions } from '../../src/print/print-options.ts';
import { oracle, whyNoOracle } from '../support/oracle.ts';
import { run } from '../support/run.ts';
import { testServer } from '../support/server.ts';
import { type PrintCase, psqlScript, splitOutput } from '../unit/print/psql-script.ts';
import { printSample, type SampleTable, sampleTables } from '../unit/print/sample-tables.ts';

const formats = ['aligned', 'wrapped', 'unaligned', 'csv', 'html', 'asciidoc', 'latex', 'latex-longtable', 'troff-ms'] as const;

const others: readonly Partial<PrintOptions>[] = [
  {},
  { tuplesOnly: true },
  { footer: false, title: 'A title' },
  {
    numericLocale: true,
    null: '(null)',
    unicodeBorderLineStyle: 'double',
    unicodeHeaderLineStyle: 'double',
    fieldSeparator: ', ',
    recordSeparator: '~\n',
    csvFieldSeparator: ';',
    tableAttributes: '0.2 0.5',
  },
  {
    unicodeColumnLineStyle: 'double',
    fieldSeparatorZero: true,
    recordSeparatorZero: true,
    csvFieldSeparator: '.',
    title: 'T<&>_#\\',
    tableAttributes: '  0.3',
  },
];

async function psqlOutput(tables: Readonly<Record<string, SampleTable>>, cases: readonly PrintCase[]): Promise<readonly string[]> {
  const { host, port, user, database } = testServer();
  const command = [oracle?.psql ?? '', '-X', '-q', '-h', host, '-p', String(port), '-U', user, '-d', database];
  const { stdout, stderr } = await run(command, {
    input: psqlScript(tables, cases),
    environment: { PGCLIENTENCODING: 'UTF8', LC_ALL: 'C.UTF-8', PAGER: '' },
  });
  expect(stderr).toBe('');
  return splitOutput(stdout);
}

function isBoxed(format: FormatName): boolean {
  return format === 'aligned' || format === 'wrapped';
}

function casesOf(format: FormatName): readonly PrintCase[] {
  const cases: PrintCase[] = [];
  for (const table of Object.keys(sampleTables))
    for (const expanded of ['off', 'on', 'auto'] as const)
      for (const border of [0, 1, 2, 3])
        for (const lineStyle of isBoxed(format) ? (['ascii', 'old-ascii', 'unicode'] as const) : (['ascii'] as const))
          for (const other of others)
            for (const columns of format === 'wrapped' ? [20, 40, 80] : expanded === 'auto' ? [30] : [0])
              cases.push({ table, options: { format, expanded, border, lineStyle, columns, ...other } });
  return cases;
}

describe.skipIf(oracle === undefined)(`output byte for byte as psql 15's${oracle === undefined ? ` (${whyNoOracle})` : ''}`, () => {
  test.each(formats)('%s', async (format) => {
    const cases = casesOf(format);
    const expected = await psqlOutput(sampleTables, cases);
    expect(expected.length).toBe(cases.length);
    for (const [index, { table, options }] of cases.entries()) {
      const ours = await printSample(sampleTables[table] as SampleTable, options);
      if (ours !== expected[index]) expect({ table, options, output: ours }).toEqual({ table, options, output: expected[index] });
    }
  });

  test('whatever the cells hold', async () => {
    const character = fc.oneof(
      fc.constantFrom('a', ' ', '\n', '\t', '\r', '日', 'e\u0301', '\u200b', '"', '|', '\\', '😀', '\x7f', '\x9b'),
      fc.integer({ min: 1, max: 0x3fff }).map((code) => String.fromCodePoint(code)),
    );
    const cell = fc.option(fc.array(character, { maxLength: 9 }).map((parts) => parts.join('')));
    // Names are cut at 63 bytes and may not be empty.
    const name = fc.array(fc.constantFrom('a', ' ', '\n', '日', '"', '_'), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const table = fc.integer({ min: 1, max: 4 }).chain((count) =>
      fc.record({
        columns: fc.array(fc.tuple(name, fc.constant('text' as const)), { minLength: count, maxLength: count }),
        rows: fc.array(fc.array(cell, { minLength: count, maxLength: count }), { maxLength: 4 }),
      }),
    );
    const options = fc.record({
      format: fc.constantFrom(...formats),
      expanded: fc.constantFrom('off', 'on', 'auto'),
      border: fc.integer({ min: 0, max: 3 }),
      lineStyle: fc.constantFrom('ascii', 'old-ascii', 'unicode'),
      columns: fc.integer({ min: 0, max: 40 }),
      tuplesOnly: fc.boolean(),
    } as const);
    const samples = fc.sample(fc.tuple(table, options), { numRuns: 1500, seed: 15 });
    const tables = Object.fromEntries(samples.map(([sample], index) => [String(index), sample]));
    const cases = samples.map(([, chosen], index) => ({ table: String(index), options: chosen }));
    const expected = await psqlOutput(tables, cases);
    for (const [index, { table: key, options: chosen }] of cases.entries()) {
      const ours = await printSample(tables[key] as SampleTable, chosen);
      if (ours !== expected[index])
        expect({ sample: tables[key], chosen, output: ours }).toEqual({ sample: tables[key], chosen, output: expected[index] });
    }
  });
});

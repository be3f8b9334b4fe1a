import { describe, expect, test } from 'vitest';
import { resolveFormatName } from '../../../src/print/format-name.ts';
import { defaultPrintOptions, type PrintOptions } from '../../../src/print/print-options.ts';
import { applyPset, parseBoolean } from '../../../src/print/pset.ts';
import { settingsTable, statusText } from '../../../src/print/pset-status.ts';

const version = { versionMajor: 15 };

/** What psql prints for a series of \pset, all with the same options: a status line or an error for each. */
function session(lines: readonly (readonly [name: string, value?: string])[], versionMajor = 15): readonly string[] {
  let options: PrintOptions = defaultPrintOptions;
  return lines.map(([name, value]) => {
    const result = applyPset(options, name, value, { versionMajor });
    if ('error' in result) return result.error;
    options = result.options;
    return statusText(name, options) ?? '';
  });
}

// All of it as psql 15.18 answered.
const sessions: readonly (readonly (readonly [name: string, value: string | undefined, answer: string])[])[] = [
  [
    ['format', 'aligned', 'Output format is aligned.'],
    ['format', 'u', 'Output format is unaligned.'],
    ['format', 'a', '\\pset: ambiguous abbreviation "a" matches both "aligned" and "asciidoc"'],
    ['format', '', '\\pset: ambiguous abbreviation "" matches both "aligned" and "asciidoc"'],
    ['format', 'xx', '\\pset: allowed formats are aligned, asciidoc, csv, html, latex, latex-longtable, troff-ms, unaligned, wrapped'],
    ['format', undefined, 'Output format is unaligned.'],
    ['format', 'latex', 'Output format is latex.'],
    ['format', 'latex-', 'Output format is latex-longtable.'],
    ['format', 'CSV', 'Output format is csv.'],
  ],
  [
    ['border', '2', 'Border style is 2.'],
    ['border', 'x', 'Border style is 0.'],
    ['border', '-5', 'Border style is 65531.'],
    ['border', undefined, 'Border style is 65531.'],
    ['border', '3000000000', 'Border style is 24064.'],
  ],
  [
    ['expanded', 'on', 'Expanded display is on.'],
    ['x', 'off', 'Expanded display is off.'],
    ['vertical', 'auto', 'Expanded display is used automatically.'],
    ['expanded', undefined, 'Expanded display is off.'],
    ['expanded', undefined, 'Expanded display is on.'],
    ['expanded', 'maybe', 'unrecognized value "maybe" for "expanded"\nAvailable values are: on, off, auto.'],
  ],
  [
    ['csv_fieldsep', ';;', '\\pset: csv_fieldsep must be a single one-byte character'],
    ['csv_fieldsep', '', '\\pset: csv_fieldsep must be a single one-byte character'],
    ['csv_fieldsep', 'é', '\\pset: csv_fieldsep must be a single one-byte character'],
    ['csv_fieldsep', '"', '\\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return'],
    ['csv_fieldsep', ';', 'Field separator for CSV is ";".'],
  ],
  [
    ['fieldsep', 'x', 'Field separator is "x".'],
    ['fieldsep_zero', undefined, 'Field separator is zero byte.'],
    ['fieldsep', undefined, 'Field separator is zero byte.'],
    ['fieldsep', 'y', 'Field separator is "y".'],
    ['recordsep', '\n', 'Record separator is <newline>.'],
    ['recordsep', 'y', 'Record separator is "y".'],
    ['recordsep_zero', undefined, 'Record separator is zero byte.'],
  ],
  [
    ['footer', 'off', 'Default footer is off.'],
    ['footer', undefined, 'Default footer is on.'],
    ['footer', 'bad', 'unrecognized value "bad" for "footer": Boolean expected'],
    ['numericlocale', 'on', 'Locale-adjusted numeric output is on.'],
    ['numericlocale', 'bad', 'unrecognized value "bad" for "numericlocale": Boolean expected'],
    ['t', undefined, 'Tuples only is on.'],
    ['tuples_only', 'off', 'Tuples only is off.'],
    ['null', 'x', 'Null display is "x".'],
    ['null', undefined, 'Null display is "x".'],
  ],
  [
    ['linestyle', 'u', 'Line style is unicode.'],
    ['linestyle', 'o', 'Line style is old-ascii.'],
    ['linestyle', '', 'Line style is ascii.'],
    ['linestyle', 'zz', '\\pset: allowed line styles are ascii, old-ascii, unicode'],
    ['unicode_border_linestyle', 'double', 'Unicode border line style is "double".'],
    ['unicode_border_linestyle', 's', 'Unicode border line style is "single".'],
    ['unicode_column_linestyle', 'bad', '\\pset: allowed Unicode column line styles are single, double'],
    ['unicode_header_linestyle', 'd', 'Unicode header line style is "double".'],
  ],
  [
    ['pager', 'off', 'Pager usage is off.'],
    ['pager', 'on', 'Pager is used for long output.'],
    ['pager', 'always', 'Pager is always used.'],
    ['pager', undefined, 'Pager is used for long output.'],
    ['pager', undefined, 'Pager usage is off.'],
    ['pager', 'foo', 'unrecognized value "foo" for "pager"\nAvailable values are: on, off, always.'],
    ['pager_min_lines', '5', "Pager won't be used for less than 5 lines."],
    ['pager_min_lines', '1', "Pager won't be used for less than 1 line."],
    ['pager_min_lines', 'x', "Pager won't be used for less than 0 lines."],
  ],
  [
    ['tableattr', 'x y', 'Table attributes are "x y".'],
    ['T', undefined, 'Table attributes unset.'],
    ['title', 'my t', 'Title is "my t".'],
    ['C', undefined, 'Title is unset.'],
    ['columns', '5', 'Target width is 5.'],
    ['columns', '0', 'Target width is unset.'],
    ['columns', '-2', 'Target width is -2.'],
    ['foo', undefined, '\\pset: unknown option: foo'],
    ['constructor', undefined, '\\pset: unknown option: constructor'],
    ['xheader_width', 'page', '\\pset: unknown option: xheader_width'],
  ],
];

test.each(sessions.map((lines) => [lines[0]?.[0], lines] as const))('\\pset %s', (_name, lines) => {
  expect(session(lines.map(([name, value]) => (value === undefined ? [name] : [name, value])))).toEqual(
    lines.map(([, , answer]) => answer),
  );
});

test('xheader_width is known from 16 on', () => {
  const lines = [
    ['xheader_width', 'page'],
    ['xheader_width', '40'],
    ['xheader_width', 'x'],
  ] as const;
  expect(session(lines, 16)).toEqual([
    'Expanded header width is "page".',
    'Expanded header width is 40.',
    '\\pset: allowed xheader_width values are "full" (default), "column", "page", or a number specifying the exact width',
  ]);
});

test('our own formats go by their full names', () => {
  expect(resolveFormatName('json')).toEqual({ format: 'json' });
  expect(resolveFormatName('JSON-lines')).toEqual({ format: 'json-lines' });
  expect(resolveFormatName('jso')).toHaveProperty('error');
});

test.each([
  ['t', true],
  ['TRUE', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['f', false],
  ['no', false],
  ['of', false],
  ['0', false],
  ['o', undefined],
  ['', undefined],
  ['2', undefined],
])('%j as a boolean', (text, value) => {
  expect(parseBoolean(text)).toBe(value);
});

describe('bare \\pset', () => {
  test('lists everything as psql does', () => {
    const names = { linestyle: 'unicode', expanded: 'auto', pager: 'off', border: '2', tableattr: 'x', title: "a'b\nc" };
    let options: PrintOptions = { ...defaultPrintOptions, fieldSeparatorZero: true, recordSeparatorZero: true };
    for (const [name, value] of Object.entries(names)) {
      const result = applyPset(options, name, value, version);
      if ('options' in result) options = result.options;
    }
    expect(settingsTable(options)).toBe(`border                   2
columns                  0
csv_fieldsep             ','
expanded                 auto
fieldsep                 ''
fieldsep_zero            on
footer                   on
format                   aligned
linestyle                unicode
null                     ''
numericlocale            off
pager                    0
pager_min_lines          0
recordsep                ''
recordsep_zero           on
tableattr                'x'
title                    'a\\'b\\nc'
tuples_only              off
unicode_border_linestyle single
unicode_column_linestyle single
unicode_header_linestyle single
`);
  });

  test('from 16 on with xheader_width', () => {
    expect(settingsTable(defaultPrintOptions, { versionMajor: 16 })).toMatch(/\nxheader_width {12}full\n$/);
  });
});

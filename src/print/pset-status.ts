import type { PrintOptions } from './print-options.ts';
import { type PsetVersion, psetOption } from './pset.ts';

const nameWidth = 24;
const newest: PsetVersion = { versionMajor: 18 };

const statuses: Readonly<Record<string, (options: PrintOptions) => string>> = {
  border: ({ border }) => `Border style is ${border}.`,
  columns: ({ columns }) => (columns === 0 ? 'Target width is unset.' : `Target width is ${columns}.`),
  csv_fieldsep: ({ csvFieldSeparator }) => `Field separator for CSV is "${csvFieldSeparator}".`,
  expanded: ({ expanded }) => (expanded === 'auto' ? 'Expanded display is used automatically.' : `Expanded display is ${expanded}.`),
  fieldsep: fieldSeparatorStatus,
  fieldsep_zero: fieldSeparatorStatus,
  footer: ({ footer }) => `Default footer is ${onOff(footer)}.`,
  format: ({ format }) => `Output format is ${format}.`,
  linestyle: ({ lineStyle }) => `Line style is ${lineStyle}.`,
  null: (options) => `Null display is "${options.null}".`,
  numericlocale: ({ numericLocale }) => `Locale-adjusted numeric output is ${onOff(numericLocale)}.`,
  pager: ({ pager }) => pagerStatuses[pager],
  pager_min_lines: ({ pagerMinLines }) => `Pager won't be used for less than ${pagerMinLines} ${pagerMinLines === 1 ? 'line' : 'lines'}.`,
  recordsep: recordSeparatorStatus,
  recordsep_zero: recordSeparatorStatus,
  tableattr: ({ tableAttributes }) =>
    tableAttributes === undefined ? 'Table attributes unset.' : `Table attributes are "${tableAttributes}".`,
  title: ({ title }) => (title === undefined ? 'Title is unset.' : `Title is "${title}".`),
  tuples_only: ({ tuplesOnly }) => `Tuples only is ${onOff(tuplesOnly)}.`,
  unicode_border_linestyle: ({ unicodeBorderLineStyle }) => `Unicode border line style is "${unicodeBorderLineStyle}".`,
  unicode_column_linestyle: ({ unicodeColumnLineStyle }) => `Unicode column line style is "${unicodeColumnLineStyle}".`,
  unicode_header_linestyle: ({ unicodeHeaderLineStyle }) => `Unicode header line style is "${unicodeHeaderLineStyle}".`,
  xheader_width: ({ expandedHeaderWidth: width }) => `Expanded header width is ${typeof width === 'number' ? width : `"${width}"`}.`,
};

const pagerStatuses = {
  off: 'Pager usage is off.',
  on: 'Pager is used for long output.',
  always: 'Pager is always used.',
} as const;

/** In psql's order. A separator that a zero byte took the place of reads as empty. */
const settings: Readonly<Record<string, (options: PrintOptions) => string>> = {
  border: ({ border }) => String(border),
  columns: ({ columns }) => String(columns),
  csv_fieldsep: ({ csvFieldSeparator }) => quoted(csvFieldSeparator),
  expanded: ({ expanded }) => expanded,
  fieldsep: ({ fieldSeparator, fieldSeparatorZero }) => quoted(fieldSeparatorZero ? '' : fieldSeparator),
  fieldsep_zero: ({ fieldSeparatorZero }) => onOff(fieldSeparatorZero),
  footer: ({ footer }) => onOff(footer),
  format: ({ format }) => format,
  linestyle: ({ lineStyle }) => lineStyle,
  null: (options) => quoted(options.null),
  numericlocale: ({ numericLocale }) => onOff(numericLocale),
  pager: ({ pager }) => String(['off', 'on', 'always'].indexOf(pager)),
  pager_min_lines: ({ pagerMinLines }) => String(pagerMinLines),
  recordsep: ({ recordSeparator, recordSeparatorZero }) => quoted(recordSeparatorZero ? '' : recordSeparator),
  recordsep_zero: ({ recordSeparatorZero }) => onOff(recordSeparatorZero),
  tableattr: ({ tableAttributes }) => (tableAttributes === undefined ? '' : quoted(tableAttributes)),
  title: ({ title }) => (title === undefined ? '' : quoted(title)),
  tuples_only: ({ tuplesOnly }) => onOff(tuplesOnly),
  unicode_border_linestyle: ({ unicodeBorderLineStyle }) => unicodeBorderLineStyle,
  unicode_column_linestyle: ({ unicodeColumnLineStyle }) => unicodeColumnLineStyle,
  unicode_header_linestyle: ({ unicodeHeaderLineStyle }) => unicodeHeaderLineStyle,
  xheader_width: ({ expandedHeaderWidth }) => String(expandedHeaderWidth),
};

/** The line \pset prints for an option (by any of its names) it has set or is asked for; undefined where there is no such option. */
export function statusText(name: string, options: PrintOptions): string | undefined {
  return statuses[psetOption(name, newest) ?? '']?.(options);
}

/** What \pset prints without arguments: a line for each option. */
export function settingsTable(options: PrintOptions, version: PsetVersion = { versionMajor: 15 }): string {
  return Object.entries(settings)
    .filter(([name]) => psetOption(name, version) !== undefined)
    .map(([name, value]) => `${name.padEnd(nameWidth)} ${value(options)}\n`)
    .join('');
}

function fieldSeparatorStatus({ fieldSeparator, fieldSeparatorZero }: PrintOptions): string {
  return fieldSeparatorZero ? 'Field separator is zero byte.' : `Field separator is "${fieldSeparator}".`;
}

function recordSeparatorStatus({ recordSeparator, recordSeparatorZero }: PrintOptions): string {
  if (recordSeparatorZero) return 'Record separator is zero byte.';
  return recordSeparator === '\n' ? 'Record separator is <newline>.' : `Record separator is "${recordSeparator}".`;
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

import { defaultPrintOptions, type PrintOptions } from '../../../src/print/print-options.ts';
import type { SampleTable } from './sample-tables.ts';

/** One table printed with one set of options. */
export interface PrintCase {
  readonly table: string;
  readonly options: Partial<PrintOptions>;
}

const marker = '@@@@';

/** A script that makes psql print all the cases, for `splitOutput` to take apart. */
export function psqlScript(tables: Readonly<Record<string, SampleTable>>, cases: readonly PrintCase[]): string {
  return cases
    .map(({ table, options }) => {
      const sample = tables[table];
      if (sample === undefined) throw new Error(`There is no sample table "${table}".`);
      return `${psetLines({ ...defaultPrintOptions, ...options })}\n${selectOf(sample)};\n\\echo ${marker}\n`;
    })
    .join('');
}

export function splitOutput(output: string): readonly string[] {
  return output.split(`${marker}\n`).slice(0, -1);
}

function psetLines(options: PrintOptions): string {
  const values: Readonly<Record<string, string | number | undefined>> = {
    format: options.format,
    expanded: options.expanded,
    border: options.border,
    columns: options.columns,
    csv_fieldsep: options.csvFieldSeparator,
    fieldsep: options.fieldSeparator,
    recordsep: options.recordSeparator,
    footer: onOff(options.footer),
    linestyle: options.lineStyle,
    unicode_border_linestyle: options.unicodeBorderLineStyle,
    unicode_column_linestyle: options.unicodeColumnLineStyle,
    unicode_header_linestyle: options.unicodeHeaderLineStyle,
    null: options.null,
    numericlocale: onOff(options.numericLocale),
    tableattr: options.tableAttributes,
    title: options.title,
    tuples_only: onOff(options.tuplesOnly),
  };
  const lines = Object.entries(values).map(([name, value]) =>
    value === undefined ? `\\pset ${name}` : `\\pset ${name} ${quoted(`${value}`)}`,
  );
  if (options.fieldSeparatorZero) lines.push('\\pset fieldsep_zero');
  if (options.recordSeparatorZero) lines.push('\\pset recordsep_zero');
  return lines.join('\n');
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

/** A statement whose result is the sample table, all characters but plain ones as escapes. */
function selectOf({ columns, rows }: SampleTable): string {
  if (columns.length === 0) return `select from generate_series(1, ${rows.length})`;
  const names = columns.map(([name, type], index) => `c${index}::${type} as ${identifier(name)}`);
  const filled = rows.length > 0 ? rows : [columns.map(() => null)];
  const values = filled.map((row, index) => `(${[index, ...row.map((cell) => (cell === null ? 'null' : literal(cell)))].join(', ')})`);
  const cells = columns.map((_, index) => `c${index}`);
  const condition = rows.length > 0 ? '' : 'where false';
  return `select ${names.join(', ')} from (values ${values.join(', ')}) v(o, ${cells.join(', ')}) ${condition} order by o`;
}

function literal(text: string): string {
  return `E'${escaped(text, /[^ -~]|['\\]/gu, (hex) => `\\U${hex.padStart(8, '0')}`)}'`;
}

function identifier(text: string): string {
  return `U&"${escaped(text, /[^ -~]|["\\]/gu, (hex) => `\\+${hex.padStart(6, '0')}`)}"`;
}

function escaped(text: string, special: RegExp, encode: (hex: string) => string): string {
  return text.replace(special, (character) => encode((character.codePointAt(0) ?? 0).toString(16)));
}

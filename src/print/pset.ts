import { resolveFormatName } from './format-name.ts';
import type { PrintOptions } from './print-options.ts';

export type PsetResult = { readonly options: PrintOptions } | { readonly error: string };

export interface PsetVersion {
  /** The major version of the psql that is stood in for: xheader_width came with 16. */
  readonly versionMajor: number;
}

type Setter = (options: PrintOptions, value: string | undefined) => PsetResult;

/** The names \pset knows by more than one. */
const aliases: Readonly<Record<string, string>> = { x: 'expanded', vertical: 'expanded', t: 'tuples_only', T: 'tableattr', C: 'title' };

const setters: Readonly<Record<string, Setter>> = {
  border: (options, value) => done({ ...options, border: value === undefined ? options.border : integer(value) & 0xffff }),
  columns: (options, value) => done({ ...options, columns: value === undefined ? options.columns : integer(value) }),
  csv_fieldsep: setCsvSeparator,
  expanded: setExpanded,
  fieldsep: (options, value) => done(value === undefined ? options : { ...options, fieldSeparator: value, fieldSeparatorZero: false }),
  fieldsep_zero: (options) => done({ ...options, fieldSeparatorZero: true }),
  footer: (options, value) => setBoolean('footer', value, options.footer, (footer) => ({ ...options, footer })),
  format: setFormat,
  linestyle: setLineStyle,
  null: (options, value) => done(value === undefined ? options : { ...options, null: value }),
  numericlocale: (options, value) =>
    setBoolean('numericlocale', value, options.numericLocale, (numericLocale) => ({ ...options, numericLocale })),
  pager: setPager,
  pager_min_lines: (options, value) => done({ ...options, pagerMinLines: value === undefined ? options.pagerMinLines : integer(value) }),
  recordsep: (options, value) => done(value === undefined ? options : { ...options, recordSeparator: value, recordSeparatorZero: false }),
  recordsep_zero: (options) => done({ ...options, recordSeparatorZero: true }),
  tableattr: (options, value) => done({ ...options, tableAttributes: value }),
  title: (options, value) => done({ ...options, title: value }),
  tuples_only: (options, value) => setBoolean('tuples_only', value, options.tuplesOnly, (tuplesOnly) => ({ ...options, tuplesOnly })),
  unicode_border_linestyle: unicodeSetter('border', (options, style) => ({ ...options, unicodeBorderLineStyle: style })),
  unicode_column_linestyle: unicodeSetter('column', (options, style) => ({ ...options, unicodeColumnLineStyle: style })),
  unicode_header_linestyle: unicodeSetter('header', (options, style) => ({ ...options, unicodeHeaderLineStyle: style })),
  xheader_width: setHeaderWidth,
};

/** The full name of a \pset option or alias; undefined where this version of psql has none. */
export function psetOption(name: string, { versionMajor }: PsetVersion): string | undefined {
  const option = Object.hasOwn(aliases, name) ? aliases[name] : name;
  if (option === undefined || !Object.hasOwn(setters, option)) return undefined;
  return option === 'xheader_width' && versionMajor < 16 ? undefined : option;
}

/** What `\pset name value` makes of the options, or psql's words for why not. Without a value switches turn over. */
export function applyPset(options: PrintOptions, name: string, value: string | undefined, version: PsetVersion): PsetResult {
  const setter = setters[psetOption(name, version) ?? ''];
  return setter === undefined ? { error: `\\pset: unknown option: ${name}` } : setter(options, value);
}

/** psql's ParseVariableBool: a prefix of true, false, yes, no; on, off (two letters at least); 1, 0. */
export function parseBoolean(value: string): boolean | undefined {
  const text = value.toLowerCase();
  if (text === '') return undefined;
  if (text === '1' || 'true'.startsWith(text) || 'yes'.startsWith(text) || text === 'on') return true;
  if (text === '0' || 'false'.startsWith(text) || 'no'.startsWith(text) || text === 'of' || text === 'off') return false;
  return undefined;
}

function done(options: PrintOptions): PsetResult {
  return { options };
}

function setBoolean(name: string, value: string | undefined, current: boolean, set: (value: boolean) => PrintOptions): PsetResult {
  const parsed = value === undefined ? !current : parseBoolean(value);
  if (parsed === undefined) return { error: `unrecognized value "${value}" for "${name}": Boolean expected` };
  return done(set(parsed));
}

function unknownValue(name: string, value: string, available: string): PsetResult {
  return { error: `unrecognized value "${value}" for "${name}"\nAvailable values are: ${available}.` };
}

function setExpanded(options: PrintOptions, value: string | undefined): PsetResult {
  if (value === undefined) return done({ ...options, expanded: options.expanded === 'off' ? 'on' : 'off' });
  if (value.toLowerCase() === 'auto') return done({ ...options, expanded: 'auto' });
  const isOn = parseBoolean(value);
  if (isOn === undefined) return unknownValue('expanded', value, 'on, off, auto');
  return done({ ...options, expanded: isOn ? 'on' : 'off' });
}

function setPager(options: PrintOptions, value: string | undefined): PsetResult {
  if (value === undefined) return done({ ...options, pager: options.pager === 'on' ? 'off' : 'on' });
  if (value.toLowerCase() === 'always') return done({ ...options, pager: 'always' });
  const isOn = parseBoolean(value);
  if (isOn === undefined) return unknownValue('pager', value, 'on, off, always');
  return done({ ...options, pager: isOn ? 'on' : 'off' });
}

function setFormat(options: PrintOptions, value: string | undefined): PsetResult {
  if (value === undefined) return done(options);
  const resolved = resolveFormatName(value);
  return 'error' in resolved ? resolved : done({ ...options, format: resolved.format });
}

function setLineStyle(options: PrintOptions, value: string | undefined): PsetResult {
  if (value === undefined) return done(options);
  const style = (['ascii', 'old-ascii', 'unicode'] as const).find((name) => name.startsWith(value.toLowerCase()));
  if (style === undefined) return { error: '\\pset: allowed line styles are ascii, old-ascii, unicode' };
  return done({ ...options, lineStyle: style });
}

function unicodeSetter(part: string, set: (options: PrintOptions, style: 'single' | 'double') => PrintOptions): Setter {
  return (options, value) => {
    if (value === undefined) return done(options);
    const style = (['single', 'double'] as const).find((name) => name.startsWith(value.toLowerCase()));
    if (style === undefined) return { error: `\\pset: allowed Unicode ${part} line styles are single, double` };
    return done(set(options, style));
  };
}

function setCsvSeparator(options: PrintOptions, value: string | undefined): PsetResult {
  if (value === undefined) return done(options);
  if (!/^[\x01-\x7f]$/.test(value)) return { error: '\\pset: csv_fieldsep must be a single one-byte character' };
  if (/["\n\r]/.test(value)) return { error: '\\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return' };
  return done({ ...options, csvFieldSeparator: value });
}

function setHeaderWidth(options: PrintOptions, value: string | undefined): PsetResult {
  if (value === undefined) return done(options);
  const name = (['full', 'column', 'page'] as const).find((known) => known === value.toLowerCase());
  if (name !== undefined) return done({ ...options, expandedHeaderWidth: name });
  const width = integer(value);
  if (width === 0) {
    return { error: '\\pset: allowed xheader_width values are "full" (default), "column", "page", or a number specifying the exact width' };
  }
  return done({ ...options, expandedHeaderWidth: width });
}

/** C's atoi: leading digits, else 0, as 32 bits. */
function integer(value: string): number {
  const digits = /^\s*([+-]?[0-9]+)/.exec(value)?.[1];
  if (digits === undefined) return 0;
  const limit = 2n ** 63n;
  const exact = BigInt(digits);
  return Number(BigInt.asIntN(32, exact >= limit ? limit - 1n : exact < -limit ? -limit : exact));
}

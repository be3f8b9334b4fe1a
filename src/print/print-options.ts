/** psql's printQueryOpt and printTableOpt: what \pset sets. Defaults in `defaultPrintOptions`. */
export interface PrintOptions {
  readonly format: FormatName;
  readonly expanded: 'off' | 'on' | 'auto';
  readonly border: number;
  /** Target width of wrapped and expanded auto, 0: the terminal's, or COLUMNS. */
  readonly columns: number;
  readonly csvFieldSeparator: string;
  readonly fieldSeparator: string;
  readonly recordSeparator: string;
  /** A zero byte instead of the separator text. */
  readonly fieldSeparatorZero: boolean;
  readonly recordSeparatorZero: boolean;
  readonly footer: boolean;
  readonly lineStyle: 'ascii' | 'old-ascii' | 'unicode';
  readonly unicodeBorderLineStyle: 'single' | 'double';
  readonly unicodeColumnLineStyle: 'single' | 'double';
  readonly unicodeHeaderLineStyle: 'single' | 'double';
  readonly null: string;
  readonly numericLocale: boolean;
  readonly pager: 'off' | 'on' | 'always';
  readonly pagerMinLines: number;
  readonly tableAttributes: string | undefined;
  readonly title: string | undefined;
  readonly tuplesOnly: boolean;
  /** psql 16: width of the expanded header: 'full', 'column', 'page' or a number. */
  readonly expandedHeaderWidth: 'full' | 'column' | 'page' | number;
}

export type FormatName =
  | 'aligned'
  | 'asciidoc'
  | 'csv'
  | 'html'
  | 'latex'
  | 'latex-longtable'
  | 'troff-ms'
  | 'unaligned'
  | 'wrapped'
  // ours
  | 'json'
  | 'json-lines'
  | 'markdown'
  | 'insert';

export const defaultPrintOptions: PrintOptions = {
  format: 'aligned',
  expanded: 'off',
  border: 1,
  columns: 0,
  csvFieldSeparator: ',',
  fieldSeparator: '|',
  recordSeparator: '\n',
  fieldSeparatorZero: false,
  recordSeparatorZero: false,
  footer: true,
  lineStyle: 'ascii',
  unicodeBorderLineStyle: 'single',
  unicodeColumnLineStyle: 'single',
  unicodeHeaderLineStyle: 'single',
  null: '',
  numericLocale: false,
  pager: 'on',
  pagerMinLines: 0,
  tableAttributes: undefined,
  title: undefined,
  tuplesOnly: false,
  expandedHeaderWidth: 'full',
};

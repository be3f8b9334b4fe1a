import type { PrintCase } from './psql-script.ts';
import { sampleTables } from './sample-tables.ts';

const variants: readonly PrintCase['options'][] = [
  { format: 'aligned' },
  { format: 'aligned', border: 0, null: '(null)' },
  { format: 'aligned', border: 2, title: 'A title', lineStyle: 'unicode' },
  { format: 'aligned', border: 1, lineStyle: 'old-ascii', tuplesOnly: true },
  { format: 'aligned', border: 2, lineStyle: 'unicode', unicodeBorderLineStyle: 'double', numericLocale: true, footer: false },
  { format: 'aligned', expanded: 'on' },
  { format: 'aligned', expanded: 'on', border: 0, tuplesOnly: true },
  { format: 'aligned', expanded: 'on', border: 2, lineStyle: 'old-ascii', title: 'A title' },
  { format: 'aligned', expanded: 'auto', columns: 30 },
  { format: 'wrapped', columns: 30 },
  { format: 'wrapped', columns: 40, expanded: 'on', lineStyle: 'unicode' },
  { format: 'unaligned' },
  { format: 'unaligned', fieldSeparator: ', ', recordSeparator: '~', title: 'A title' },
  { format: 'unaligned', fieldSeparatorZero: true, recordSeparatorZero: true, tuplesOnly: true },
  { format: 'unaligned', expanded: 'on', title: 'A title' },
  { format: 'csv' },
  { format: 'csv', csvFieldSeparator: ';', tuplesOnly: true },
  { format: 'csv', expanded: 'on' },
  { format: 'html', title: 'T<&>', tableAttributes: 'class="x"' },
  { format: 'html', expanded: 'on' },
  { format: 'asciidoc', border: 2 },
  { format: 'asciidoc', expanded: 'on', title: 'A title' },
  { format: 'latex', border: 3, title: 'T_#' },
  { format: 'latex', expanded: 'on', border: 2 },
  { format: 'latex-longtable', border: 2, tableAttributes: '0.2 0.5', title: 'A title' },
  { format: 'troff-ms', border: 2 },
  { format: 'troff-ms', expanded: 'on' },
];

/** What psql-15-goldens.json has the output of, in this order. */
export const goldenCases: readonly PrintCase[] = Object.keys(sampleTables).flatMap((table) =>
  variants.map((options) => ({ table, options })),
);

import { defaultPrintOptions, type PrintOptions } from '../../../src/print/print-options.ts';
import { printTable } from '../../../src/print/registry.ts';
import { type Column, isRightAligned } from '../../../src/result/column.ts';
import { packRows } from '../../../src/result/row-batch.ts';
import { encodeLossless } from '../../../src/text/lossless.ts';
import { untrusted } from '../../../src/text/untrusted.ts';

/** A table that can be printed by us and selected from a server alike: names, types and texts of the cells. */
export interface SampleTable {
  readonly columns: readonly (readonly [name: string, type: keyof typeof typeOids])[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const typeOids = { int4: 23, text: 25, numeric: 1700, bool: 16, float8: 701, json: 114, jsonb: 3802, money: 790 } as const;

export const sampleTables: Readonly<Record<string, SampleTable>> = {
  simple: {
    columns: [
      ['id', 'int4'],
      ['name', 'text'],
      ['price', 'numeric'],
    ],
    rows: [
      ['1', 'apple', '1234567.50'],
      ['22', null, '-3'],
      ['-333', 'a longer name with several words in it', null],
    ],
  },
  'several lines': {
    columns: [
      ['a\nheader', 'text'],
      ['n', 'int4'],
      ['last\ntwo\nthree', 'text'],
    ],
    rows: [
      ['one\ntwo\nthree', '1', 'x'],
      ['', '12345', 'y\nz'],
      ['a\tb\rc\x01\x1b', null, '\n'],
      ['日本語\ne\u0301', '5', '😀\x85x\u200b\u202e'],
    ],
  },
  'no rows': {
    columns: [
      ['a', 'int4'],
      ['b', 'text'],
    ],
    rows: [],
  },
  'one cell': { columns: [['?column?', 'int4']], rows: [['1']] },
  'no columns': { columns: [], rows: [[], []] },
  'special characters': {
    columns: [
      ['a,b', 'text'],
      ['c"d', 'text'],
    ],
    rows: [
      ['x,y', 'q"q'],
      ['\\.', ''],
      ['l1\nl2', 'r\rr'],
      [' ', ';'],
      ['<&>"', '  lead'],
      ['a|b#$%&\\^_{}~<>', 'x'],
    ],
  },
  'wide values': {
    columns: [
      ['id', 'int4'],
      ['long text', 'text'],
      ['日本', 'text'],
    ],
    rows: Array.from({ length: 12 }, (_, row) => [
      String(row),
      'word '.repeat(row * 3) + '日本語'.repeat(row),
      row % 3 === 0 ? null : `x\ny${row}`,
    ]),
  },
};

/** Our output for a sample table. */
export async function printSample(sample: SampleTable, options: Partial<PrintOptions>, isExact = true): Promise<string> {
  const rows = sample.rows.map((row) => row.map((cell) => (cell === null ? null : encodeLossless(cell))));
  const columns = sample.columns.map(([name, type]) => ({
    name,
    align: isRightAligned(typeOids[type]) ? ('right' as const) : ('left' as const),
    column: columnOf(name, typeOids[type]),
  }));
  const title = options.title === undefined ? {} : { title: options.title };
  const blocks: Buffer[] = [];
  const table = { columns, batches: once(packRows(columns.length, rows)), ...title };
  for await (const block of printTable(table, { ...defaultPrintOptions, ...options }, { terminalColumns: 0, isExact })) blocks.push(block);
  return Buffer.concat(blocks).toString('utf8');
}

async function* once<Value>(value: Value): AsyncIterable<Value> {
  yield value;
}

function columnOf(name: string, typeOid: number): Column {
  return { name: untrusted(name), tableOid: 0, attributeNumber: 0, typeOid, typeSize: -1, typeModifier: -1 };
}

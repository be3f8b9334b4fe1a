import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPrintOptions, type PrintOptions } from '../../src/print/print-options.ts';
import { printTable } from '../../src/print/registry.ts';
import type { Column } from '../../src/result/column.ts';
import { cellBytes, type RowBatch } from '../../src/result/row-batch.ts';
import type { Session } from '../../src/server/session.ts';
import { openTestSession } from '../support/open-test-session.ts';

/** Values of a type as an expression of `g`, from 1 to 350, the same on every server. Every seventh one is NULL. */
const types: Readonly<Record<string, string>> = {
  boolean: 'g % 2 = 0',
  smallint: '(g * 187 - 32768)::smallint',
  integer: '(g::bigint * 12271999 % 4294967296 - 2147483648)::integer',
  bigint: '(g * 52407000000000001::numeric - 9223372036854775808)::bigint',
  numeric: '(g * 1234567890123456789.000000001 * (-1) ^ g)::numeric',
  'numeric(12,4)': '(g * 1234.56789)::numeric(12,4)',
  real: '(exp(g::float8 / 4) * (-1) ^ g)::real',
  'double precision': 'exp(g) / 3 * (-1) ^ g',
  money: '(g * 12345.67)::numeric::money',
  oid: '(g::bigint * 12270000)::oid',
  text: "repeat(chr(32 + g), g % 40) || E'\\t\\n\\\\\"'''",
  'character varying': 'repeat(chr(9000 + g), g % 20)',
  'character(12)': "('x' || g)::character(12)",
  name: "('name ' || g)::name",
  '"char"': 'chr(33 + g % 90)::"char"',
  bytea: "decode(md5(g::text), 'hex')",
  date: "date '0001-01-01' + g * 9973",
  'date before Christ': "(date '0044-03-15 BC' - g)::date",
  time: "time '00:00:00.000001' + g * interval '246.913578 seconds'",
  timetz: "(time '00:00' + g * interval '200 seconds') at time zone interval '05:30'",
  timestamp: "timestamp '1582-10-04 23:59:59.999999' + g * interval '487 days 1.000007 seconds'",
  timestamptz: "timestamptz '1900-01-01 00:00:00+00' + g * interval '137 days 3.14159 seconds'",
  interval: "g * interval '1 month -3 days 4:05:06.789'",
  uuid: 'md5(g::text)::uuid',
  json: "json_build_object('a', g, 'b', array[g, null], 'c', E'q\"\\\\' || g)",
  jsonb: "jsonb_build_object('n', g / 7.0, 's', chr(200 + g), 'o', jsonb_build_object('deep', g % 2 = 0))",
  jsonpath: "('$.a[' || g || '] ? (@ > ' || g || ')')::jsonpath",
  xml: "('<a n=\"' || g || '\">' || chr(65 + g % 26) || '</a>')::xml",
  inet: "('10.' || g % 256 || '.0.1/' || g % 33)::inet",
  cidr: "set_masklen(('10.' || g % 256 || '.0.0')::cidr, 16)",
  'inet of IPv6': "('2001:db8::' || to_hex(g) || '/64')::inet",
  macaddr: '(substr(md5(g::text), 1, 12))::macaddr',
  macaddr8: '(substr(md5(g::text), 1, 16))::macaddr8',
  bit: 'g::bit(17)',
  'bit varying': '(g::bit(10))::bit varying(10)',
  point: 'point(g / 3.0, -g)',
  line: 'line(point(g, 0), point(0, g + 1))',
  lseg: 'lseg(point(g, 1), point(2, g / 7.0))',
  box: 'box(point(g, -g), point(g / 2.0, g))',
  path: "('[(' || g || ',1),(2,' || g / 9.0 || ')]')::path",
  polygon: "('((0,0),(' || g || ',0),(' || g || ',1))')::polygon",
  circle: 'circle(point(g, 0), g / 3.0)',
  tsvector: "to_tsvector('simple', 'one two ' || g)",
  tsquery: "to_tsquery('simple', 'one & !two' || g)",
  'integer[]': 'array[g, null, -g]',
  'text[]': "array['a b', '', 'q\"' || g, null, E'back\\\\slash']",
  'text[][]': "array[['a', g::text], ['{', ',']]",
  'numeric[]': 'array[g / 3.0, null]',
  'timestamptz[]': "array[timestamptz '2020-01-01 00:00:00+00' + g * interval '1 hour']",
  'point[]': 'array[point(g, 1), point(2, g)]',
  int4range: 'int4range(g, g * 2)',
  int8range: "int8range(null, g, '(]')",
  numrange: "numrange(g, g + 0.5, '[]')",
  tsrange: "tsrange(timestamp '2020-01-01' + g * interval '1 day', null)",
  tstzrange: "tstzrange(timestamptz '2020-01-01 00:00+00', timestamptz '2020-01-01 00:00+00' + g * interval '1 s')",
  daterange: "daterange(date '2020-01-01', date '2020-01-01' + g)",
  record: "row(g, 'a,b', null, '\"')",
  regclass: "(array['pg_class', 'pg_type', 'pg_proc'])[1 + g % 3]::regclass",
  regtype: "(array['integer', 'timestamp with time zone', 'text[]'])[1 + g % 3]::regtype",
  pg_lsn: "('0/' || to_hex(g * 7919))::pg_lsn",
  xid8: '(g * 7919)::text::xid8',
  pg_snapshot: "(g || ':' || g + 5 || ':' || g + 2)::pg_snapshot",
};
const valuesOfEach = 350;

let session: Session;
beforeAll(async () => {
  session = await openTestSession();
  for (const sql of ["set timezone to 'Asia/Kolkata'", "set datestyle to 'ISO, DMY'", 'set extra_float_digits to 1']) await readRows(sql);
});
afterAll(() => session?.close());

function query(expression: string): string {
  return `select case when g % 7 = 0 then null else ${expression} end as v from generate_series(1, ${valuesOfEach}) g order by g`;
}

async function readRows(sql: string): Promise<{ columns: readonly Column[]; batches: RowBatch[] }> {
  let columns: readonly Column[] = [];
  const batches: RowBatch[] = [];
  for await (const event of session.run({ sql })) {
    if (event.type === 'columns') columns = event.columns;
    else if (event.type === 'rows') {
      const { batch } = event;
      batches.push({ ...batch, bytes: Buffer.from(batch.bytes), offsets: batch.offsets.slice() });
    } else if (event.type === 'error') throw new Error(`${event.error.message}: ${sql}`);
  }
  return { columns, batches };
}

/** What COPY TO STDOUT writes. */
async function copied(sql: string, options: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const event of session.run({ sql: `copy (${sql}) to stdout ${options}` })) {
    if (event.type === 'copyData') parts.push(Buffer.from(event.bytes));
    else if (event.type === 'error') throw new Error(event.error.message);
  }
  return Buffer.concat(parts).toString();
}

async function printed({ columns, batches }: Awaited<ReturnType<typeof readRows>>, options: Partial<PrintOptions>): Promise<string> {
  const table = { columns: columns.map((column) => ({ name: column.name, align: 'left' as const, column })), batches: replay(batches) };
  const parts: Buffer[] = [];
  for await (const block of printTable(table, { ...defaultPrintOptions, ...options }, { terminalColumns: 0, isExact: true }))
    parts.push(block);
  return Buffer.concat(parts).toString();
}

async function* replay(batches: readonly RowBatch[]): AsyncIterable<RowBatch> {
  yield* batches;
}

/** A cell in COPY's text format (the manual, COPY, "Text Format"). */
function copyText(bytes: Buffer | null): string {
  if (bytes === null) return '\\N';
  const marks: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
  };
  return bytes.toString().replace(/[\\\b\f\n\r\t\v]/g, (character) => marks[character] ?? character);
}

function isJson(typeOid: number | undefined): boolean {
  return typeOid === 114 || typeOid === 3802;
}

/** The server's text of what a member of our JSON says: numbers and JSON as they stand, strings out of their quotes. */
function jsonText(member: string, typeOid: number | undefined): string | null {
  if (member === 'null') return null;
  if (typeOid === 16) return member === 'true' ? 't' : 'f';
  return member.startsWith('"') && !isJson(typeOid) ? (JSON.parse(member) as string) : member;
}

test('there are 60 types and 20,000 values', () => {
  expect(Object.keys(types).length).toBeGreaterThanOrEqual(60);
  expect(Object.keys(types).length * valuesOfEach).toBeGreaterThanOrEqual(20_000);
});

test.each(Object.entries(types))('%s: cell, csv and json are the server’s text', async (_, expression) => {
  const sql = query(expression);
  const rows = await readRows(sql);
  const cells = rows.batches.flatMap((batch) => Array.from({ length: batch.rowCount }, (_value, row) => cellBytes(batch, row, 0)));
  expect(cells.map((cell) => `${copyText(cell)}\n`).join('')).toBe(await copied(sql, ''));
  expect(await printed(rows, { format: 'csv', null: '<null>' })).toBe(await copied(sql, "(format csv, header, null '<null>')"));
  const lines = (await printed(rows, { format: 'json-lines' })).replace(/\n$/, '').split('\n');
  expect(lines.map((line) => jsonText(line.slice('{"v":'.length, -1), rows.columns[0]?.typeOid))).toEqual(
    cells.map((cell) => cell?.toString().replace(/\n/g, isJson(rows.columns[0]?.typeOid) ? ' ' : '\n') ?? null),
  );
});

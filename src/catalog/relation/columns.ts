import { cell, type Rows } from '../catalog-work.ts';
import { isKind, type Relation } from './relation.ts';

/** A column of \d's table: what it asks the server for and how the answer is shown. */
interface ColumnPart {
  readonly heading: string;
  readonly applies: (relation: Relation) => boolean;
  readonly select: (relation: Relation) => readonly string[];
  /** Gets the values of `select`. Absent: the first of them. */
  readonly show?: (values: readonly string[]) => string;
}

const always = () => true;
const hasDetails = (relation: Relation) => isKind(relation, 'rvmfcp');
const isIndex = (relation: Relation) => isKind(relation, 'iI');
const isVerbose = ({ request }: Relation) => request.isVerbose;

const storages: Readonly<Record<string, string>> = { p: 'plain', m: 'main', x: 'extended', e: 'external' };
const compressions: Readonly<Record<string, string>> = { '': '', p: 'pglz', l: 'lz4' };

// In the order of the query. What is shown stands in `shownOrder`.
const parts = {
  name: { heading: 'Column', applies: always, select: () => ['SELECT a.attname'] },
  type: { heading: 'Type', applies: always, select: () => [',\n  pg_catalog.format_type(a.atttypid, a.atttypmod)'] },
  defaultValue: {
    heading: 'Default',
    applies: hasDetails,
    select: () => [
      `,
  (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true)
   FROM pg_catalog.pg_attrdef d
   WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef)`,
    ],
  },
  nullable: {
    heading: 'Nullable',
    applies: hasDetails,
    select: () => [',\n  a.attnotnull'],
    show: ([isNotNull]) => (isNotNull === 't' ? 'not null' : ''),
  },
  collation: {
    heading: 'Collation',
    applies: hasDetails,
    select: () => [
      `,
  (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t
   WHERE c.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS attcollation`,
    ],
  },
  generation: {
    heading: '',
    applies: hasDetails,
    select: ({ request }) => [
      ',\n  a.attidentity',
      request.version >= 120_000 ? ',\n  a.attgenerated' : ",\n  ''::pg_catalog.char AS attgenerated",
    ],
  },
  isKey: {
    heading: 'Key?',
    applies: (relation) => isIndex(relation) && relation.request.version >= 110_000,
    select: ({ oid }) => [
      `,\n  CASE WHEN a.attnum <= (SELECT i.indnkeyatts FROM pg_catalog.pg_index i WHERE i.indexrelid = '${oid}') THEN 'yes' ELSE 'no' END AS is_key`,
    ],
  },
  definition: {
    heading: 'Definition',
    applies: isIndex,
    select: () => [',\n  pg_catalog.pg_get_indexdef(a.attrelid, a.attnum, TRUE) AS indexdef'],
  },
  foreignOptions: {
    heading: 'FDW options',
    applies: (relation) => isKind(relation, 'f'),
    select: () => [
      ",\n  CASE WHEN attfdwoptions IS NULL THEN '' ELSE   '(' || pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value)  FROM   pg_catalog.pg_options_to_table(attfdwoptions)), ', ') || ')' END AS attfdwoptions",
    ],
  },
  storage: {
    heading: 'Storage',
    applies: isVerbose,
    select: () => [',\n  a.attstorage'],
    show: ([letter = '']) => storages[letter] ?? '???',
  },
  compression: {
    heading: 'Compression',
    applies: (relation) =>
      isVerbose(relation) && relation.request.version >= 140_000 && !relation.request.hidesCompression && isKind(relation, 'rpm'),
    select: () => [',\n  a.attcompression AS attcompression'],
    show: ([letter = '']) => compressions[letter] ?? '???',
  },
  statistics: {
    heading: 'Stats target',
    applies: (relation) => isVerbose(relation) && isKind(relation, 'riImfp'),
    select: () => [',\n  CASE WHEN a.attstattarget=-1 THEN NULL ELSE a.attstattarget END AS attstattarget'],
  },
  description: {
    heading: 'Description',
    applies: (relation) => isVerbose(relation) && isKind(relation, 'rvmfcp'),
    select: () => [',\n  pg_catalog.col_description(a.attrelid, a.attnum)'],
  },
} as const satisfies Readonly<Record<string, ColumnPart>>;

type PartName = keyof typeof parts;
const queryOrder = Object.keys(parts) as readonly PartName[];
const shownOrder: readonly PartName[] = [
  'name',
  'type',
  'collation',
  'nullable',
  'defaultValue',
  'isKey',
  'definition',
  'foreignOptions',
  'storage',
  'compression',
  'statistics',
  'description',
];

/** The query for the columns of a relation. */
export function columnsQuery(relation: Relation): string {
  const selected = queryOrder.filter((name) => parts[name].applies(relation)).flatMap((name) => parts[name].select(relation));
  return `${selected.join('')}
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = '${relation.oid}' AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum;`;
}

/** The headings and cells of \d's table out of the answer to `columnsQuery`. */
export function columnsTable(relation: Relation, found: Rows): { headings: readonly string[]; rows: readonly (readonly string[])[] } {
  const places = new Map<PartName, readonly number[]>();
  let next = 0;
  for (const name of queryOrder) {
    if (!parts[name].applies(relation)) continue;
    places.set(
      name,
      parts[name].select(relation).map(() => next++),
    );
  }
  const shown = shownOrder.filter((name) => places.has(name));
  const valuesOf = (row: readonly (string | null)[], name: PartName) => (places.get(name) ?? []).map((place) => cell(row, place));
  return {
    headings: shown.map((name) => parts[name].heading),
    rows: found.rows.map((row) =>
      shown.map((name) => {
        const values = valuesOf(row, name);
        if (name === 'defaultValue') return defaultText(values[0] ?? '', valuesOf(row, 'generation'));
        const part: ColumnPart = parts[name];
        return part.show === undefined ? (values[0] ?? '') : part.show(values);
      }),
    ),
  };
}

/** The default of a column, or how it is generated. */
function defaultText(expression: string, [identity, generated]: readonly string[]): string {
  if (identity === 'a') return 'generated always as identity';
  if (identity === 'd') return 'generated by default as identity';
  if (generated === 's') return `generated always as (${expression}) stored`;
  if (generated === 'v') return `generated always as (${expression})`;
  return expression;
}

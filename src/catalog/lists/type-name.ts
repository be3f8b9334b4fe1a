import type { ListQuery, NameMatch } from '../list-query.ts';

// Names the grammar takes that are neither in pg_type nor what format_type says.
const grammarNames = new Map(
  Object.entries({
    decimal: 'numeric',
    float: 'double precision',
    int: 'integer',
    'bool[]': 'boolean[]',
    'decimal[]': 'numeric[]',
    'float[]': 'double precision[]',
    'float4[]': 'real[]',
    'float8[]': 'double precision[]',
    'int[]': 'integer[]',
    'int2[]': 'smallint[]',
    'int4[]': 'integer[]',
    'int8[]': 'bigint[]',
    'time[]': 'time without time zone[]',
    'timetz[]': 'time with time zone[]',
    'timestamp[]': 'timestamp without time zone[]',
    'timestamptz[]': 'timestamp with time zone[]',
    'varbit[]': 'bit varying[]',
    'varchar[]': 'character varying[]',
  }),
);

/** The pattern to look a type up by: `int` is found as `integer`. Patterns with wildcards stay as they are. */
export function typePattern(pattern: string): string {
  return grammarNames.get(pattern.toLowerCase()) ?? pattern;
}

/** Matches a type by its internal or external name. */
export function typeName(schemaAlias: string, typeAlias: string): NameMatch {
  return {
    schema: `${schemaAlias}.nspname`,
    name: `${typeAlias}.typname`,
    alternative: `pg_catalog.format_type(${typeAlias}.oid, NULL)`,
    visibility: `pg_catalog.pg_type_is_visible(${typeAlias}.oid)`,
    parts: 3,
  };
}

/** The condition on argument number `index` of a function or operator; `-`: there is no such argument. */
export function argumentMatch(q: ListQuery, pattern: string, index: number): string {
  if (pattern === '-') return `  AND t${index}.typname IS NULL\n`;
  return q.match({ ...typeName(`nt${index}`, `t${index}`), pattern: typePattern(pattern) });
}

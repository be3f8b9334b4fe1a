import type { Routine } from '../sql/guard/routine.ts';
import type { ObjectName } from '../sql/guard/token-reader.ts';
import { quoteLiteral } from '../sql/quote.ts';

/** FirstNormalObjectId of transam.h: what has a lower one came with the server. */
const firstNormalOid = 16_384;

/** Clauses that look like calls; there is no need to ask for them again where there is no function of the name either. */
const clauses = new Set([
  ...['varying', 'cube', 'rollup', 'columns', 'nested', 'merge_action', 'json_array', 'json_arrayagg', 'json_exists', 'json_objectagg'],
  ...['json_query', 'json_scalar', 'json_serialize', 'json_table', 'json_value'],
]);

/**
 * Asks the session of the user's for the routines of these names, and, of aggregates, for the functions they are made of: the name that
 * was asked for, whether it is found without its schema, whether it is PostgreSQL's or written in C by an extension, then what a Routine is,
 * its schema and its own settings.
 * `version`: of the server, as 150018. `room`: characters that the bodies may have together; what is beyond comes without its body.
 */
export function namedRoutinesQuery(names: readonly ObjectName[], version: number, room: number): string {
  const asked = names.map(({ normalized, parts }) => {
    const [name = '', schema] = parts.toReversed();
    return `(${[normalized, schema, name].map((text) => (text === undefined ? 'NULL' : quoteLiteral(text).trimStart())).join(', ')})`;
  });
  const body = version >= 140_000 ? 'COALESCE(pg_catalog.pg_get_function_sqlbody(f.oid), f.prosrc)' : 'f.prosrc';
  return `SELECT w.asked, pg_catalog.pg_function_is_visible(p.oid),
  p.oid OPERATOR(pg_catalog.<) ${firstNormalOid}::pg_catalog.oid OR (l.lanname OPERATOR(pg_catalog.=) 'c' AND EXISTS (
    SELECT FROM pg_catalog.pg_depend d WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) f.oid AND d.deptype OPERATOR(pg_catalog.=) 'e')),
  l.lanname, CASE WHEN pg_catalog.sum(pg_catalog.length(b.body)) OVER (ROWS UNBOUNDED PRECEDING) OPERATOR(pg_catalog.<=) ${room} THEN b.body END, f.provolatile OPERATOR(pg_catalog.=) 'v',
  CASE WHEN a.aggfnoid IS NULL THEN p.pronargs OPERATOR(pg_catalog.-) p.pronargdefaults ELSE 0 END,
  CASE WHEN a.aggfnoid IS NULL AND p.provariadic OPERATOR(pg_catalog.=) 0::pg_catalog.oid
    THEN COALESCE(pg_catalog.cardinality(p.proallargtypes), p.pronargs) END,
  n.nspname, pg_catalog.array_to_string(f.proconfig, ' ')
FROM (VALUES ${asked.join(', ')}) w (asked, schema, name)
JOIN pg_catalog.pg_proc p ON p.proname OPERATOR(pg_catalog.=) w.name::pg_catalog.name
JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace AND (w.schema IS NULL OR n.nspname OPERATOR(pg_catalog.=) w.schema::pg_catalog.name
  OR (w.schema OPERATOR(pg_catalog.=) 'pg_temp' AND n.oid OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()))
LEFT JOIN pg_catalog.pg_aggregate a ON a.aggfnoid OPERATOR(pg_catalog.=) p.oid
CROSS JOIN LATERAL pg_catalog.unnest(CASE WHEN a.aggfnoid IS NULL THEN ARRAY[p.oid]
  ELSE ARRAY[a.aggtransfn::pg_catalog.oid, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn] END) parts (oid)
JOIN pg_catalog.pg_proc f ON f.oid OPERATOR(pg_catalog.=) parts.oid
JOIN pg_catalog.pg_language l ON l.oid OPERATOR(pg_catalog.=) f.prolang
CROSS JOIN LATERAL (SELECT ${body} AS body) b`;
}

export interface NamedRoutines {
  /** By the name that was asked for, also those that there are none of. */
  readonly routines: ReadonlyMap<string, readonly Routine[]>;
  /** Names that only PostgreSQL's own functions have, or those of an extension that are written in C; and clauses. */
  readonly builtIn: readonly string[];
  /** What the routines' own search_path is, each. */
  readonly paths: readonly string[];
}

/**
 * What is found without its schema counts, and what is in a schema that one of the search paths names; of what is not found, and may be
 * in a path that nothing tells of, all of that name. `paths` undefined: nothing is known of how names are found.
 */
export function namedRoutines(
  names: readonly ObjectName[],
  rows: readonly (readonly (string | null)[])[],
  paths: readonly string[] | undefined,
): NamedRoutines {
  const routines = new Map<string, readonly Routine[]>();
  const builtIn: string[] = [];
  const isNamed = (schema: string): boolean => paths?.some((path) => path.includes(schema)) !== false;
  for (const { normalized, parts } of names) {
    const all = rows.filter(([asked]) => asked === normalized);
    const visible = parts.length > 1 ? all : all.filter((row) => row[1] === 't' || isNamed(row[8] ?? ''));
    const own = (visible.length > 0 ? visible : all).filter(([, , isBuiltIn]) => isBuiltIn !== 't');
    routines.set(normalized, own.map(routineOf));
    if (all.every(([, , isBuiltIn]) => isBuiltIn === 't') && (all.length > 0 || clauses.has(normalized))) builtIn.push(normalized);
  }
  return { routines, builtIn, paths: rows.flatMap((row) => (row[9]?.includes('search_path=') ? [row[9]] : [])) };
}

function routineOf([, , , language, body, isVolatile, least, most]: readonly (string | null)[]): Routine {
  return {
    language: language ?? '',
    body: body ?? undefined,
    isVolatile: isVolatile === 't',
    leastArguments: Number(least),
    mostArguments: most == null ? Number.POSITIVE_INFINITY : Number(most),
  };
}

import type { Routine } from '../sql/guard/routine.ts';
import type { ObjectName } from '../sql/guard/token-reader.ts';
import { quoteLiteral } from '../sql/quote.ts';

/** UTF-16 units up to which a body is read: that takes as long as a frame may. */
const longest = 100_000;
/** FirstNormalObjectId of transam.h: what has a lower one came with the server. */
const firstNormalOid = 16_384;

/**
 * Asks the session of the user's for the routines of these names, and, of aggregates, for the functions they are made of: the name that
 * was asked for, whether it is found without its schema, whether it is PostgreSQL's or written in C by an extension, then what a Routine is.
 * `version`: of the server, as 150018.
 */
export function namedRoutinesQuery(names: readonly ObjectName[], version: number): string {
  const asked = names.map(({ normalized, parts }) => {
    const [name = '', schema] = parts.toReversed();
    return `(${[normalized, schema, name].map((text) => (text === undefined ? 'NULL' : quoteLiteral(text).trimStart())).join(', ')})`;
  });
  const body = version >= 140_000 ? 'COALESCE(pg_catalog.pg_get_function_sqlbody(f.oid), f.prosrc)' : 'f.prosrc';
  return `SELECT w.asked, pg_catalog.pg_function_is_visible(p.oid),
  p.oid OPERATOR(pg_catalog.<) ${firstNormalOid}::pg_catalog.oid OR (l.lanname OPERATOR(pg_catalog.=) 'c' AND EXISTS (
    SELECT FROM pg_catalog.pg_depend d WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) f.oid AND d.deptype OPERATOR(pg_catalog.=) 'e')),
  l.lanname, CASE WHEN pg_catalog.length(b.body) OPERATOR(pg_catalog.<=) ${longest} THEN b.body END, f.provolatile OPERATOR(pg_catalog.=) 'v',
  CASE WHEN a.aggfnoid IS NULL THEN p.pronargs OPERATOR(pg_catalog.-) p.pronargdefaults ELSE 0 END,
  CASE WHEN a.aggfnoid IS NULL AND p.provariadic OPERATOR(pg_catalog.=) 0::pg_catalog.oid
    THEN COALESCE(pg_catalog.cardinality(p.proallargtypes), p.pronargs) END
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
  /** Names that only PostgreSQL's own functions have, or those of an extension that are written in C. */
  readonly builtIn: readonly string[];
}

/** What is found without its schema counts; of what is not, and may be in a routine's own search_path, all of that name. */
export function namedRoutines(names: readonly ObjectName[], rows: readonly (readonly (string | null)[])[]): NamedRoutines {
  const routines = new Map<string, readonly Routine[]>();
  const builtIn: string[] = [];
  for (const { normalized, parts } of names) {
    const all = rows.filter(([asked]) => asked === normalized);
    const visible = parts.length > 1 ? all : all.filter(([, isVisible]) => isVisible === 't');
    const own = (visible.length > 0 ? visible : all).filter(([, , isBuiltIn]) => isBuiltIn !== 't');
    routines.set(normalized, own.map(routineOf));
    if (all.length > 0 && all.every(([, , isBuiltIn]) => isBuiltIn === 't')) builtIn.push(normalized);
  }
  return { routines, builtIn };
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

import { cell } from '../catalog-work.ts';
import type { ListRequest } from '../list-request.ts';

/** What \d knows of a relation before it asks for the parts. */
export interface Relation {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** pg_class.relkind: r, v, m, i, I, S, t, f, p or c. */
  readonly kind: string;
  readonly hasChecks: boolean;
  readonly hasIndex: boolean;
  readonly hasRules: boolean;
  readonly hasTriggers: boolean;
  readonly rowSecurity: boolean;
  readonly forceRowSecurity: boolean;
  readonly hasOids: boolean;
  readonly isPartition: boolean;
  /** Storage parameters, asked for under + only. */
  readonly options: string;
  /** Object ID, '0' for the database's default. */
  readonly tablespace: string;
  /** Of a typed table, else ''. */
  readonly typeName: string;
  readonly isUnlogged: boolean;
  /** pg_class.relreplident: d, n, f or i. */
  readonly replicaIdentity: string;
  readonly accessMethod: string | undefined;
  readonly request: ListRequest;
}

/** Whether the relation is of one of the kinds, given as their letters. */
export function isKind({ kind }: Relation, letters: string): boolean {
  return letters.includes(kind);
}

/** The query for `relationFrom`. */
export function relationQuery(oid: string, { isVerbose, version }: ListRequest): string {
  const options = isVerbose
    ? "pg_catalog.array_to_string(c.reloptions || array(select 'toast.' || x from pg_catalog.unnest(tc.reloptions) x), ', ')\n"
    : "''";
  const hasMethod = version >= 120_000;
  return `SELECT c.relchecks, c.relkind, c.relhasindex, c.relhasrules, c.relhastriggers, c.relrowsecurity, c.relforcerowsecurity, ${
    hasMethod ? 'false AS relhasoids' : 'c.relhasoids'
  }, c.relispartition, ${options}, c.reltablespace, CASE WHEN c.reloftype = 0 THEN '' ELSE c.reloftype::pg_catalog.regtype::pg_catalog.text END, c.relpersistence, c.relreplident${
    hasMethod ? ', am.amname' : ''
  }
FROM pg_catalog.pg_class c
 LEFT JOIN pg_catalog.pg_class tc ON (c.reltoastrelid = tc.oid)
${hasMethod ? 'LEFT JOIN pg_catalog.pg_am am ON (c.relam = am.oid)\n' : ''}WHERE c.oid = '${oid}';`;
}

export function relationFrom(
  row: readonly (string | null)[],
  named: { readonly oid: string; readonly schema: string; readonly name: string },
  request: ListRequest,
): Relation {
  const is = (column: number) => cell(row, column) === 't';
  return {
    ...named,
    kind: cell(row, 1),
    hasChecks: cell(row, 0) !== '0',
    hasIndex: is(2),
    hasRules: is(3),
    hasTriggers: is(4),
    rowSecurity: is(5),
    forceRowSecurity: is(6),
    hasOids: is(7),
    isPartition: is(8),
    options: cell(row, 9),
    tablespace: cell(row, 10),
    typeName: cell(row, 11),
    isUnlogged: cell(row, 12) === 'u',
    replicaIdentity: cell(row, 13),
    accessMethod: row[14] ?? undefined,
    request,
  };
}

const kindTitles: Readonly<Record<string, string>> = {
  r: 'Table',
  v: 'View',
  m: 'Materialized view',
  i: 'Index',
  I: 'Partitioned index',
  S: 'Sequence',
  t: 'TOAST table',
  f: 'Foreign table',
  p: 'Partitioned table',
  c: 'Composite type',
};

/** `Table "public.x"`, `Unlogged table "public.x"`. */
export function relationTitle(relation: Relation): string {
  const kind = kindTitles[relation.kind] ?? `?${relation.kind}?`;
  const title = relation.isUnlogged ? `Unlogged ${kind.toLowerCase()}` : kind;
  return `${title} "${relation.schema}.${relation.name}"`;
}

import type { CatalogList } from '../list.ts';
import type { ListQuery } from '../list-query.ts';

/** An arm of the UNION: objects of one kind whose comments no other command shows. */
interface DescribedKind {
  readonly select: string;
  /** Whether the arm has a condition already, or is a join that the first condition goes on with. */
  readonly goesOn: boolean;
  readonly name: string;
  readonly visibility: string;
}

const constraint = (kind: string, join: string, namespace: string) => `  SELECT pgc.oid as oid, pgc.tableoid AS tableoid,
  n.nspname as nspname,
  CAST(pgc.conname AS pg_catalog.text) as name,  CAST('${kind}' AS pg_catalog.text) as object
  FROM pg_catalog.pg_constraint pgc
    JOIN ${join}
    LEFT JOIN pg_catalog.pg_namespace n     ON n.oid = ${namespace}
`;

const kinds: readonly DescribedKind[] = [
  {
    select: constraint('table constraint', 'pg_catalog.pg_class c ON c.oid = pgc.conrelid', 'c.relnamespace'),
    goesOn: false,
    name: 'pgc.conname',
    visibility: 'pg_catalog.pg_table_is_visible(c.oid)',
  },
  {
    select: constraint('domain constraint', 'pg_catalog.pg_type t ON t.oid = pgc.contypid', 't.typnamespace'),
    goesOn: false,
    name: 'pgc.conname',
    visibility: 'pg_catalog.pg_type_is_visible(t.oid)',
  },
  {
    select: `  SELECT o.oid as oid, o.tableoid as tableoid,
  n.nspname as nspname,
  CAST(o.opcname AS pg_catalog.text) as name,
  CAST('operator class' AS pg_catalog.text) as object
  FROM pg_catalog.pg_opclass o
    JOIN pg_catalog.pg_am am ON o.opcmethod = am.oid
    JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
`,
    goesOn: true,
    name: 'o.opcname',
    visibility: 'pg_catalog.pg_opclass_is_visible(o.oid)',
  },
  {
    select: `  SELECT opf.oid as oid, opf.tableoid as tableoid,
  n.nspname as nspname,
  CAST(opf.opfname AS pg_catalog.text) AS name,
  CAST('operator family' AS pg_catalog.text) as object
  FROM pg_catalog.pg_opfamily opf
    JOIN pg_catalog.pg_am am ON opf.opfmethod = am.oid
    JOIN pg_catalog.pg_namespace n ON opf.opfnamespace = n.oid
`,
    goesOn: true,
    name: 'opf.opfname',
    visibility: 'pg_catalog.pg_opfamily_is_visible(opf.oid)',
  },
  {
    select: `  SELECT r.oid as oid, r.tableoid as tableoid,
  n.nspname as nspname,
  CAST(r.rulename AS pg_catalog.text) as name,  CAST('rule' AS pg_catalog.text) as object
  FROM pg_catalog.pg_rewrite r
       JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
       LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE r.rulename != '_RETURN'
`,
    goesOn: true,
    name: 'r.rulename',
    visibility: 'pg_catalog.pg_table_is_visible(c.oid)',
  },
  {
    select: `  SELECT t.oid as oid, t.tableoid as tableoid,
  n.nspname as nspname,
  CAST(t.tgname AS pg_catalog.text) as name,  CAST('trigger' AS pg_catalog.text) as object
  FROM pg_catalog.pg_trigger t
       JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
       LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
`,
    goesOn: false,
    name: 't.tgname',
    visibility: 'pg_catalog.pg_table_is_visible(c.oid)',
  },
];

function arm(q: ListQuery, kind: DescribedKind): string {
  const hasWhere = kind.goesOn || (!q.showsSystem && q.pattern === undefined);
  const match = q.match({ schema: 'n.nspname', name: kind.name, visibility: kind.visibility, parts: 3, hasWhere });
  return `${kind.select}${q.userObjects(kind.goesOn ? 'AND' : 'WHERE')}${match}`;
}

/** \dd */
export const objectDescriptions: CatalogList = {
  title: 'Object descriptions',
  query: (q) => `SELECT DISTINCT tt.nspname AS "Schema", tt.name AS "Name", tt.object AS "Object", d.description AS "Description"
FROM (
${kinds.map((kind) => arm(q, kind)).join('UNION ALL\n')}) AS tt
  JOIN pg_catalog.pg_description d ON (tt.oid = d.objoid AND tt.tableoid = d.classoid AND d.objsubid = 0)
ORDER BY 1, 2, 3;`,
};

import { type CatalogTable, type CatalogWork, cell } from '../catalog-work.ts';
import { type Relation, relationTitle } from './relation.ts';

const numbers = ['Start', 'Minimum', 'Maximum', 'Increment', 'Cache'];

/** \d of a sequence: its parameters and the column that owns it. */
export function* describeSequence(relation: Relation): CatalogWork<CatalogTable> {
  const { oid } = relation;
  const sql = `SELECT pg_catalog.format_type(seqtypid, NULL) AS "Type",
       seqstart AS "Start",
       seqmin AS "Minimum",
       seqmax AS "Maximum",
       seqincrement AS "Increment",
       CASE WHEN seqcycle THEN 'yes' ELSE 'no' END AS "Cycles?",
       seqcache AS "Cache"
FROM pg_catalog.pg_sequence
WHERE seqrelid = '${oid}';`;
  const found = yield sql;
  const owners = yield `SELECT pg_catalog.quote_ident(nspname) || '.' ||
   pg_catalog.quote_ident(relname) || '.' ||
   pg_catalog.quote_ident(attname),
   d.deptype
FROM pg_catalog.pg_class c
INNER JOIN pg_catalog.pg_depend d ON c.oid=d.refobjid
INNER JOIN pg_catalog.pg_namespace n ON n.oid=c.relnamespace
INNER JOIN pg_catalog.pg_attribute a ON (
 a.attrelid=c.oid AND
 a.attnum=d.refobjsubid)
WHERE d.classid='pg_catalog.pg_class'::pg_catalog.regclass
 AND d.refclassid='pg_catalog.pg_class'::pg_catalog.regclass
 AND d.objid='${oid}'
 AND d.deptype IN ('a', 'i')`;
  const [owner] = owners.rows;
  const footers =
    owner === undefined || owners.rows.length !== 1
      ? []
      : [`${cell(owner, 1) === 'i' ? 'Sequence for identity column' : 'Owned by'}: ${cell(owner, 0)}`];
  return {
    title: relationTitle(relation),
    columns: found.columns.map((name) => ({ name, align: numbers.includes(name) ? 'right' : 'left' })),
    rows: found.rows,
    footers,
    isSection: true,
  };
}

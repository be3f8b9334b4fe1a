import { cell } from '../catalog-work.ts';
import { isKind, type Relation } from './relation.ts';
import { headed, querySection, type Section } from './section.ts';

/** Relations with constraints, policies, rules and so on. */
export function isTableLike(relation: Relation): boolean {
  return isKind(relation, 'rmfpt');
}

/** psql up to 17 looks for foreign keys only where there are triggers, which they are made of, or partitions. */
function mayHaveForeignKeys(relation: Relation): boolean {
  return isTableLike(relation) && (relation.request.version >= 180_000 || relation.hasTriggers || isKind(relation, 'p'));
}

export const checkConstraints: Section = querySection(
  (relation) => relation.hasChecks && isTableLike(relation),
  ({ oid }) => `SELECT r.conname, pg_catalog.pg_get_constraintdef(r.oid, true)
FROM pg_catalog.pg_constraint r
WHERE r.conrelid = '${oid}' AND r.contype = 'c'
ORDER BY 1;`,
  ({ rows }) =>
    headed(
      'Check constraints:',
      rows.map((row) => `    "${cell(row, 0)}" ${cell(row, 1)}`),
    ),
);

/** Foreign keys, first the table's own, then those of the partitioned tables it is part of. */
export const foreignKeys: Section = querySection(
  mayHaveForeignKeys,
  (relation) => {
    const { oid, request } = relation;
    if (request.version >= 120_000 && (relation.isPartition || isKind(relation, 'p'))) {
      return `SELECT conrelid = '${oid}'::pg_catalog.regclass AS sametable,
       conname,
       pg_catalog.pg_get_constraintdef(oid, true) AS condef,
       conrelid::pg_catalog.regclass AS ontable
  FROM pg_catalog.pg_constraint,
       pg_catalog.pg_partition_ancestors('${oid}')
 WHERE conrelid = relid AND contype = 'f' AND conparentid = 0
ORDER BY sametable DESC, conname;`;
    }
    return `SELECT true as sametable, conname,
  pg_catalog.pg_get_constraintdef(r.oid, true) as condef,
  conrelid::pg_catalog.regclass AS ontable
FROM pg_catalog.pg_constraint r
WHERE r.conrelid = '${oid}' AND r.contype = 'f'
${request.version >= 120_000 ? '     AND conparentid = 0\n' : ''}ORDER BY conname`;
  },
  ({ rows }) =>
    headed(
      'Foreign-key constraints:',
      rows.map((row) => {
        const constraint = `"${cell(row, 1)}" ${cell(row, 2)}`;
        return cell(row, 0) === 'f' ? `    TABLE "${cell(row, 3)}" CONSTRAINT ${constraint}` : `    ${constraint}`;
      }),
    ),
);

export const referencedBy: Section = querySection(
  mayHaveForeignKeys,
  ({ oid, request }) =>
    request.version >= 120_000
      ? `SELECT conname, conrelid::pg_catalog.regclass AS ontable,
       pg_catalog.pg_get_constraintdef(oid, true) AS condef
  FROM pg_catalog.pg_constraint c
 WHERE confrelid IN (SELECT pg_catalog.pg_partition_ancestors('${oid}')
                     UNION ALL VALUES ('${oid}'::pg_catalog.regclass))
       AND contype = 'f' AND conparentid = 0
ORDER BY conname;`
      : `SELECT conname, conrelid::pg_catalog.regclass AS ontable,
       pg_catalog.pg_get_constraintdef(oid, true) AS condef
  FROM pg_catalog.pg_constraint
 WHERE confrelid = ${oid} AND contype = 'f'
ORDER BY conname;`,
  ({ rows }) =>
    headed(
      'Referenced by:',
      rows.map((row) => `    TABLE "${cell(row, 1)}" CONSTRAINT "${cell(row, 0)}" ${cell(row, 2)}`),
    ),
);

/** Not-null constraints, under + from psql 18 on. */
export const notNullConstraints: Section = querySection(
  (relation) => relation.request.isVerbose && relation.request.version >= 180_000 && isTableLike(relation),
  ({ oid }) => `SELECT c.conname, a.attname, c.connoinherit,
  c.conislocal, c.coninhcount <> 0,
  c.convalidated
FROM pg_catalog.pg_constraint c JOIN
  pg_catalog.pg_attribute a ON
    (a.attrelid = c.conrelid AND a.attnum = c.conkey[1])
WHERE c.contype = 'n' AND
  c.conrelid = '${oid}'::pg_catalog.regclass
ORDER BY a.attnum`,
  ({ rows }) =>
    headed(
      'Not-null constraints:',
      rows.map((row) => {
        const is = (column: number) => cell(row, column) === 't';
        const origin = is(2) ? ' NO INHERIT' : is(4) ? (is(3) ? ' (local, inherited)' : ' (inherited)') : '';
        return `    "${cell(row, 0)}" NOT NULL "${cell(row, 1)}"${origin}${is(5) ? '' : ' NOT VALID'}`;
      }),
    ),
);

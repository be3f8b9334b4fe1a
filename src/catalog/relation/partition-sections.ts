import { cell } from '../catalog-work.ts';
import { isKind, type Relation } from './relation.ts';
import { querySection, type Section } from './section.ts';

/** `Partition of: … FOR VALUES …` and, under +, the partition's constraint. */
export const partitionOf: Section = querySection(
  ({ isPartition }) => isPartition,
  ({ oid, request }) => `SELECT inhparent::pg_catalog.regclass,
  pg_catalog.pg_get_expr(c.relpartbound, c.oid),
  ${request.version >= 140_000 ? 'inhdetachpending' : 'false as inhdetachpending'}${
    request.isVerbose ? ',\n  pg_catalog.pg_get_partition_constraintdef(c.oid)' : ''
  }
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_inherits i ON c.oid = inhrelid
WHERE c.oid = '${oid}';`,
  ({ rows: [row] }, { request }) => {
    if (row === undefined) return [];
    const parent = `Partition of: ${cell(row, 0)} ${cell(row, 1)}${cell(row, 2) === 't' ? ' DETACH PENDING' : ''}`;
    if (!request.isVerbose) return [parent];
    return [parent, cell(row, 3) === '' ? 'No partition constraint' : `Partition constraint: ${cell(row, 3)}`];
  },
);

export const partitionKey: Section = querySection(
  (relation) => isKind(relation, 'p'),
  ({ oid }) => `SELECT pg_catalog.pg_get_partkeydef('${oid}'::pg_catalog.oid);`,
  ({ rows }) => rows.map((row) => `Partition key: ${cell(row, 0)}`),
);

/** The table a TOAST table belongs to. */
export const owningTable: Section = querySection(
  (relation) => isKind(relation, 't'),
  ({ oid }) => `SELECT n.nspname, c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE reltoastrelid = '${oid}';`,
  ({ rows }) => rows.map((row) => `Owning table: "${cell(row, 0)}.${cell(row, 1)}"`),
);

/** Relations that may have parents and children. */
export function isInheritable(relation: Relation): boolean {
  return isKind(relation, 'rmfpIt');
}

/** Several names under one heading, the second and later ones aligned below the first. */
function aligned(heading: string, names: readonly string[]): readonly string[] {
  const indent = ' '.repeat(heading.length);
  return names.map((name, index) => `${index === 0 ? `${heading}: ` : `${indent}  `}${name}${index < names.length - 1 ? ',' : ''}`);
}

export const inherits: Section = querySection(
  isInheritable,
  ({ oid }) => `SELECT c.oid::pg_catalog.regclass
FROM pg_catalog.pg_class c, pg_catalog.pg_inherits i
WHERE c.oid = i.inhparent AND i.inhrelid = '${oid}'
  AND c.relkind != 'p' AND c.relkind != 'I'
ORDER BY inhseqno;`,
  ({ rows }) =>
    aligned(
      'Inherits',
      rows.map((row) => cell(row, 0)),
    ),
);

/** Child tables or partitions: how many of them, under + which. */
export const children: Section = querySection(
  isInheritable,
  ({ oid, request }) => `SELECT c.oid::pg_catalog.regclass, c.relkind, ${
    request.version >= 140_000 ? 'inhdetachpending' : 'false AS inhdetachpending'
  }, pg_catalog.pg_get_expr(c.relpartbound, c.oid)
FROM pg_catalog.pg_class c, pg_catalog.pg_inherits i
WHERE c.oid = i.inhrelid AND i.inhparent = '${oid}'
ORDER BY pg_catalog.pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', c.oid::pg_catalog.regclass::pg_catalog.text;`,
  ({ rows }, relation) => {
    const isPartitioned = isKind(relation, 'pI');
    if (rows.length === 0) return isPartitioned ? ['Number of partitions: 0'] : [];
    if (!relation.request.isVerbose) {
      return [`Number of ${isPartitioned ? 'partitions' : 'child tables'}: ${rows.length} (Use \\d+ to list them.)`];
    }
    return aligned(
      isPartitioned ? 'Partitions' : 'Child tables',
      rows.map((row) => childText(row, relation.request.version)),
    );
  },
);

function childText(row: readonly (string | null)[], version: number): string {
  const kind = cell(row, 1);
  const bound = row[3] === null ? '' : ` ${cell(row, 3)}`;
  const what = kind === 'p' || kind === 'I' ? ', PARTITIONED' : kind === 'f' && version >= 180_000 ? ', FOREIGN' : '';
  return `${cell(row, 0)}${bound}${what}${cell(row, 2) === 't' ? ' (DETACH PENDING)' : ''}`;
}

import { cell } from '../catalog-work.ts';
import { isInheritable } from './partition-sections.ts';
import { isKind, type Relation } from './relation.ts';
import { querySection, type Section } from './section.ts';

/** A section of what is known already. */
function knownSection(applies: (relation: Relation) => boolean, lines: (relation: Relation) => readonly string[]): Section {
  return {
    applies,
    // biome-ignore lint/correctness/useYield: it needs no query
    *lines(relation) {
      return lines(relation);
    },
  };
}

/** The server of a foreign table and its options there. */
export const foreignServer: Section = querySection(
  (relation) => isKind(relation, 'f'),
  ({ oid }) => `SELECT s.srvname,
  pg_catalog.array_to_string(ARRAY(
    SELECT pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value)
    FROM pg_catalog.pg_options_to_table(ftoptions)),  ', ')
FROM pg_catalog.pg_foreign_table f,
     pg_catalog.pg_foreign_server s
WHERE f.ftrelid = '${oid}' AND s.oid = f.ftserver;`,
  ({ rows: [row] }) => {
    if (row === undefined) return [];
    const options = cell(row, 1);
    return [`Server: ${cell(row, 0)}`, ...(options === '' ? [] : [`FDW options: (${options})`])];
  },
);

export const typedTable: Section = knownSection(
  (relation) => isInheritable(relation) && relation.typeName !== '',
  ({ typeName }) => [`Typed table of type: ${typeName}`],
);

/** Replica identity where it is not the schema's default; an index that is it carries a mark of its own. */
export const replicaIdentity: Section = knownSection(
  (relation) =>
    relation.request.isVerbose &&
    isKind(relation, 'rm') &&
    relation.replicaIdentity !== 'i' &&
    relation.replicaIdentity !== (relation.schema === 'pg_catalog' ? 'n' : 'd'),
  // psql has no word for the default, which is not the default in pg_catalog.
  ({ replicaIdentity: letter }) => [`Replica Identity: ${letter === 'f' ? 'FULL' : letter === 'n' ? 'NOTHING' : '???'}`],
);

export const oids: Section = knownSection(
  (relation) => relation.request.isVerbose && relation.hasOids && isInheritable(relation) && !isKind(relation, 'm'),
  () => ['Has OIDs: yes'],
);

export const accessMethod: Section = knownSection(
  (relation) =>
    relation.request.isVerbose && isInheritable(relation) && relation.accessMethod !== undefined && !relation.request.hidesAccessMethod,
  ({ accessMethod: name }) => [`Access method: ${name ?? ''}`],
);

/** Storage parameters. */
export const options: Section = knownSection(
  (relation) => relation.request.isVerbose && relation.options !== '',
  (relation) => [`Options: ${relation.options}`],
);

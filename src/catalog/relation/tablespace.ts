import { cell, type Rows } from '../catalog-work.ts';
import { isKind, type Relation } from './relation.ts';
import type { Section } from './section.ts';

/** The name of a tablespace; undefined for the database's default, about which psql keeps quiet. */
export function* tablespaceName(oid: string): Generator<string, string | undefined, Rows> {
  if (oid === '0') return undefined;
  const found = yield `SELECT spcname FROM pg_catalog.pg_tablespace
WHERE oid = '${oid}';`;
  return found.rows[0] === undefined ? undefined : cell(found.rows[0], 0);
}

/** `Tablespace: "x"` below the description of a relation. */
export function tablespaceSection(applies: (relation: Relation) => boolean): Section {
  return {
    applies: (relation) => applies(relation) && isKind(relation, 'rmipIt'),
    *lines({ tablespace }) {
      const name = yield* tablespaceName(tablespace);
      return name === undefined ? [] : [`Tablespace: "${name}"`];
    },
  };
}

import type { Rows } from '../catalog-work.ts';
import type { Relation } from './relation.ts';

/** A part of what \d says below the columns: the queries it needs and the lines they become. */
export interface Section {
  readonly applies: (relation: Relation) => boolean;
  readonly lines: (relation: Relation) => Generator<string, readonly string[], Rows>;
}

/** A section of one query and no other condition on its rows. */
export function querySection(
  applies: (relation: Relation) => boolean,
  query: (relation: Relation) => string,
  lines: (found: Rows, relation: Relation) => readonly string[],
): Section {
  return {
    applies,
    *lines(relation) {
      return lines(yield query(relation), relation);
    },
  };
}

/** A heading and its lines; nothing where there are none. */
export function headed(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines];
}

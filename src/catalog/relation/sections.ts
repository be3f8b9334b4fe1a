import { checkConstraints, foreignKeys, notNullConstraints, referencedBy } from './constraint-sections.ts';
import { indexDetails, indexes } from './index-sections.ts';
import { children, inherits, isInheritable, owningTable, partitionKey, partitionOf } from './partition-sections.ts';
import { policies } from './policy-section.ts';
import { publications } from './publication-section.ts';
import { isKind } from './relation.ts';
import { rules, triggers, viewDefinition } from './rule-sections.ts';
import type { Section } from './section.ts';
import { statistics } from './statistics-section.ts';
import { accessMethod, foreignServer, oids, options, replicaIdentity, typedTable } from './storage-sections.ts';
import { tablespaceSection } from './tablespace.ts';

/** What \d says below the columns, in psql's order. */
export const sections: readonly Section[] = [
  partitionOf,
  partitionKey,
  owningTable,
  indexDetails,
  tablespaceSection((relation) => isKind(relation, 'i')),
  indexes,
  checkConstraints,
  foreignKeys,
  referencedBy,
  policies,
  statistics,
  rules,
  publications,
  notNullConstraints,
  viewDefinition,
  triggers,
  foreignServer,
  inherits,
  children,
  typedTable,
  replicaIdentity,
  oids,
  tablespaceSection(isInheritable),
  accessMethod,
  options,
];

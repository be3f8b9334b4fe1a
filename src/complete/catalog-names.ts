import type { CatalogName, CatalogRelation, CompletionCatalog, GlobalKind } from '../catalog/completion-snapshot.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type Candidate, type CandidateKind, startsLike } from './candidate.ts';
import { type NamePart, nameParts, writtenName } from './identifier.ts';

const systemSchemas = ['pg_catalog', 'information_schema'];

/** Whether a name begins with what was typed: as written where a quote was typed, else without regard to case. */
function matches(name: string, typed: NamePart): boolean {
  return typed.isQuoted ? name.startsWith(typed.name) : startsLike(name, typed.name);
}

interface SchemaNameRules {
  readonly kind: CandidateKind;
  /** System objects only once `pg_` is typed: there are too many relations of the system's. */
  readonly hidesSystem?: boolean;
  readonly detail?: (name: CatalogName) => string | undefined;
}

/** Names within schemas: by themselves where they are visible, else behind their schema. */
export function schemaNames(
  names: readonly CatalogName[],
  catalog: CompletionCatalog,
  current: string,
  rules: SchemaNameRules,
): readonly Candidate[] {
  const parts = nameParts(current);
  const last = parts.at(-1) ?? { name: '', isQuoted: false, typed: '' };
  const [schema] = parts;
  if (parts.length > 1 && schema !== undefined) {
    const prefix = schema.isQuoted ? schema.typed : writtenName(schema.name, undefined);
    const found = names.filter((one) => one.schema === schema.name && matches(one.name, last));
    return unique(found.map((one) => candidate(`${prefix}.${written(one, last)}`, one, rules)));
  }
  const isHidden = (one: CatalogName): boolean =>
    rules.hidesSystem === true && systemSchemas.includes(one.schema) && !last.name.startsWith('pg_');
  const visible = names.filter((one) => one.isVisible && !isHidden(one) && matches(one.name, last));
  const schemas = schemaPrefixes(catalog, last);
  const found = visible.map((one) => candidate(written(one, last), one, rules));
  if (found.length + schemas.length > 0 || last.name.length < 2) return unique([...found, ...schemas]);
  const elsewhere = names.filter((one) => !one.isVisible && !systemSchemas.includes(one.schema) && matches(one.name, last));
  return unique(elsewhere.map((one) => candidate(`${writtenName(one.schema, undefined)}.${written(one, last)}`, one, rules)));
}

/** Names without a schema. */
export function globalNames(catalog: CompletionCatalog, kinds: readonly GlobalKind[], current: string): readonly Candidate[] {
  const typed = nameParts(current)[0] ?? { name: '', isQuoted: false, typed: '' };
  const found = catalog.globals.filter((one) => kinds.includes(one.kind) && matches(one.name, typed));
  return plainNames(
    found.map((one) => one.name),
    current,
    kinds.includes('schema') ? 'schema' : 'name',
  );
}

/** Names as identifiers. */
export function plainNames(names: readonly string[], current: string, kind: CandidateKind): readonly Candidate[] {
  const typed = nameParts(current).at(-1) ?? { name: '', isQuoted: false, typed: '' };
  return unique(names.filter((name) => matches(name, typed)).map((name) => ({ text: writtenName(name, typed), kind })));
}

/** The relation a name means: in its schema, or the one that is found without one. */
export function findRelation(catalog: CompletionCatalog, name: string): CatalogRelation | undefined {
  const parts = nameParts(name);
  const last = parts.at(-1)?.name;
  const schema = parts.length > 1 ? parts.at(-2)?.name : undefined;
  return catalog.relations.find((one) => one.name === last && (schema === undefined ? one.isVisible : one.schema === schema));
}

function schemaPrefixes(catalog: CompletionCatalog, typed: NamePart): readonly Candidate[] {
  const isSystem = (name: string): boolean => name.startsWith('pg_') && !typed.name.startsWith('pg_');
  return catalog.globals
    .filter((one) => one.kind === 'schema' && !isSystem(one.name) && matches(one.name, typed))
    .map((one) => ({ text: `${writtenName(one.name, typed)}.`, kind: 'schema', continues: true }));
}

/** Built-in types are spoken of by key words, which are never quoted. */
function written(one: CatalogName, typed: NamePart): string {
  const isSpoken = one.schema === 'pg_catalog' && /^[a-z][a-z0-9_ ]*$/.test(one.name);
  if (!isSpoken) return writtenName(one.name, typed);
  return typed.isQuoted ? quoteIdentifier(one.name) : one.name;
}

function candidate(text: string, one: CatalogName, { kind, detail }: SchemaNameRules): Candidate {
  const more = detail?.(one);
  return { text, kind, ...(more === undefined ? {} : { detail: more }) };
}

/** Overloads and names of several schemas stand once. */
export function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ text }) => !seen.has(text) && seen.add(text));
}

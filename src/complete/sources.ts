import type { CatalogPart, CatalogRelation, CompletionCatalog, GlobalKind } from '../catalog/completion-snapshot.ts';
import { type Candidate, startsLike } from './candidate.ts';
import { findRelation, globalNames, plainNames, schemaNames } from './catalog-names.ts';
import { lastName, nameParts } from './identifier.ts';
import { settingNames, settingValues } from './setting-candidates.ts';

export interface SourceRequest {
  readonly catalog: CompletionCatalog;
  /** What is typed of the name. */
  readonly current: string;
  /** The word the rule refers to: the table whose columns are wanted, say. */
  readonly about: string;
  readonly listFiles: (typed: string) => readonly string[];
}

type Source = (request: SourceRequest) => readonly Candidate[];

const relationKinds: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
  S: 'sequence',
  i: 'index',
  I: 'partitioned index',
  c: 'composite type',
};

/** Relations of some kinds (pg_class.relkind). */
function relations(kinds: string, filter?: (relation: CatalogRelation, request: SourceRequest) => boolean): Source {
  return (request) => {
    const { catalog, current } = request;
    const found = catalog.relations.filter((one) => kinds.includes(one.kind) && filter?.(one, request) !== false);
    const kindOf = new Map(found.map((one) => [one as object, relationKinds[one.kind]]));
    return schemaNames(found, catalog, current, { kind: 'relation', hidesSystem: true, detail: (one) => kindOf.get(one) });
  };
}

/** Relations that have a part of that name. */
function holders(kind: CatalogPart['kind']): Source {
  return relations('rpvmf', ({ oid }, { catalog, about }) =>
    catalog.parts.some((part) => part.kind === kind && part.relation === oid && part.name === lastName(about)),
  );
}

function parts(kind: CatalogPart['kind']): Source {
  return ({ catalog, current, about }) => {
    const relation = about === '' ? undefined : findRelation(catalog, about);
    if (about !== '' && relation === undefined) return [];
    const found = catalog.parts.filter((part) => part.kind === kind && (relation === undefined || part.relation === relation.oid));
    return plainNames(
      found.map((part) => part.name),
      current,
      'name',
    );
  };
}

function globals(...kinds: readonly GlobalKind[]): Source {
  return ({ catalog, current }) => globalNames(catalog, kinds, current);
}

function functions(kinds: string): Source {
  return ({ catalog, current }) => {
    const found = catalog.functions.filter((one) => kinds.includes(one.kind));
    return schemaNames(found, catalog, current, { kind: 'function' });
  };
}

function types(kinds?: string): Source {
  return ({ catalog, current }) => {
    const found = catalog.types.filter((one) => kinds === undefined || kinds.includes(one.kind));
    return schemaNames(found, catalog, current, { kind: 'type' });
  };
}

const columns: Source = ({ catalog, current, about }) => {
  const relation = findRelation(catalog, about);
  return plainNames(relation?.columns.map((column) => column.name) ?? [], current, 'column');
};

/** Labels of an enum, in quotes, by their very letters. */
const labels: Source = ({ catalog, current, about }) => {
  const name = lastName(about);
  const schema = nameParts(about).length > 1 ? nameParts(about)[0]?.name : undefined;
  const type = catalog.types.find((one) => one.name === name && (schema === undefined ? one.isVisible : one.schema === schema));
  return literals(type?.labels ?? [], current);
};

/** Values as literals; one half typed, with or without its quote, is matched by its very letters. */
export function literals(values: readonly string[], current: string): readonly Candidate[] {
  const typed = current.startsWith("'") ? current.slice(1).replaceAll("''", "'") : current;
  return values.filter((value) => value.startsWith(typed)).map((value) => ({ text: `'${value.replaceAll("'", "''")}'`, kind: 'value' }));
}

const timeZones: Source = ({ catalog, current }) => {
  const typed = current.replace(/^'/, '');
  return catalog.timeZones
    .filter((name) => startsLike(name, typed))
    .map((name) => ({ text: /^[A-Za-z]+$/.test(name) && !current.startsWith("'") ? name : `'${name}'`, kind: 'value' }));
};

/** A path as a literal, for COPY. */
const files: Source = ({ current, listFiles }) =>
  listFiles(current.replace(/^'/, '')).map((path) => ({
    text: path.endsWith('/') ? `'${path.replaceAll("'", "''")}` : `'${path.replaceAll("'", "''")}'`,
    kind: 'file',
    ...(path.endsWith('/') ? { continues: true as const } : {}),
  }));

/** What the rules' @names stand for. */
export const sources: Readonly<Record<string, Source>> = {
  'access-methods': globals('access-method'),
  aggregates: functions('a'),
  'available-extensions': globals('available-extension'),
  columns,
  constraints: parts('constraint'),
  databases: globals('database'),
  described: relations('rpvmfSiIc'),
  domains: types('d'),
  'event-triggers': globals('event-trigger'),
  extensions: globals('extension'),
  'foreign-data-wrappers': globals('foreign-data-wrapper'),
  'foreign-tables': relations('f'),
  files,
  functions: functions('fw'),
  'holders-of-constraint': holders('constraint'),
  'holders-of-policy': holders('policy'),
  'holders-of-rule': holders('rule'),
  'holders-of-trigger': holders('trigger'),
  indexes: relations('iI'),
  'indexes-of': parts('index'),
  labels,
  languages: globals('language'),
  'materialized-views': relations('m'),
  policies: parts('policy'),
  procedures: functions('p'),
  publications: globals('publication'),
  relations: relations('rpvmfS'),
  roles: globals('role'),
  routines: functions('fpaw'),
  rules: parts('rule'),
  schemas: globals('schema'),
  selectable: relations('rpvmf'),
  sequences: relations('S'),
  servers: globals('server'),
  'setting-values': settingValues,
  settings: settingNames,
  subscriptions: globals('subscription'),
  tables: relations('rp'),
  tablespaces: globals('tablespace'),
  'time-zones': timeZones,
  triggers: parts('trigger'),
  types: types(),
  updatable: relations('rpvf'),
  views: relations('v'),
};

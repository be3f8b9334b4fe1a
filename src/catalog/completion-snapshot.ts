import type { Rows } from './catalog-work.ts';
import { cell } from './catalog-work.ts';

/** A name within a schema. */
export interface CatalogName {
  readonly schema: string;
  readonly name: string;
  /** It is found without its schema. */
  readonly isVisible: boolean;
}

export interface CatalogRelation extends CatalogName {
  readonly oid: string;
  /** pg_class.relkind: r, p, v, m, f, S, i, I, c, t. */
  readonly kind: string;
  readonly columns: readonly CatalogColumn[];
}

export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
}

export interface CatalogType extends CatalogName {
  /** typtype: b, d, e, r, m, c, p. */
  readonly kind: string;
  /** Labels of an enum, in order. */
  readonly labels: readonly string[];
}

export interface CatalogFunction extends CatalogName {
  /** prokind: f, p, a, w. */
  readonly kind: string;
  /** As PostgreSQL lists them; overloads apart. */
  readonly arguments: string;
}

export interface CatalogSetting {
  readonly name: string;
  readonly type: string;
  /** Of an enum. */
  readonly values: readonly string[];
}

/** Something that belongs to a relation: a constraint, an index, a trigger, a rule, a policy. */
export interface CatalogPart {
  readonly kind: 'constraint' | 'index' | 'trigger' | 'rule' | 'policy';
  readonly name: string;
  /** Oid of its relation. */
  readonly relation: string;
}

export interface CatalogForeignKey {
  readonly relation: string;
  readonly columns: readonly string[];
  readonly referenced: string;
  readonly referencedColumns: readonly string[];
}

/** Names without a schema, by what they name. */
export type GlobalKind =
  | 'access-method'
  | 'database'
  | 'event-trigger'
  | 'extension'
  | 'foreign-data-wrapper'
  | 'language'
  | 'publication'
  | 'role'
  | 'schema'
  | 'server'
  | 'subscription'
  | 'tablespace'
  | 'available-extension';

/** What completion knows of a database. */
export interface CompletionCatalog {
  readonly relations: readonly CatalogRelation[];
  readonly types: readonly CatalogType[];
  readonly functions: readonly CatalogFunction[];
  readonly settings: readonly CatalogSetting[];
  readonly parts: readonly CatalogPart[];
  readonly foreignKeys: readonly CatalogForeignKey[];
  readonly timeZones: readonly string[];
  readonly globals: readonly { readonly kind: GlobalKind; readonly name: string }[];
}

export const emptyCatalog: CompletionCatalog = {
  relations: [],
  types: [],
  functions: [],
  settings: [],
  parts: [],
  foreignKeys: [],
  timeZones: [],
  globals: [],
};

// A database with more than this is completed in part.
const mostRows = 50_000;

/** The queries of a snapshot; resumed with each one's rows, or none where it failed. For servers from 10 on. */
export function* completionSnapshot(version: number): Generator<string, CompletionCatalog, Rows> {
  const relations = readRelations((yield relationsQuery).rows, (yield columnsQuery).rows);
  const types = (yield typesQuery).rows.map(readType);
  const functions = (yield functionsQuery(version)).rows.map(readFunction);
  const settings = (yield settingsQuery).rows.map(readSetting);
  const parts = (yield partsQuery).rows.map(readPart);
  const foreignKeys = (yield foreignKeysQuery).rows.map(readForeignKey);
  const names = [...(yield globalsQuery).rows, ...(yield extensionsQuery).rows];
  const globals = names.map((row) => ({ kind: cell(row, 0) as GlobalKind, name: cell(row, 1) }));
  const timeZones = (yield timeZonesQuery).rows.map((row) => cell(row, 0));
  return { relations, types, functions, settings, parts, foreignKeys, timeZones, globals };
}

const relationsQuery = `SELECT c.oid, n.nspname, c.relname, c.relkind, pg_catalog.pg_table_is_visible(c.oid)
FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE n.nspname OPERATOR(pg_catalog.!~) '^pg_(toast|temp_)'
ORDER BY c.relname, n.nspname LIMIT ${mostRows}`;

const columnsQuery = `SELECT a.attrelid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) a.attrelid
     JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  AND n.nspname OPERATOR(pg_catalog.!~) '^pg_(toast|temp_)'
ORDER BY a.attrelid, a.attnum LIMIT ${4 * mostRows}`;

const typesQuery = `SELECT n.nspname, t.typname, t.typtype, pg_catalog.pg_type_is_visible(t.oid),
  pg_catalog.format_type(t.oid, NULL),
  (SELECT pg_catalog.array_to_string(pg_catalog.array_agg(e.enumlabel ORDER BY e.enumsortorder), E'\\x1F')
   FROM pg_catalog.pg_enum e WHERE e.enumtypid OPERATOR(pg_catalog.=) t.oid)
FROM pg_catalog.pg_type t
     JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.typnamespace
     LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) t.typrelid
WHERE (t.typrelid OPERATOR(pg_catalog.=) 0 OR c.relkind OPERATOR(pg_catalog.=) 'c')
  AND t.typname OPERATOR(pg_catalog.!~) '^_' AND n.nspname OPERATOR(pg_catalog.!~) '^pg_(toast|temp_)'
ORDER BY t.typname LIMIT ${mostRows}`;

function functionsQuery(version: number): string {
  const kind = version >= 110_000 ? 'p.prokind' : "CASE WHEN p.proisagg THEN 'a' WHEN p.proiswindow THEN 'w' ELSE 'f' END";
  return `SELECT n.nspname, p.proname, ${kind}, pg_catalog.pg_function_is_visible(p.oid),
  pg_catalog.pg_get_function_identity_arguments(p.oid)
FROM pg_catalog.pg_proc p
     JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace
WHERE p.prorettype NOT IN ('pg_catalog.internal'::pg_catalog.regtype, 'pg_catalog.cstring'::pg_catalog.regtype)
ORDER BY p.proname LIMIT ${mostRows}`;
}

const settingsQuery = `SELECT s.name, s.vartype, pg_catalog.array_to_string(s.enumvals, E'\\x1F')
FROM pg_catalog.pg_settings s ORDER BY s.name`;

const partsQuery = `SELECT 'constraint', c.conname, c.conrelid FROM pg_catalog.pg_constraint c WHERE c.conrelid OPERATOR(pg_catalog.<>) 0
UNION ALL SELECT 'index', c.relname, i.indrelid
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid
UNION ALL SELECT 'trigger', t.tgname, t.tgrelid FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal
UNION ALL SELECT 'rule', r.rulename, r.ev_class FROM pg_catalog.pg_rewrite r WHERE r.rulename OPERATOR(pg_catalog.<>) '_RETURN'
UNION ALL SELECT 'policy', p.polname, p.polrelid FROM pg_catalog.pg_policy p
LIMIT ${mostRows}`;

const foreignKeysQuery = `SELECT c.conrelid, c.confrelid,
  (SELECT pg_catalog.array_to_string(pg_catalog.array_agg(a.attname ORDER BY k.position), E'\\x1F')
   FROM pg_catalog.unnest(c.conkey) WITH ORDINALITY k (number, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.conrelid AND a.attnum OPERATOR(pg_catalog.=) k.number),
  (SELECT pg_catalog.array_to_string(pg_catalog.array_agg(a.attname ORDER BY k.position), E'\\x1F')
   FROM pg_catalog.unnest(c.confkey) WITH ORDINALITY k (number, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.confrelid AND a.attnum OPERATOR(pg_catalog.=) k.number)
FROM pg_catalog.pg_constraint c WHERE c.contype OPERATOR(pg_catalog.=) 'f'
LIMIT ${mostRows}`;

const globalsQuery = `SELECT 'access-method', amname::pg_catalog.text FROM pg_catalog.pg_am
UNION ALL SELECT 'database', datname FROM pg_catalog.pg_database
UNION ALL SELECT 'event-trigger', evtname FROM pg_catalog.pg_event_trigger
UNION ALL SELECT 'extension', extname FROM pg_catalog.pg_extension
UNION ALL SELECT 'foreign-data-wrapper', fdwname FROM pg_catalog.pg_foreign_data_wrapper
UNION ALL SELECT 'language', lanname FROM pg_catalog.pg_language WHERE lanname OPERATOR(pg_catalog.<>) 'internal'
UNION ALL SELECT 'publication', pubname FROM pg_catalog.pg_publication
UNION ALL SELECT 'role', rolname FROM pg_catalog.pg_roles
UNION ALL SELECT 'schema', nspname FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.!~) '^pg_(toast|temp_)'
UNION ALL SELECT 'server', srvname FROM pg_catalog.pg_foreign_server
UNION ALL SELECT 'subscription', s.subname FROM pg_catalog.pg_stat_subscription s
UNION ALL SELECT 'tablespace', spcname FROM pg_catalog.pg_tablespace`;

// By itself: it reads files, and one that is broken fails it.
const extensionsQuery = `SELECT 'available-extension', name FROM pg_catalog.pg_available_extensions WHERE installed_version IS NULL`;

const timeZonesQuery = 'SELECT name FROM pg_catalog.pg_timezone_names() ORDER BY name';

type Row = readonly (string | null)[];

function list(row: Row, column: number): readonly string[] {
  const text = cell(row, column);
  return text === '' ? [] : text.split('\x1f');
}

function readRelations(relations: readonly Row[], columns: readonly Row[]): readonly CatalogRelation[] {
  const byRelation = new Map<string, CatalogColumn[]>();
  for (const row of columns) {
    const column = { name: cell(row, 1), type: cell(row, 2) };
    const known = byRelation.get(cell(row, 0));
    if (known === undefined) byRelation.set(cell(row, 0), [column]);
    else known.push(column);
  }
  return relations.map((row) => ({
    oid: cell(row, 0),
    schema: cell(row, 1),
    name: cell(row, 2),
    kind: cell(row, 3),
    isVisible: cell(row, 4) === 't',
    columns: byRelation.get(cell(row, 0)) ?? [],
  }));
}

function readType(row: Row): CatalogType {
  // What the language calls integer is int4 in the catalog.
  const spoken = cell(row, 4);
  const name = cell(row, 0) === 'pg_catalog' && /^[a-z][a-z0-9_ ]*$/.test(spoken) ? spoken : cell(row, 1);
  return { schema: cell(row, 0), name, kind: cell(row, 2), isVisible: cell(row, 3) === 't', labels: list(row, 5) };
}

function readFunction(row: Row): CatalogFunction {
  return { schema: cell(row, 0), name: cell(row, 1), kind: cell(row, 2), isVisible: cell(row, 3) === 't', arguments: cell(row, 4) };
}

function readSetting(row: Row): CatalogSetting {
  return { name: cell(row, 0), type: cell(row, 1), values: list(row, 2) };
}

function readPart(row: Row): CatalogPart {
  return { kind: cell(row, 0) as CatalogPart['kind'], name: cell(row, 1), relation: cell(row, 2) };
}

function readForeignKey(row: Row): CatalogForeignKey {
  return { relation: cell(row, 0), referenced: cell(row, 1), columns: list(row, 2), referencedColumns: list(row, 3) };
}

import { aggregateSignature, cascade, routineArguments } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

type Row = readonly [name: string, what: string, id: string, target: string];

// What stands between DROP X and the end of the statement, `[ IF EXISTS ]` and `[ CASCADE | RESTRICT ]` apart.
const names = 'name [, ...]';

const behaving: readonly Row[] = [
  ['ACCESS METHOD', 'an access method', 'sql-drop-access-method', 'name'],
  ['AGGREGATE', 'aggregate functions', 'sql-dropaggregate', 'name ( signature ) [, ...]'],
  ['CAST', 'a conversion between two types', 'sql-dropcast', '( source_type AS target_type )'],
  ['COLLATION', 'a collation', 'sql-dropcollation', 'name'],
  ['CONVERSION', 'an encoding conversion', 'sql-dropconversion', 'name'],
  ['DOMAIN', 'domains', 'sql-dropdomain', names],
  ['EVENT TRIGGER', 'an event trigger', 'sql-dropeventtrigger', 'name'],
  ['EXTENSION', 'extensions with all they own', 'sql-dropextension', names],
  ['FOREIGN DATA WRAPPER', 'foreign-data wrappers', 'sql-dropforeigndatawrapper', names],
  ['FOREIGN TABLE', 'foreign tables', 'sql-dropforeigntable', names],
  ['FUNCTION', 'functions', 'sql-dropfunction', `name [ ${routineArguments} ] [, ...]`],
  ['MATERIALIZED VIEW', 'materialized views', 'sql-dropmaterializedview', names],
  ['OPERATOR', 'operators', 'sql-dropoperator', 'name ( { left_type | NONE } , right_type ) [, ...]'],
  ['OPERATOR CLASS', 'an operator class', 'sql-dropopclass', 'name USING index_method'],
  ['OPERATOR FAMILY', 'an operator family', 'sql-dropopfamily', 'name USING index_method'],
  ['POLICY', 'a row-level security policy', 'sql-droppolicy', 'name ON table_name'],
  ['PROCEDURE', 'procedures', 'sql-dropprocedure', `name [ ${routineArguments} ] [, ...]`],
  ['PUBLICATION', 'publications', 'sql-droppublication', names],
  ['ROUTINE', 'functions, aggregates or procedures', 'sql-droproutine', `name [ ${routineArguments} ] [, ...]`],
  ['RULE', 'a rewrite rule', 'sql-droprule', 'name ON table_name'],
  ['SCHEMA', 'schemas', 'sql-dropschema', names],
  ['SEQUENCE', 'sequences', 'sql-dropsequence', names],
  ['SERVER', 'foreign servers', 'sql-dropserver', names],
  ['STATISTICS', 'extended statistics', 'sql-dropstatistics', names],
  ['SUBSCRIPTION', 'a subscription', 'sql-dropsubscription', 'name'],
  ['TABLE', 'tables', 'sql-droptable', names],
  ['TEXT SEARCH CONFIGURATION', 'a text search configuration', 'sql-droptsconfig', 'name'],
  ['TEXT SEARCH DICTIONARY', 'a text search dictionary', 'sql-droptsdictionary', 'name'],
  ['TEXT SEARCH PARSER', 'a text search parser', 'sql-droptsparser', 'name'],
  ['TEXT SEARCH TEMPLATE', 'a text search template', 'sql-droptstemplate', 'name'],
  ['TRANSFORM', 'a transform', 'sql-droptransform', 'FOR type_name LANGUAGE language'],
  ['TRIGGER', 'a trigger', 'sql-droptrigger', 'name ON table_name'],
  ['TYPE', 'data types', 'sql-droptype', names],
  ['VIEW', 'views', 'sql-dropview', names],
];

function dropOf([kind, what, id, target]: Row): SqlHelp {
  const start = `DROP ${kind} [ IF EXISTS ] ${target}`;
  const synopsis = `${start}${start.length > 75 ? '\n    ' : ' '}${cascade}`;
  return {
    name: `DROP ${kind}`,
    description: `drop ${what}`,
    id,
    synopsis: kind === 'AGGREGATE' ? `${synopsis}\n\n${aggregateSignature}` : synopsis,
  };
}

export const drops: readonly SqlHelp[] = [
  ...behaving.map(dropOf),
  {
    name: 'DROP DATABASE',
    description: 'drop a database',
    id: 'sql-dropdatabase',
    synopsis: 'DROP DATABASE [ IF EXISTS ] name [ [ WITH ] ( FORCE [, ...] ) ]',
  },
  { name: 'DROP GROUP', description: 'drop roles', id: 'sql-dropgroup', synopsis: 'DROP GROUP [ IF EXISTS ] name [, ...]' },
  {
    name: 'DROP INDEX',
    description: 'drop indexes',
    id: 'sql-dropindex',
    synopsis: `DROP INDEX [ CONCURRENTLY ] [ IF EXISTS ] name [, ...] ${cascade}`,
  },
  {
    name: 'DROP LANGUAGE',
    description: 'drop a procedural language',
    id: 'sql-droplanguage',
    synopsis: `DROP [ PROCEDURAL ] LANGUAGE [ IF EXISTS ] name ${cascade}`,
  },
  {
    name: 'DROP OWNED',
    description: 'drop what roles own in this database, and their privileges here',
    id: 'sql-drop-owned',
    synopsis: `DROP OWNED BY { name | CURRENT_ROLE | CURRENT_USER | SESSION_USER } [, ...] ${cascade}`,
  },
  { name: 'DROP ROLE', description: 'drop roles', id: 'sql-droprole', synopsis: 'DROP ROLE [ IF EXISTS ] name [, ...]' },
  {
    name: 'DROP TABLESPACE',
    description: 'drop an empty tablespace',
    id: 'sql-droptablespace',
    synopsis: 'DROP TABLESPACE [ IF EXISTS ] name',
  },
  { name: 'DROP USER', description: 'drop roles', id: 'sql-dropuser', synopsis: 'DROP USER [ IF EXISTS ] name [, ...]' },
  {
    name: 'DROP USER MAPPING',
    description: "drop a role's mapping to a foreign server",
    id: 'sql-dropusermapping',
    synopsis: `DROP USER MAPPING [ IF EXISTS ]
    FOR { user_name | USER | CURRENT_ROLE | CURRENT_USER | PUBLIC } SERVER server_name`,
  },
];

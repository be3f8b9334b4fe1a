import { aggregateSignature, alterSettings, ownerTo, routineArguments } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

export const databases: readonly SqlHelp[] = [
  {
    name: 'ALTER DATABASE',
    description: "change a database's limits, parameters, name, owner or tablespace",
    id: 'sql-alterdatabase',
    synopsis: `ALTER DATABASE name [ WITH ] option [ ... ]
ALTER DATABASE name RENAME TO new_name
ALTER DATABASE name ${ownerTo}
ALTER DATABASE name SET TABLESPACE new_tablespace
ALTER DATABASE name REFRESH COLLATION VERSION
${alterSettings('ALTER DATABASE name')}

option:
    ALLOW_CONNECTIONS boolean
  | CONNECTION LIMIT limit
  | IS_TEMPLATE boolean`,
  },
  {
    name: 'ALTER EVENT TRIGGER',
    description: 'switch an event trigger on or off, rename it or give it away',
    id: 'sql-altereventtrigger',
    synopsis: `ALTER EVENT TRIGGER name DISABLE
ALTER EVENT TRIGGER name ENABLE [ REPLICA | ALWAYS ]
ALTER EVENT TRIGGER name ${ownerTo}
ALTER EVENT TRIGGER name RENAME TO new_name`,
  },
  {
    name: 'ALTER EXTENSION',
    description: 'update an extension, move it or change what belongs to it',
    id: 'sql-alterextension',
    synopsis: `ALTER EXTENSION name UPDATE [ TO new_version ]
ALTER EXTENSION name SET SCHEMA new_schema
ALTER EXTENSION name { ADD | DROP } member

member:
    ACCESS METHOD object_name
  | AGGREGATE aggregate_name ( signature )
  | CAST ( source_type AS target_type )
  | COLLATION object_name
  | CONVERSION object_name
  | DOMAIN object_name
  | EVENT TRIGGER object_name
  | FOREIGN DATA WRAPPER object_name
  | FOREIGN TABLE object_name
  | FUNCTION function_name [ ${routineArguments} ]
  | MATERIALIZED VIEW object_name
  | OPERATOR operator_name ( left_type , right_type )
  | OPERATOR CLASS object_name USING index_method
  | OPERATOR FAMILY object_name USING index_method
  | [ PROCEDURAL ] LANGUAGE object_name
  | PROCEDURE procedure_name [ ${routineArguments} ]
  | ROUTINE routine_name [ ${routineArguments} ]
  | SCHEMA object_name
  | SEQUENCE object_name
  | SERVER object_name
  | TABLE object_name
  | TEXT SEARCH CONFIGURATION object_name
  | TEXT SEARCH DICTIONARY object_name
  | TEXT SEARCH PARSER object_name
  | TEXT SEARCH TEMPLATE object_name
  | TRANSFORM FOR type_name LANGUAGE language
  | TYPE object_name
  | VIEW object_name

${aggregateSignature}`,
  },
  {
    name: 'ALTER LARGE OBJECT',
    description: 'give a large object to another role',
    id: 'sql-alterlargeobject',
    synopsis: `ALTER LARGE OBJECT oid ${ownerTo}`,
  },
  {
    name: 'ALTER SCHEMA',
    description: 'rename a schema or give it away',
    id: 'sql-alterschema',
    synopsis: `ALTER SCHEMA name RENAME TO new_name
ALTER SCHEMA name ${ownerTo}`,
  },
  {
    name: 'ALTER SYSTEM',
    description: 'set a parameter for the whole server',
    id: 'sql-altersystem',
    synopsis: `ALTER SYSTEM SET parameter { TO | = } { value [, ...] | DEFAULT }
ALTER SYSTEM RESET { parameter | ALL }`,
  },
  {
    name: 'ALTER TABLESPACE',
    description: "change a tablespace's options, name or owner",
    id: 'sql-altertablespace',
    synopsis: `ALTER TABLESPACE name RENAME TO new_name
ALTER TABLESPACE name ${ownerTo}
ALTER TABLESPACE name SET ( option = value [, ...] )
ALTER TABLESPACE name RESET ( option [, ...] )`,
  },
  {
    name: 'COMMENT',
    description: 'describe an object in the catalog, or remove its description',
    id: 'sql-comment',
    synopsis: `COMMENT ON object IS { 'text' | NULL }

object:
    ACCESS METHOD object_name
  | AGGREGATE aggregate_name ( signature )
  | CAST ( source_type AS target_type )
  | COLLATION object_name
  | COLUMN relation_name.column_name
  | CONSTRAINT constraint_name ON [ DOMAIN ] table_or_domain_name
  | CONVERSION object_name
  | DATABASE object_name
  | DOMAIN object_name
  | EVENT TRIGGER object_name
  | EXTENSION object_name
  | FOREIGN DATA WRAPPER object_name
  | FOREIGN TABLE object_name
  | FUNCTION function_name [ ${routineArguments} ]
  | INDEX object_name
  | LARGE OBJECT oid
  | MATERIALIZED VIEW object_name
  | OPERATOR operator_name ( left_type , right_type )
  | OPERATOR CLASS object_name USING index_method
  | OPERATOR FAMILY object_name USING index_method
  | POLICY policy_name ON table_name
  | [ PROCEDURAL ] LANGUAGE object_name
  | PROCEDURE procedure_name [ ${routineArguments} ]
  | PUBLICATION object_name
  | ROLE object_name
  | ROUTINE routine_name [ ${routineArguments} ]
  | RULE rule_name ON table_name
  | SCHEMA object_name
  | SEQUENCE object_name
  | SERVER object_name
  | STATISTICS object_name
  | SUBSCRIPTION object_name
  | TABLE object_name
  | TABLESPACE object_name
  | TEXT SEARCH CONFIGURATION object_name
  | TEXT SEARCH DICTIONARY object_name
  | TEXT SEARCH PARSER object_name
  | TEXT SEARCH TEMPLATE object_name
  | TRANSFORM FOR type_name LANGUAGE language
  | TRIGGER trigger_name ON table_name
  | TYPE object_name
  | VIEW object_name

${aggregateSignature}`,
  },
  {
    name: 'CREATE ACCESS METHOD',
    description: 'add an access method for tables or indexes',
    id: 'sql-create-access-method',
    synopsis: 'CREATE ACCESS METHOD name TYPE { TABLE | INDEX } HANDLER handler_function',
  },
  {
    name: 'CREATE DATABASE',
    description: 'add a database',
    id: 'sql-createdatabase',
    synopsis: `CREATE DATABASE name [ [ WITH ] option [ ... ] ]

option:
    OWNER [=] user_name
  | TEMPLATE [=] template
  | ENCODING [=] encoding
  | STRATEGY [=] strategy
  | LOCALE [=] locale
  | LC_COLLATE [=] lc_collate
  | LC_CTYPE [=] lc_ctype
17+   | BUILTIN_LOCALE [=] builtin_locale
  | ICU_LOCALE [=] icu_locale
16+   | ICU_RULES [=] icu_rules
  | LOCALE_PROVIDER [=] locale_provider
  | COLLATION_VERSION = collation_version
  | TABLESPACE [=] tablespace_name
  | ALLOW_CONNECTIONS [=] boolean
  | CONNECTION LIMIT [=] limit
  | IS_TEMPLATE [=] boolean
  | OID [=] oid`,
  },
  {
    name: 'CREATE EVENT TRIGGER',
    description: 'run a function on commands that change the database',
    id: 'sql-createeventtrigger',
    synopsis: `CREATE EVENT TRIGGER name ON event
    [ WHEN filter_variable IN ( filter_value [, ...] ) [ AND ... ] ]
    EXECUTE { FUNCTION | PROCEDURE } function_name ()`,
  },
  {
    name: 'CREATE EXTENSION',
    description: 'install an extension in this database',
    id: 'sql-createextension',
    synopsis: `CREATE EXTENSION [ IF NOT EXISTS ] name
    [ WITH ] [ SCHEMA schema_name ] [ VERSION version ] [ CASCADE ]`,
  },
  {
    name: 'CREATE SCHEMA',
    description: 'add a schema, with objects in it if wanted',
    id: 'sql-createschema',
    synopsis: `CREATE SCHEMA name [ AUTHORIZATION role ] [ element [ ... ] ]
CREATE SCHEMA AUTHORIZATION role [ element [ ... ] ]
CREATE SCHEMA IF NOT EXISTS name [ AUTHORIZATION role ]
CREATE SCHEMA IF NOT EXISTS AUTHORIZATION role

role:
    user_name | CURRENT_ROLE | CURRENT_USER | SESSION_USER`,
  },
  {
    name: 'CREATE TABLESPACE',
    description: 'name a directory that can hold tables and indexes',
    id: 'sql-createtablespace',
    synopsis: `CREATE TABLESPACE name
    [ OWNER { new_owner | CURRENT_ROLE | CURRENT_USER | SESSION_USER } ]
    LOCATION 'directory'
    [ WITH ( option = value [, ...] ) ]`,
  },
  {
    name: 'SECURITY LABEL',
    description: 'label an object for a security provider, or remove its label',
    id: 'sql-security-label',
    synopsis: `SECURITY LABEL [ FOR provider ] ON object IS { 'label' | NULL }

object:
    TABLE object_name
  | COLUMN table_name.column_name
  | AGGREGATE aggregate_name ( signature )
  | DATABASE object_name
  | DOMAIN object_name
  | EVENT TRIGGER object_name
  | FOREIGN TABLE object_name
  | FUNCTION function_name [ ${routineArguments} ]
  | LARGE OBJECT oid
  | MATERIALIZED VIEW object_name
  | [ PROCEDURAL ] LANGUAGE object_name
  | PROCEDURE procedure_name [ ${routineArguments} ]
  | PUBLICATION object_name
  | ROLE object_name
  | ROUTINE routine_name [ ${routineArguments} ]
  | SCHEMA object_name
  | SEQUENCE object_name
  | SUBSCRIPTION object_name
  | TABLESPACE object_name
  | TYPE object_name
  | VIEW object_name

${aggregateSignature}`,
  },
];

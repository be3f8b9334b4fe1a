import { ownerTo } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const materialized = 'ALTER MATERIALIZED VIEW';

export const viewsAndIndexes: readonly SqlHelp[] = [
  {
    name: 'ALTER INDEX',
    description: "change an index's name, tablespace, parent or options",
    id: 'sql-alterindex',
    synopsis: `ALTER INDEX [ IF EXISTS ] name RENAME TO new_name
ALTER INDEX [ IF EXISTS ] name SET TABLESPACE tablespace_name
ALTER INDEX name ATTACH PARTITION index_name
ALTER INDEX name [ NO ] DEPENDS ON EXTENSION extension_name
ALTER INDEX [ IF EXISTS ] name SET ( storage_parameter [= value] [, ...] )
ALTER INDEX [ IF EXISTS ] name RESET ( storage_parameter [, ...] )
ALTER INDEX [ IF EXISTS ] name ALTER [ COLUMN ] column_number SET STATISTICS target
ALTER INDEX ALL IN TABLESPACE name [ OWNED BY role_name [, ...] ]
    SET TABLESPACE new_tablespace [ NOWAIT ]`,
  },
  {
    name: 'ALTER MATERIALIZED VIEW',
    description: "change a materialized view's columns, storage, name or owner",
    id: 'sql-altermaterializedview',
    synopsis: `${materialized} [ IF EXISTS ] name action [, ...]
${materialized} name [ NO ] DEPENDS ON EXTENSION extension_name
${materialized} [ IF EXISTS ] name RENAME [ COLUMN ] column_name TO new_column_name
${materialized} [ IF EXISTS ] name RENAME TO new_name
${materialized} [ IF EXISTS ] name SET SCHEMA new_schema
${materialized} ALL IN TABLESPACE name [ OWNED BY role_name [, ...] ]
    SET TABLESPACE new_tablespace [ NOWAIT ]

action:
    ALTER [ COLUMN ] column_name SET STATISTICS target
  | ALTER [ COLUMN ] column_name SET ( option = value [, ...] )
  | ALTER [ COLUMN ] column_name RESET ( option [, ...] )
16-   | ALTER [ COLUMN ] column_name SET STORAGE { PLAIN | EXTERNAL | EXTENDED | MAIN }
16+   | ALTER [ COLUMN ] column_name SET STORAGE { PLAIN | EXTERNAL | EXTENDED | MAIN | DEFAULT }
  | ALTER [ COLUMN ] column_name SET COMPRESSION method
  | CLUSTER ON index_name
  | SET WITHOUT CLUSTER
  | SET ACCESS METHOD new_access_method
  | SET TABLESPACE new_tablespace
  | SET ( storage_parameter [= value] [, ...] )
  | RESET ( storage_parameter [, ...] )
  | ${ownerTo}`,
  },
  {
    name: 'ALTER RULE',
    description: 'rename a rewrite rule',
    id: 'sql-alterrule',
    synopsis: 'ALTER RULE name ON table_name RENAME TO new_name',
  },
  {
    name: 'ALTER STATISTICS',
    description: "change extended statistics' target, name, owner or schema",
    id: 'sql-alterstatistics',
    synopsis: `ALTER STATISTICS name ${ownerTo}
ALTER STATISTICS name RENAME TO new_name
ALTER STATISTICS name SET SCHEMA new_schema
17- ALTER STATISTICS name SET STATISTICS target
17+ ALTER STATISTICS name SET STATISTICS { target | DEFAULT }`,
  },
  {
    name: 'ALTER TRIGGER',
    description: 'rename a trigger or tie it to an extension',
    id: 'sql-altertrigger',
    synopsis: `ALTER TRIGGER name ON table_name RENAME TO new_name
ALTER TRIGGER name ON table_name [ NO ] DEPENDS ON EXTENSION extension_name`,
  },
  {
    name: 'ALTER VIEW',
    description: "change a view's defaults, options, name, owner or schema",
    id: 'sql-alterview',
    synopsis: `ALTER VIEW [ IF EXISTS ] name ALTER [ COLUMN ] column_name SET DEFAULT expression
ALTER VIEW [ IF EXISTS ] name ALTER [ COLUMN ] column_name DROP DEFAULT
ALTER VIEW [ IF EXISTS ] name ${ownerTo}
ALTER VIEW [ IF EXISTS ] name RENAME [ COLUMN ] column_name TO new_column_name
ALTER VIEW [ IF EXISTS ] name RENAME TO new_name
ALTER VIEW [ IF EXISTS ] name SET SCHEMA new_schema
ALTER VIEW [ IF EXISTS ] name SET ( option [= value] [, ...] )
ALTER VIEW [ IF EXISTS ] name RESET ( option [, ...] )`,
  },
  {
    name: 'CREATE INDEX',
    description: 'add an index',
    id: 'sql-createindex',
    synopsis: `CREATE [ UNIQUE ] INDEX [ CONCURRENTLY ] [ [ IF NOT EXISTS ] name ]
    ON [ ONLY ] table_name [ USING method ]
    ( { column_name | ( expression ) } [ COLLATE collation ]
          [ opclass [ ( parameter = value [, ...] ) ] ]
          [ ASC | DESC ] [ NULLS { FIRST | LAST } ] [, ...] )
    [ INCLUDE ( column_name [, ...] ) ]
    [ NULLS [ NOT ] DISTINCT ]
    [ WITH ( storage_parameter [= value] [, ...] ) ]
    [ TABLESPACE tablespace_name ]
    [ WHERE predicate ]`,
  },
  {
    name: 'CREATE MATERIALIZED VIEW',
    description: 'add a view that keeps its rows',
    id: 'sql-creatematerializedview',
    synopsis: `CREATE MATERIALIZED VIEW [ IF NOT EXISTS ] name
    [ ( column_name [, ...] ) ]
    [ USING access_method ]
    [ WITH ( storage_parameter [= value] [, ...] ) ]
    [ TABLESPACE tablespace_name ]
    AS query
    [ WITH [ NO ] DATA ]`,
  },
  {
    name: 'CREATE RULE',
    description: 'rewrite statements on a table or view',
    id: 'sql-createrule',
    synopsis: `CREATE [ OR REPLACE ] RULE name AS
    ON { SELECT | INSERT | UPDATE | DELETE } TO table_name [ WHERE condition ]
    DO [ ALSO | INSTEAD ] { NOTHING | command | ( command ; command ... ) }`,
  },
  {
    name: 'CREATE STATISTICS',
    description: 'gather statistics on columns together, or on expressions',
    id: 'sql-createstatistics',
    synopsis: `16- CREATE STATISTICS [ IF NOT EXISTS ] name
16+ CREATE STATISTICS [ [ IF NOT EXISTS ] name ]
    ON ( expression ) FROM table_name
16- CREATE STATISTICS [ IF NOT EXISTS ] name
16+ CREATE STATISTICS [ [ IF NOT EXISTS ] name ]
    [ ( kind [, ...] ) ]
    ON { column_name | ( expression ) } , { column_name | ( expression ) } [, ...]
    FROM table_name`,
  },
  {
    name: 'CREATE TRIGGER',
    description: 'run a function when rows of a table change',
    id: 'sql-createtrigger',
    synopsis: `CREATE [ OR REPLACE ] [ CONSTRAINT ] TRIGGER name
    { BEFORE | AFTER | INSTEAD OF } event [ OR ... ]
    ON table_name
    [ FROM referenced_table ]
    [ [ NOT ] DEFERRABLE ] [ INITIALLY { IMMEDIATE | DEFERRED } ]
    [ REFERENCING { { OLD | NEW } TABLE [ AS ] transition_table } [ ... ] ]
    [ FOR [ EACH ] { ROW | STATEMENT } ]
    [ WHEN ( condition ) ]
    EXECUTE { FUNCTION | PROCEDURE } function_name ( arguments )

event:
    INSERT | UPDATE [ OF column_name [, ...] ] | DELETE | TRUNCATE`,
  },
  {
    name: 'CREATE VIEW',
    description: 'add a view',
    id: 'sql-createview',
    synopsis: `CREATE [ OR REPLACE ] [ TEMP | TEMPORARY ] [ RECURSIVE ] VIEW name
    [ ( column_name [, ...] ) ]
    [ WITH ( option [= value] [, ...] ) ]
    AS query
    [ WITH [ CASCADED | LOCAL ] CHECK OPTION ]`,
  },
];

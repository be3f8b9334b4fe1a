import {
  columnConstraint,
  foreignColumnConstraint,
  foreignTableConstraint,
  indexParameters,
  partitionBound,
  referentialAction,
  tableConstraint,
} from './constraints.ts';
import { cascade, foreignOptions, newOptions, ownerTo, sequenceOptions } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const temporary = '[ [ GLOBAL | LOCAL ] { TEMPORARY | TEMP } | UNLOGGED ]';

const storage = '{ PLAIN | EXTERNAL | EXTENDED | MAIN }';

const placement = `    [ USING access_method ]
    [ WITH ( storage_parameter [= value] [, ...] ) | WITHOUT OIDS ]
    [ ON COMMIT { PRESERVE ROWS | DELETE ROWS | DROP } ]
    [ TABLESPACE tablespace_name ]`;

const partitioning = `    [ PARTITION BY { RANGE | LIST | HASH }
          ( { column_name | ( expression ) } [ COLLATE collation ] [ opclass ] [, ...] ) ]`;

const typedElements = `    [ ( { column_name [ WITH OPTIONS ] [ column_constraint [ ... ] ]
        | table_constraint } [, ...] ) ]`;

// ALTER TABLE and ALTER FOREIGN TABLE share these.
const commonActions = `  | DISABLE TRIGGER { trigger_name | ALL | USER }
  | ENABLE TRIGGER { trigger_name | ALL | USER }
  | ENABLE { REPLICA | ALWAYS } TRIGGER trigger_name`;

const inheritance = `  | INHERIT parent_table
  | NO INHERIT parent_table
  | ${ownerTo}`;

const identity = `  | ALTER [ COLUMN ] column_name ADD GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY
        [ ( sequence_option [ ... ] ) ]
  | ALTER [ COLUMN ] column_name { SET GENERATED { ALWAYS | BY DEFAULT }
        | SET sequence_option | RESTART [ [ WITH ] restart ] } [ ... ]
  | ALTER [ COLUMN ] column_name DROP IDENTITY [ IF EXISTS ]`;

const columnStorage = `  | ALTER [ COLUMN ] column_name SET ( option = value [, ...] )
  | ALTER [ COLUMN ] column_name RESET ( option [, ...] )
16-   | ALTER [ COLUMN ] column_name SET STORAGE ${storage}
16+   | ALTER [ COLUMN ] column_name SET STORAGE { PLAIN | EXTERNAL | EXTENDED | MAIN | DEFAULT }`;

export const tables: readonly SqlHelp[] = [
  {
    name: 'ALTER FOREIGN TABLE',
    description: "change a foreign table's columns, options, name or owner",
    id: 'sql-alterforeigntable',
    synopsis: `ALTER FOREIGN TABLE [ IF EXISTS ] [ ONLY ] name [ * ] action [, ...]
ALTER FOREIGN TABLE [ IF EXISTS ] [ ONLY ] name [ * ] RENAME [ COLUMN ] column_name TO new_column_name
ALTER FOREIGN TABLE [ IF EXISTS ] name RENAME TO new_name
ALTER FOREIGN TABLE [ IF EXISTS ] name SET SCHEMA new_schema

action:
    ADD [ COLUMN ] column_name data_type [ COLLATE collation ] [ column_constraint [ ... ] ]
  | DROP [ COLUMN ] [ IF EXISTS ] column_name ${cascade}
  | ALTER [ COLUMN ] column_name [ SET DATA ] TYPE data_type [ COLLATE collation ]
  | ALTER [ COLUMN ] column_name SET DEFAULT expression
  | ALTER [ COLUMN ] column_name DROP DEFAULT
  | ALTER [ COLUMN ] column_name { SET | DROP } NOT NULL
  | ALTER [ COLUMN ] column_name SET STATISTICS target
${columnStorage}
  | ALTER [ COLUMN ] column_name ${foreignOptions}
  | ADD table_constraint [ NOT VALID ]
  | VALIDATE CONSTRAINT constraint_name
  | DROP CONSTRAINT [ IF EXISTS ] constraint_name ${cascade}
${commonActions}
  | SET WITHOUT OIDS
${inheritance}
  | ${foreignOptions}

${foreignColumnConstraint}

${foreignTableConstraint}`,
  },
  {
    name: 'ALTER TABLE',
    description: "change a table's columns, constraints, storage, partitions, name or owner",
    id: 'sql-altertable',
    synopsis: `ALTER TABLE [ IF EXISTS ] [ ONLY ] name [ * ] action [, ...]
ALTER TABLE [ IF EXISTS ] [ ONLY ] name [ * ] RENAME [ COLUMN ] column_name TO new_column_name
ALTER TABLE [ IF EXISTS ] [ ONLY ] name [ * ] RENAME CONSTRAINT constraint_name TO new_constraint_name
ALTER TABLE [ IF EXISTS ] name RENAME TO new_name
ALTER TABLE [ IF EXISTS ] name SET SCHEMA new_schema
ALTER TABLE ALL IN TABLESPACE name [ OWNED BY role_name [, ...] ]
    SET TABLESPACE new_tablespace [ NOWAIT ]
ALTER TABLE [ IF EXISTS ] name ATTACH PARTITION partition_name { FOR VALUES bound | DEFAULT }
ALTER TABLE [ IF EXISTS ] name DETACH PARTITION partition_name [ CONCURRENTLY | FINALIZE ]

action:
    ADD [ COLUMN ] [ IF NOT EXISTS ] column_name data_type
        [ COLLATE collation ] [ column_constraint [ ... ] ]
  | DROP [ COLUMN ] [ IF EXISTS ] column_name ${cascade}
  | ALTER [ COLUMN ] column_name [ SET DATA ] TYPE data_type
        [ COLLATE collation ] [ USING expression ]
  | ALTER [ COLUMN ] column_name SET DEFAULT expression
  | ALTER [ COLUMN ] column_name DROP DEFAULT
  | ALTER [ COLUMN ] column_name { SET | DROP } NOT NULL
17+   | ALTER [ COLUMN ] column_name SET EXPRESSION AS ( expression )
  | ALTER [ COLUMN ] column_name DROP EXPRESSION [ IF EXISTS ]
${identity}
17-   | ALTER [ COLUMN ] column_name SET STATISTICS target
17+   | ALTER [ COLUMN ] column_name SET STATISTICS { target | DEFAULT }
${columnStorage}
  | ALTER [ COLUMN ] column_name SET COMPRESSION method
  | ADD table_constraint [ NOT VALID ]
  | ADD constraint_using_index
  | ALTER CONSTRAINT constraint_name
        [ [ NOT ] DEFERRABLE ] [ INITIALLY { DEFERRED | IMMEDIATE } ]
18+         [ [ NOT ] ENFORCED ]
18+   | ALTER CONSTRAINT constraint_name [ NO ] INHERIT
  | VALIDATE CONSTRAINT constraint_name
  | DROP CONSTRAINT [ IF EXISTS ] constraint_name ${cascade}
${commonActions}
  | DISABLE RULE rule_name
  | ENABLE RULE rule_name
  | ENABLE { REPLICA | ALWAYS } RULE rule_name
  | DISABLE ROW LEVEL SECURITY
  | ENABLE ROW LEVEL SECURITY
  | [ NO ] FORCE ROW LEVEL SECURITY
  | CLUSTER ON index_name
  | SET WITHOUT CLUSTER
  | SET WITHOUT OIDS
17-   | SET ACCESS METHOD new_access_method
17+   | SET ACCESS METHOD { new_access_method | DEFAULT }
  | SET TABLESPACE new_tablespace
  | SET { LOGGED | UNLOGGED }
  | SET ( storage_parameter [= value] [, ...] )
  | RESET ( storage_parameter [, ...] )
${inheritance}
  | OF type_name
  | NOT OF
  | REPLICA IDENTITY { DEFAULT | USING INDEX index_name | FULL | NOTHING }

${partitionBound}

${columnConstraint}

${tableConstraint}

constraint_using_index:
    [ CONSTRAINT constraint_name ] { UNIQUE | PRIMARY KEY } USING INDEX index_name
        [ [ NOT ] DEFERRABLE ] [ INITIALLY { DEFERRED | IMMEDIATE } ]

${indexParameters}

${referentialAction}`,
  },
  {
    name: 'CREATE FOREIGN TABLE',
    description: 'make a table of a foreign server usable here',
    id: 'sql-createforeigntable',
    synopsis: `CREATE FOREIGN TABLE [ IF NOT EXISTS ] table_name ( [ element [, ...] ] )
    [ INHERITS ( parent_table [, ...] ) ]
    SERVER server_name
    ${newOptions}
CREATE FOREIGN TABLE [ IF NOT EXISTS ] table_name PARTITION OF parent_table
${typedElements}
    { FOR VALUES bound | DEFAULT }
    SERVER server_name
    ${newOptions}

element:
    column_name data_type ${newOptions}
        [ COLLATE collation ] [ column_constraint [ ... ] ]
  | table_constraint
18+   | LIKE source_table [ { INCLUDING | EXCLUDING }
18+         { COMMENTS | CONSTRAINTS | DEFAULTS | GENERATED | STATISTICS | ALL } [ ... ] ]

${foreignColumnConstraint}

${foreignTableConstraint}

${partitionBound}`,
  },
  {
    name: 'CREATE TABLE',
    description: 'add a table',
    id: 'sql-createtable',
    synopsis: `CREATE ${temporary} TABLE [ IF NOT EXISTS ] table_name
    ( [ element [, ...] ] )
    [ INHERITS ( parent_table [, ...] ) ]
${partitioning}
${placement}
CREATE ${temporary} TABLE [ IF NOT EXISTS ] table_name
    OF type_name
${typedElements}
${partitioning}
${placement}
CREATE ${temporary} TABLE [ IF NOT EXISTS ] table_name
    PARTITION OF parent_table
${typedElements}
    { FOR VALUES bound | DEFAULT }
${partitioning}
${placement}

element:
16-     column_name data_type [ COMPRESSION method ]
16+     column_name data_type
16+         [ STORAGE { PLAIN | EXTERNAL | EXTENDED | MAIN | DEFAULT } ] [ COMPRESSION method ]
        [ COLLATE collation ] [ column_constraint [ ... ] ]
  | table_constraint
  | LIKE source_table [ like_option [ ... ] ]

${columnConstraint}

${tableConstraint}

like_option:
    { INCLUDING | EXCLUDING }
        { COMMENTS | COMPRESSION | CONSTRAINTS | DEFAULTS | GENERATED
        | IDENTITY | INDEXES | STATISTICS | STORAGE | ALL }

${partitionBound}

${indexParameters}

${referentialAction}`,
  },
  {
    name: 'CREATE TABLE AS',
    description: "make a table of a query's rows",
    id: 'sql-createtableas',
    synopsis: `CREATE ${temporary} TABLE [ IF NOT EXISTS ] table_name
    [ ( column_name [, ...] ) ]
${placement}
    AS query
    [ WITH [ NO ] DATA ]`,
  },
  {
    name: 'ALTER SEQUENCE',
    description: "change a sequence's numbers, name, owner or schema",
    id: 'sql-altersequence',
    synopsis: `ALTER SEQUENCE [ IF EXISTS ] name
    [ AS data_type ]
    ${sequenceOptions}
    [ START [ WITH ] start ] [ RESTART [ [ WITH ] restart ] ]
    [ CACHE cache ] [ [ NO ] CYCLE ]
    [ OWNED BY { table_name.column_name | NONE } ]
ALTER SEQUENCE [ IF EXISTS ] name SET { LOGGED | UNLOGGED }
ALTER SEQUENCE [ IF EXISTS ] name ${ownerTo}
ALTER SEQUENCE [ IF EXISTS ] name RENAME TO new_name
ALTER SEQUENCE [ IF EXISTS ] name SET SCHEMA new_schema`,
  },
  {
    name: 'CREATE SEQUENCE',
    description: 'add a generator of numbers',
    id: 'sql-createsequence',
    synopsis: `CREATE [ { TEMPORARY | TEMP } | UNLOGGED ] SEQUENCE [ IF NOT EXISTS ] name
    [ AS data_type ]
    ${sequenceOptions}
    [ START [ WITH ] start ] [ CACHE cache ] [ [ NO ] CYCLE ]
    [ OWNED BY { table_name.column_name | NONE } ]`,
  },
];

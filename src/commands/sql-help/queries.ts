import { returning } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const withClause = '[ WITH [ RECURSIVE ] with_query [, ...] ]';

const sortKeys = `expression [ ASC | DESC | USING operator ]
               [ NULLS { FIRST | LAST } ]`;

function selectOf(into: string): string {
  return `${withClause}
SELECT [ ALL | DISTINCT [ ON ( expression [, ...] ) ] ]
    [ { * | expression [ [ AS ] output_name ] } [, ...] ]
${into}    [ FROM from_item [, ...] ]
    [ WHERE condition ]
    [ GROUP BY [ ALL | DISTINCT ] grouping_element [, ...] ]
    [ HAVING condition ]
    [ WINDOW window_name AS ( window_definition ) [, ...] ]
    [ { UNION | INTERSECT | EXCEPT } [ ALL | DISTINCT ] select ]
    [ ORDER BY ${sortKeys} [, ...] ]
    [ LIMIT { count | ALL } ]
    [ OFFSET start [ ROW | ROWS ] ]
    [ FETCH { FIRST | NEXT } [ count ] { ROW | ROWS } { ONLY | WITH TIES } ]
    [ FOR { UPDATE | NO KEY UPDATE | SHARE | KEY SHARE }
          [ OF from_reference [, ...] ] [ NOWAIT | SKIP LOCKED ] [ ... ] ]`;
}

const select = `${selectOf('')}

from_item:
    [ ONLY ] table_name [ * ] [ [ AS ] alias [ ( column_alias [, ...] ) ] ]
        [ TABLESAMPLE sampling_method ( argument [, ...] ) [ REPEATABLE ( seed ) ] ]
  | with_query_name [ [ AS ] alias [ ( column_alias [, ...] ) ] ]
16-   | [ LATERAL ] ( select ) [ AS ] alias [ ( column_alias [, ...] ) ]
16+   | [ LATERAL ] ( select ) [ [ AS ] alias [ ( column_alias [, ...] ) ] ]
  | [ LATERAL ] function_name ( [ argument [, ...] ] )
        [ WITH ORDINALITY ] [ [ AS ] alias [ ( column_alias [, ...] ) ] ]
  | [ LATERAL ] function_name ( [ argument [, ...] ] )
        { AS | [ AS ] alias } ( column_name data_type [, ...] )
  | [ LATERAL ] ROWS FROM ( function_name ( [ argument [, ...] ] )
            [ AS ( column_name data_type [, ...] ) ] [, ...] )
        [ WITH ORDINALITY ] [ [ AS ] alias [ ( column_alias [, ...] ) ] ]
  | from_item join_type from_item
        { ON condition | USING ( column_name [, ...] ) [ AS join_alias ] }
  | from_item NATURAL join_type from_item
  | from_item CROSS JOIN from_item

join_type:
    [ INNER ] JOIN | { LEFT | RIGHT | FULL } [ OUTER ] JOIN

grouping_element:
    ( )
  | expression
  | ( expression [, ...] )
  | { ROLLUP | CUBE } ( { expression | ( expression [, ...] ) } [, ...] )
  | GROUPING SETS ( grouping_element [, ...] )

window_definition:
    [ existing_window_name ] [ PARTITION BY expression [, ...] ]
    [ ORDER BY ${sortKeys} [, ...] ]
    [ { RANGE | ROWS | GROUPS } { bound | BETWEEN bound AND bound }
          [ EXCLUDE { CURRENT ROW | GROUP | TIES | NO OTHERS } ] ]

bound:
    UNBOUNDED PRECEDING | offset PRECEDING | CURRENT ROW
  | offset FOLLOWING | UNBOUNDED FOLLOWING

with_query:
    with_query_name [ ( column_name [, ...] ) ] AS [ [ NOT ] MATERIALIZED ]
17-         ( { select | values | insert | update | delete } )
17+         ( { select | values | insert | update | delete | merge } )
        [ SEARCH { BREADTH | DEPTH } FIRST BY column_name [, ...]
              SET search_column ]
        [ CYCLE column_name [, ...]
              SET mark_column [ TO mark_value DEFAULT mark_default ]
              USING path_column ]

TABLE [ ONLY ] table_name [ * ]`;

const assignments = `{ column_name = { expression | DEFAULT }
          | ( column_name [, ...] ) = [ ROW ] ( { expression | DEFAULT } [, ...] )
          | ( column_name [, ...] ) = ( SELECT ... ) } [, ...]`;

export const queries: readonly SqlHelp[] = [
  {
    name: 'COPY',
    description: 'move rows between a table and a file, a program or the client',
    id: 'sql-copy',
    synopsis: `COPY table_name [ ( column_name [, ...] ) ]
    FROM { 'file' | PROGRAM 'command' | STDIN }
    [ [ WITH ] ( option [, ...] ) ] [ WHERE condition ]
COPY { table_name [ ( column_name [, ...] ) ] | ( query ) }
    TO { 'file' | PROGRAM 'command' | STDOUT }
    [ [ WITH ] ( option [, ...] ) ]

option:
    FORMAT format_name
  | FREEZE [ boolean ]
  | DELIMITER 'character'
  | NULL 'string'
16+   | DEFAULT 'string'
  | HEADER [ boolean | MATCH ]
  | QUOTE 'character'
  | ESCAPE 'character'
  | FORCE_QUOTE { ( column_name [, ...] ) | * }
17-   | FORCE_NOT_NULL ( column_name [, ...] )
17-   | FORCE_NULL ( column_name [, ...] )
17+   | FORCE_NOT_NULL { ( column_name [, ...] ) | * }
17+   | FORCE_NULL { ( column_name [, ...] ) | * }
17+   | ON_ERROR { stop | ignore }
18+   | REJECT_LIMIT limit
17+   | LOG_VERBOSITY verbosity
  | ENCODING 'encoding'`,
  },
  {
    name: 'DELETE',
    description: 'delete rows',
    id: 'sql-delete',
    synopsis: `${withClause}
DELETE FROM [ ONLY ] table_name [ * ] [ [ AS ] alias ]
    [ USING from_item [, ...] ]
    [ WHERE { condition | CURRENT OF cursor_name } ]
${returning}`,
  },
  {
    name: 'INSERT',
    description: 'add rows to a table',
    id: 'sql-insert',
    synopsis: `${withClause}
INSERT INTO table_name [ AS alias ] [ ( column_name [, ...] ) ]
    [ OVERRIDING { SYSTEM | USER } VALUE ]
    { DEFAULT VALUES | VALUES ( { expression | DEFAULT } [, ...] ) [, ...] | query }
    [ ON CONFLICT [ target ] action ]
${returning}

target:
    ( { column_name | ( expression ) } [ COLLATE collation ] [ opclass ] [, ...] )
        [ WHERE index_predicate ]
  | ON CONSTRAINT constraint_name

action:
    DO NOTHING
  | DO UPDATE
        SET ${assignments}
        [ WHERE condition ]`,
  },
  {
    name: 'MERGE',
    description: 'insert, update or delete rows by what a source holds',
    id: 'sql-merge',
    synopsis: `[ WITH with_query [, ...] ]
MERGE INTO [ ONLY ] table_name [ * ] [ [ AS ] alias ]
    USING { [ ONLY ] source_table [ * ] | ( query ) } [ [ AS ] source_alias ]
    ON join_condition
    when_clause [ ... ]
17+     [ RETURNING
18+         [ WITH ( { OLD | NEW } AS alias [, ...] ) ]
17+         { * | expression [ [ AS ] output_name ] } [, ...] ]

when_clause:
    WHEN MATCHED [ AND condition ] THEN { update | DELETE | DO NOTHING }
17+   | WHEN NOT MATCHED BY SOURCE [ AND condition ] THEN { update | DELETE | DO NOTHING }
17-   | WHEN NOT MATCHED [ AND condition ] THEN { insert | DO NOTHING }
17+   | WHEN NOT MATCHED [ BY TARGET ] [ AND condition ] THEN { insert | DO NOTHING }

insert:
    INSERT [ ( column_name [, ...] ) ]
        [ OVERRIDING { SYSTEM | USER } VALUE ]
        { VALUES ( { expression | DEFAULT } [, ...] ) | DEFAULT VALUES }

update:
    UPDATE SET ${assignments}`,
  },
  {
    name: 'SELECT',
    description: 'read rows',
    id: 'sql-select',
    synopsis: select,
  },
  {
    name: 'SELECT INTO',
    description: "make a table of a query's rows",
    id: 'sql-selectinto',
    synopsis: selectOf('    INTO [ TEMPORARY | TEMP | UNLOGGED ] [ TABLE ] new_table\n'),
  },
  {
    name: 'TABLE',
    description: 'read all of a table',
    id: 'sql-select',
    synopsis: select,
  },
  {
    name: 'UPDATE',
    description: 'change rows',
    id: 'sql-update',
    synopsis: `${withClause}
UPDATE [ ONLY ] table_name [ * ] [ [ AS ] alias ]
    SET ${assignments}
    [ FROM from_item [, ...] ]
    [ WHERE { condition | CURRENT OF cursor_name } ]
${returning}`,
  },
  {
    name: 'VALUES',
    description: 'make rows of expressions',
    id: 'sql-values',
    synopsis: `VALUES ( expression [, ...] ) [, ...]
    [ ORDER BY expression [ ASC | DESC | USING operator ] [, ...] ]
    [ LIMIT { count | ALL } ]
    [ OFFSET start [ ROW | ROWS ] ]
    [ FETCH { FIRST | NEXT } [ count ] { ROW | ROWS } ONLY ]`,
  },
  {
    name: 'WITH',
    description: 'name queries for use in the query that follows',
    id: 'sql-select',
    synopsis: select,
  },
];

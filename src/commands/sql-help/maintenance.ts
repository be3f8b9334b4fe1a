import type { SqlHelp } from './sql-help.ts';

export const maintenance: readonly SqlHelp[] = [
  {
    name: 'ANALYZE',
    description: 'gather the statistics the planner uses',
    id: 'sql-analyze',
    synopsis: `ANALYZE [ ( option [, ...] ) ] [ target [, ...] ]
ANALYZE [ VERBOSE ] [ target [, ...] ]

option:
    VERBOSE [ boolean ]
  | SKIP_LOCKED [ boolean ]
16+   | BUFFER_USAGE_LIMIT size

target:
18-     table_name [ ( column [, ...] ) ]
18+     [ ONLY ] table_name [ * ] [ ( column [, ...] ) ]`,
  },
  {
    name: 'CHECKPOINT',
    description: 'write all changed pages to disk now',
    id: 'sql-checkpoint',
    synopsis: 'CHECKPOINT',
  },
  {
    name: 'CLUSTER',
    description: 'rewrite a table in the order of an index',
    id: 'sql-cluster',
    synopsis: `CLUSTER [ VERBOSE ] [ table_name [ USING index_name ] ]
17- CLUSTER ( option [, ...] ) table_name [ USING index_name ]
17+ CLUSTER ( option [, ...] ) [ table_name [ USING index_name ] ]

option:
    VERBOSE [ boolean ]`,
  },
  {
    name: 'EXPLAIN',
    description: 'show how a statement would run, or ran',
    id: 'sql-explain',
    synopsis: `EXPLAIN [ ( option [, ...] ) ] statement
EXPLAIN [ ANALYZE ] [ VERBOSE ] statement

option:
    ANALYZE [ boolean ]
  | VERBOSE [ boolean ]
  | COSTS [ boolean ]
  | SETTINGS [ boolean ]
16+   | GENERIC_PLAN [ boolean ]
  | BUFFERS [ boolean ]
17+   | SERIALIZE [ { NONE | TEXT | BINARY } ]
  | WAL [ boolean ]
  | TIMING [ boolean ]
  | SUMMARY [ boolean ]
17+   | MEMORY [ boolean ]
  | FORMAT { TEXT | XML | JSON | YAML }`,
  },
  {
    name: 'REFRESH MATERIALIZED VIEW',
    description: "run a materialized view's query again",
    id: 'sql-refreshmaterializedview',
    synopsis: `REFRESH MATERIALIZED VIEW [ CONCURRENTLY ] name
    [ WITH [ NO ] DATA ]`,
  },
  {
    name: 'REINDEX',
    description: 'build indexes anew',
    id: 'sql-reindex',
    synopsis: `16- REINDEX [ ( option [, ...] ) ]
16-     { INDEX | TABLE | SCHEMA | DATABASE | SYSTEM } [ CONCURRENTLY ] name
16+ REINDEX [ ( option [, ...] ) ] { INDEX | TABLE | SCHEMA } [ CONCURRENTLY ] name
16+ REINDEX [ ( option [, ...] ) ] { DATABASE | SYSTEM } [ CONCURRENTLY ] [ name ]

option:
    CONCURRENTLY [ boolean ]
  | TABLESPACE new_tablespace
  | VERBOSE [ boolean ]`,
  },
  {
    name: 'TRUNCATE',
    description: 'empty tables at once',
    id: 'sql-truncate',
    synopsis: `TRUNCATE [ TABLE ] [ ONLY ] name [ * ] [, ...]
    [ RESTART IDENTITY | CONTINUE IDENTITY ] [ CASCADE | RESTRICT ]`,
  },
  {
    name: 'VACUUM',
    description: 'reclaim the space of dead rows, and analyze if asked',
    id: 'sql-vacuum',
    synopsis: `VACUUM [ ( option [, ...] ) ] [ target [, ...] ]
VACUUM [ FULL ] [ FREEZE ] [ VERBOSE ] [ ANALYZE ] [ target [, ...] ]

option:
    FULL [ boolean ]
  | FREEZE [ boolean ]
  | VERBOSE [ boolean ]
  | ANALYZE [ boolean ]
  | DISABLE_PAGE_SKIPPING [ boolean ]
  | SKIP_LOCKED [ boolean ]
  | INDEX_CLEANUP { AUTO | ON | OFF }
16+   | PROCESS_MAIN [ boolean ]
  | PROCESS_TOAST [ boolean ]
  | TRUNCATE [ boolean ]
  | PARALLEL workers
16+   | SKIP_DATABASE_STATS [ boolean ]
16+   | ONLY_DATABASE_STATS [ boolean ]
16+   | BUFFER_USAGE_LIMIT size

target:
18-     table_name [ ( column [, ...] ) ]
18+     [ ONLY ] table_name [ * ] [ ( column [, ...] ) ]`,
  },
];

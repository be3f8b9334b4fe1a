import { ownerTo } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const published = `published:
    TABLE [ ONLY ] table_name [ * ] [ ( column [, ...] ) ] [ WHERE ( condition ) ] [, ...]
  | TABLES IN SCHEMA { schema_name | CURRENT_SCHEMA } [, ...]`;

export const replication: readonly SqlHelp[] = [
  {
    name: 'ALTER PUBLICATION',
    description: 'change what a publication sends, its name or owner',
    id: 'sql-alterpublication',
    synopsis: `ALTER PUBLICATION name ADD published [, ...]
ALTER PUBLICATION name SET published [, ...]
ALTER PUBLICATION name DROP dropped [, ...]
ALTER PUBLICATION name SET ( parameter [= value] [, ...] )
ALTER PUBLICATION name ${ownerTo}
ALTER PUBLICATION name RENAME TO new_name

${published}

dropped:
    TABLE [ ONLY ] table_name [ * ] [, ...]
  | TABLES IN SCHEMA { schema_name | CURRENT_SCHEMA } [, ...]`,
  },
  {
    name: 'ALTER SUBSCRIPTION',
    description: 'change, refresh, switch on or off a subscription',
    id: 'sql-altersubscription',
    synopsis: `ALTER SUBSCRIPTION name CONNECTION 'conninfo'
ALTER SUBSCRIPTION name { SET | ADD | DROP } PUBLICATION publication [, ...]
    [ WITH ( option [= value] [, ...] ) ]
ALTER SUBSCRIPTION name REFRESH PUBLICATION [ WITH ( option [= value] [, ...] ) ]
ALTER SUBSCRIPTION name { ENABLE | DISABLE }
ALTER SUBSCRIPTION name SET ( parameter [= value] [, ...] )
ALTER SUBSCRIPTION name SKIP ( option = value )
ALTER SUBSCRIPTION name ${ownerTo}
ALTER SUBSCRIPTION name RENAME TO new_name`,
  },
  {
    name: 'CREATE PUBLICATION',
    description: 'offer tables for logical replication',
    id: 'sql-createpublication',
    synopsis: `CREATE PUBLICATION name
    [ FOR ALL TABLES | FOR published [, ...] ]
    [ WITH ( parameter [= value] [, ...] ) ]

${published}`,
  },
  {
    name: 'CREATE SUBSCRIPTION',
    description: 'receive the tables of publications by logical replication',
    id: 'sql-createsubscription',
    synopsis: `CREATE SUBSCRIPTION name
    CONNECTION 'conninfo'
    PUBLICATION publication [, ...]
    [ WITH ( parameter [= value] [, ...] ) ]`,
  },
];

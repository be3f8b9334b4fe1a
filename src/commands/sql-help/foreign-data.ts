import { foreignOptions, newOptions, ownerTo } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const mappedUser = 'FOR { user_name | USER | CURRENT_ROLE | CURRENT_USER | SESSION_USER | PUBLIC } SERVER server_name';

const wrapperFunctions = `    [ HANDLER handler_function | NO HANDLER ]
    [ VALIDATOR validator_function | NO VALIDATOR ]`;

export const foreignData: readonly SqlHelp[] = [
  {
    name: 'ALTER FOREIGN DATA WRAPPER',
    description: "change a foreign-data wrapper's functions, options, name or owner",
    id: 'sql-alterforeigndatawrapper',
    synopsis: `ALTER FOREIGN DATA WRAPPER name
${wrapperFunctions}
    [ ${foreignOptions} ]
ALTER FOREIGN DATA WRAPPER name ${ownerTo}
ALTER FOREIGN DATA WRAPPER name RENAME TO new_name`,
  },
  {
    name: 'ALTER SERVER',
    description: "change a foreign server's version, options, name or owner",
    id: 'sql-alterserver',
    synopsis: `ALTER SERVER name [ VERSION 'version' ]
    [ ${foreignOptions} ]
ALTER SERVER name ${ownerTo}
ALTER SERVER name RENAME TO new_name`,
  },
  {
    name: 'ALTER USER MAPPING',
    description: 'change the options of a mapping to a foreign server',
    id: 'sql-alterusermapping',
    synopsis: `ALTER USER MAPPING
    ${mappedUser}
    ${foreignOptions}`,
  },
  {
    name: 'CREATE FOREIGN DATA WRAPPER',
    description: 'add a foreign-data wrapper',
    id: 'sql-createforeigndatawrapper',
    synopsis: `CREATE FOREIGN DATA WRAPPER name
${wrapperFunctions}
    ${newOptions}`,
  },
  {
    name: 'CREATE SERVER',
    description: 'add a foreign server',
    id: 'sql-createserver',
    synopsis: `CREATE SERVER [ IF NOT EXISTS ] name [ TYPE 'type' ] [ VERSION 'version' ]
    FOREIGN DATA WRAPPER wrapper_name
    ${newOptions}`,
  },
  {
    name: 'CREATE USER MAPPING',
    description: 'say how a role logs in to a foreign server',
    id: 'sql-createusermapping',
    synopsis: `CREATE USER MAPPING [ IF NOT EXISTS ]
    ${mappedUser.replace('| SESSION_USER ', '')}
    ${newOptions}`,
  },
  {
    name: 'IMPORT FOREIGN SCHEMA',
    description: 'define foreign tables for the tables of a remote schema',
    id: 'sql-importforeignschema',
    synopsis: `IMPORT FOREIGN SCHEMA remote_schema
    [ { LIMIT TO | EXCEPT } ( table_name [, ...] ) ]
    FROM SERVER server_name INTO local_schema
    ${newOptions}`,
  },
];

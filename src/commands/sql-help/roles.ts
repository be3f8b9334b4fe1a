import { alterSettings, roleSpecification } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const switches = `    SUPERUSER | NOSUPERUSER
  | CREATEDB | NOCREATEDB
  | CREATEROLE | NOCREATEROLE
  | INHERIT | NOINHERIT
  | LOGIN | NOLOGIN
  | REPLICATION | NOREPLICATION
  | BYPASSRLS | NOBYPASSRLS
  | CONNECTION LIMIT limit
  | [ ENCRYPTED ] PASSWORD 'password' | PASSWORD NULL
  | VALID UNTIL 'timestamp'`;

function createRole(kind: string): string {
  return `CREATE ${kind} name [ [ WITH ] option [ ... ] ]

option:
${switches}
  | IN ROLE role_name [, ...]
  | IN GROUP role_name [, ...]
  | ROLE role_name [, ...]
  | ADMIN role_name [, ...]
  | USER role_name [, ...]
  | SYSID uid`;
}

function alterRole(kind: string): string {
  return `ALTER ${kind} role [ WITH ] option [ ... ]
ALTER ${kind} name RENAME TO new_name
${alterSettings(`ALTER ${kind} { role | ALL } [ IN DATABASE database_name ]`)}

${roleSpecification}

option:
${switches}`;
}

const grantee = `role:
    [ GROUP ] role_name | PUBLIC | CURRENT_ROLE | CURRENT_USER | SESSION_USER`;

// GRANT and REVOKE name the same privileges on the same objects.
const privileges = `privileges:
17-     { SELECT | INSERT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER } [, ...]
17+     { SELECT | INSERT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER | MAINTAIN } [, ...]
        ON { [ TABLE ] table_name [, ...] | ALL TABLES IN SCHEMA schema_name [, ...] }
  | { { SELECT | INSERT | UPDATE | REFERENCES } ( column [, ...] ) [, ...]
    | ALL [ PRIVILEGES ] ( column [, ...] ) } ON [ TABLE ] table_name [, ...]
  | { USAGE | SELECT | UPDATE } [, ...]
        ON { SEQUENCE sequence_name [, ...] | ALL SEQUENCES IN SCHEMA schema_name [, ...] }
  | { CREATE | CONNECT | TEMPORARY | TEMP } [, ...] ON DATABASE database_name [, ...]
  | USAGE ON DOMAIN domain_name [, ...]
  | USAGE ON FOREIGN DATA WRAPPER wrapper_name [, ...]
  | USAGE ON FOREIGN SERVER server_name [, ...]
  | EXECUTE ON { { FUNCTION | PROCEDURE | ROUTINE } routine_name
                     [ ( [ [ argmode ] [ argname ] argtype [, ...] ] ) ] [, ...]
               | ALL { FUNCTIONS | PROCEDURES | ROUTINES } IN SCHEMA schema_name [, ...] }
  | USAGE ON LANGUAGE language [, ...]
  | { SELECT | UPDATE } [, ...] ON LARGE OBJECT oid [, ...]
  | { SET | ALTER SYSTEM } [, ...] ON PARAMETER parameter [, ...]
  | { CREATE | USAGE } [, ...] ON SCHEMA schema_name [, ...]
  | CREATE ON TABLESPACE tablespace_name [, ...]
  | USAGE ON TYPE type_name [, ...]
  | ALL [ PRIVILEGES ] ON any of these`;

const defaultPrivileges = `privileges:
17-     { SELECT | INSERT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER } [, ...] ON TABLES
17+     { SELECT | INSERT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER | MAINTAIN } [, ...]
17+         ON TABLES
  | { USAGE | SELECT | UPDATE } [, ...] ON SEQUENCES
  | EXECUTE ON { FUNCTIONS | ROUTINES }
  | USAGE ON TYPES
  | { USAGE | CREATE } [, ...] ON SCHEMAS
18+   | { SELECT | UPDATE } [, ...] ON LARGE OBJECTS
  | ALL [ PRIVILEGES ] ON any of these`;

export const roles: readonly SqlHelp[] = [
  {
    name: 'ALTER DEFAULT PRIVILEGES',
    description: 'say who may use the objects created from now on',
    id: 'sql-alterdefaultprivileges',
    synopsis: `ALTER DEFAULT PRIVILEGES
    [ FOR { ROLE | USER } target_role [, ...] ]
    [ IN SCHEMA schema_name [, ...] ]
    { GRANT privileges TO { [ GROUP ] role_name | PUBLIC } [, ...] [ WITH GRANT OPTION ]
    | REVOKE [ GRANT OPTION FOR ] privileges FROM { [ GROUP ] role_name | PUBLIC } [, ...]
          [ CASCADE | RESTRICT ] }

${defaultPrivileges}`,
  },
  {
    name: 'ALTER GROUP',
    description: 'put roles in a group, take them out or rename it',
    id: 'sql-altergroup',
    synopsis: `ALTER GROUP role { ADD | DROP } USER user_name [, ...]
ALTER GROUP group_name RENAME TO new_name

${roleSpecification}`,
  },
  {
    name: 'ALTER POLICY',
    description: 'change a row-level security policy',
    id: 'sql-alterpolicy',
    synopsis: `ALTER POLICY name ON table_name RENAME TO new_name
ALTER POLICY name ON table_name
    [ TO { role_name | PUBLIC | CURRENT_ROLE | CURRENT_USER | SESSION_USER } [, ...] ]
    [ USING ( condition ) ]
    [ WITH CHECK ( condition ) ]`,
  },
  {
    name: 'ALTER ROLE',
    description: "change a role's rights, password, parameters or name",
    id: 'sql-alterrole',
    synopsis: alterRole('ROLE'),
  },
  {
    name: 'ALTER USER',
    description: "change a role's rights, password, parameters or name",
    id: 'sql-alteruser',
    synopsis: alterRole('USER'),
  },
  {
    name: 'CREATE GROUP',
    description: 'add a role to hold other roles',
    id: 'sql-creategroup',
    synopsis: createRole('GROUP'),
  },
  {
    name: 'CREATE POLICY',
    description: 'say which rows of a table a role sees and writes',
    id: 'sql-createpolicy',
    synopsis: `CREATE POLICY name ON table_name
    [ AS { PERMISSIVE | RESTRICTIVE } ]
    [ FOR { ALL | SELECT | INSERT | UPDATE | DELETE } ]
    [ TO { role_name | PUBLIC | CURRENT_ROLE | CURRENT_USER | SESSION_USER } [, ...] ]
    [ USING ( condition ) ]
    [ WITH CHECK ( condition ) ]`,
  },
  {
    name: 'CREATE ROLE',
    description: 'add a role',
    id: 'sql-createrole',
    synopsis: createRole('ROLE'),
  },
  {
    name: 'CREATE USER',
    description: 'add a role that may log in',
    id: 'sql-createuser',
    synopsis: createRole('USER'),
  },
  {
    name: 'GRANT',
    description: 'give privileges on objects, or membership in roles',
    id: 'sql-grant',
    synopsis: `GRANT privileges TO role [, ...] [ WITH GRANT OPTION ] [ GRANTED BY role ]
GRANT role_name [, ...] TO role [, ...]
16-     [ WITH ADMIN OPTION ]
16+     [ WITH { ADMIN | INHERIT | SET } { OPTION | TRUE | FALSE } [, ...] ]
    [ GRANTED BY role ]

${privileges}

${grantee}`,
  },
  {
    name: 'REASSIGN OWNED',
    description: 'give all that roles own in this database to another role',
    id: 'sql-reassign-owned',
    synopsis: `REASSIGN OWNED BY { old_role | CURRENT_ROLE | CURRENT_USER | SESSION_USER } [, ...]
    TO { new_role | CURRENT_ROLE | CURRENT_USER | SESSION_USER }`,
  },
  {
    name: 'REVOKE',
    description: 'take back privileges on objects, or membership in roles',
    id: 'sql-revoke',
    synopsis: `REVOKE [ GRANT OPTION FOR ] privileges FROM role [, ...]
    [ GRANTED BY role ] [ CASCADE | RESTRICT ]
16- REVOKE [ ADMIN OPTION FOR ] role_name [, ...] FROM role [, ...]
16+ REVOKE [ { ADMIN | INHERIT | SET } OPTION FOR ] role_name [, ...] FROM role [, ...]
    [ GRANTED BY role ] [ CASCADE | RESTRICT ]

${privileges}

${grantee}`,
  },
];

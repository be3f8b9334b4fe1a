import type { SqlHelp } from './sql-help.ts';

export const sessionCommands: readonly SqlHelp[] = [
  {
    name: 'CLOSE',
    description: 'end a cursor',
    id: 'sql-close',
    synopsis: 'CLOSE { name | ALL }',
  },
  {
    name: 'DEALLOCATE',
    description: 'forget a prepared statement',
    id: 'sql-deallocate',
    synopsis: 'DEALLOCATE [ PREPARE ] { name | ALL }',
  },
  {
    name: 'DECLARE',
    description: 'open a cursor on a query',
    id: 'sql-declare',
    synopsis: `DECLARE name [ BINARY ] [ ASENSITIVE | INSENSITIVE ] [ [ NO ] SCROLL ]
    CURSOR [ { WITH | WITHOUT } HOLD ] FOR query`,
  },
  {
    name: 'DISCARD',
    description: 'throw away the state of the session',
    id: 'sql-discard',
    synopsis: 'DISCARD { ALL | PLANS | SEQUENCES | TEMPORARY | TEMP }',
  },
  {
    name: 'DO',
    description: 'run an anonymous block of code',
    id: 'sql-do',
    synopsis: 'DO [ LANGUAGE language ] code',
  },
  {
    name: 'EXECUTE',
    description: 'run a prepared statement',
    id: 'sql-execute',
    synopsis: 'EXECUTE name [ ( argument [, ...] ) ]',
  },
  {
    name: 'FETCH',
    description: 'read rows from a cursor',
    id: 'sql-fetch',
    synopsis: `FETCH [ direction ] [ FROM | IN ] cursor_name

direction:
    NEXT | PRIOR | FIRST | LAST
  | ABSOLUTE count | RELATIVE count
  | count | ALL
  | FORWARD [ count | ALL ]
  | BACKWARD [ count | ALL ]`,
  },
  {
    name: 'LISTEN',
    description: 'receive the notifications of a channel',
    id: 'sql-listen',
    synopsis: 'LISTEN channel',
  },
  {
    name: 'LOAD',
    description: 'load a shared library into the server process',
    id: 'sql-load',
    synopsis: "LOAD 'filename'",
  },
  {
    name: 'MOVE',
    description: 'move a cursor without reading rows',
    id: 'sql-move',
    synopsis: `MOVE [ direction ] [ FROM | IN ] cursor_name

direction:
    NEXT | PRIOR | FIRST | LAST
  | ABSOLUTE count | RELATIVE count
  | count | ALL
  | FORWARD [ count | ALL ]
  | BACKWARD [ count | ALL ]`,
  },
  {
    name: 'NOTIFY',
    description: 'send a notification to a channel',
    id: 'sql-notify',
    synopsis: 'NOTIFY channel [, payload ]',
  },
  {
    name: 'PREPARE',
    description: 'plan a statement to run it later, with arguments',
    id: 'sql-prepare',
    synopsis: 'PREPARE name [ ( data_type [, ...] ) ] AS statement',
  },
  {
    name: 'RESET',
    description: 'set a parameter back to its default',
    id: 'sql-reset',
    synopsis: 'RESET { parameter | ALL }',
  },
  {
    name: 'SET',
    description: 'set a parameter for the session or the transaction',
    id: 'sql-set',
    synopsis: `SET [ SESSION | LOCAL ] parameter { TO | = } { value | 'value' | DEFAULT }
SET [ SESSION | LOCAL ] TIME ZONE { value | 'value' | LOCAL | DEFAULT }`,
  },
  {
    name: 'SET ROLE',
    description: 'act with the privileges of another role',
    id: 'sql-set-role',
    synopsis: `SET [ SESSION | LOCAL ] ROLE { role_name | NONE }
RESET ROLE`,
  },
  {
    name: 'SET SESSION AUTHORIZATION',
    description: 'become another user for the session',
    id: 'sql-set-session-authorization',
    synopsis: `SET [ SESSION | LOCAL ] SESSION AUTHORIZATION { user_name | DEFAULT }
RESET SESSION AUTHORIZATION`,
  },
  {
    name: 'SHOW',
    description: 'show the value of a parameter',
    id: 'sql-show',
    synopsis: 'SHOW { name | ALL }',
  },
  {
    name: 'UNLISTEN',
    description: 'stop receiving notifications',
    id: 'sql-unlisten',
    synopsis: 'UNLISTEN { channel | * }',
  },
];

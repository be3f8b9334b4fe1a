import { transactionModes } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const chain = '[ WORK | TRANSACTION ] [ AND [ NO ] CHAIN ]';

export const transactions: readonly SqlHelp[] = [
  { name: 'ABORT', description: 'undo the current transaction', id: 'sql-abort', synopsis: `ABORT ${chain}` },
  {
    name: 'BEGIN',
    description: 'open a transaction block',
    id: 'sql-begin',
    synopsis: `BEGIN [ WORK | TRANSACTION ] [ mode [, ...] ]

${transactionModes}`,
  },
  { name: 'COMMIT', description: 'make the current transaction permanent', id: 'sql-commit', synopsis: `COMMIT ${chain}` },
  {
    name: 'COMMIT PREPARED',
    description: 'make a prepared transaction permanent',
    id: 'sql-commit-prepared',
    synopsis: 'COMMIT PREPARED transaction_id',
  },
  { name: 'END', description: 'make the current transaction permanent', id: 'sql-end', synopsis: `END ${chain}` },
  {
    name: 'LOCK',
    description: 'lock tables until the transaction ends',
    id: 'sql-lock',
    synopsis: `LOCK [ TABLE ] [ ONLY ] name [ * ] [, ...] [ IN lock_mode MODE ] [ NOWAIT ]

lock_mode:
    ACCESS SHARE | ROW SHARE | ROW EXCLUSIVE | SHARE UPDATE EXCLUSIVE
  | SHARE | SHARE ROW EXCLUSIVE | EXCLUSIVE | ACCESS EXCLUSIVE`,
  },
  {
    name: 'PREPARE TRANSACTION',
    description: 'set the current transaction aside for two-phase commit',
    id: 'sql-prepare-transaction',
    synopsis: 'PREPARE TRANSACTION transaction_id',
  },
  {
    name: 'RELEASE SAVEPOINT',
    description: 'forget a savepoint, keeping what was done since',
    id: 'sql-release-savepoint',
    synopsis: 'RELEASE [ SAVEPOINT ] savepoint_name',
  },
  { name: 'ROLLBACK', description: 'undo the current transaction', id: 'sql-rollback', synopsis: `ROLLBACK ${chain}` },
  {
    name: 'ROLLBACK PREPARED',
    description: 'undo a prepared transaction',
    id: 'sql-rollback-prepared',
    synopsis: 'ROLLBACK PREPARED transaction_id',
  },
  {
    name: 'ROLLBACK TO SAVEPOINT',
    description: 'undo what was done since a savepoint',
    id: 'sql-rollback-to',
    synopsis: 'ROLLBACK [ WORK | TRANSACTION ] TO [ SAVEPOINT ] savepoint_name',
  },
  {
    name: 'SAVEPOINT',
    description: 'mark a point in the transaction to go back to',
    id: 'sql-savepoint',
    synopsis: 'SAVEPOINT savepoint_name',
  },
  {
    name: 'SET CONSTRAINTS',
    description: 'say when this transaction checks its constraints',
    id: 'sql-set-constraints',
    synopsis: 'SET CONSTRAINTS { ALL | name [, ...] } { DEFERRED | IMMEDIATE }',
  },
  {
    name: 'SET TRANSACTION',
    description: 'set the modes of this transaction, or of all later ones',
    id: 'sql-set-transaction',
    synopsis: `SET TRANSACTION mode [, ...]
SET TRANSACTION SNAPSHOT snapshot_id
SET SESSION CHARACTERISTICS AS TRANSACTION mode [, ...]

${transactionModes}`,
  },
  {
    name: 'START TRANSACTION',
    description: 'open a transaction block',
    id: 'sql-start-transaction',
    synopsis: `START TRANSACTION [ mode [, ...] ]

${transactionModes}`,
  },
];

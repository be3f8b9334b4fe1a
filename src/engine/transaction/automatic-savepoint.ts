import { cannotRunInTransaction, leadingKeywords } from '../../sql/classify.ts';
import { sqlFor } from './action-sql.ts';
import type { TransactionRecord } from './record.ts';
import { automaticNumber } from './savepoint-name.ts';
import { sentStatements } from './sent-statement.ts';
import { transactionCommand } from './transaction-command.ts';
import { automaticName } from './undo-targets.ts';

/**
 * `last` keeps one savepoint, before the last statement, so that a long transaction stays cheap for the server (which remembers 64
 * subtransactions of a session without effort); `every` keeps them all.
 */
export type AutomaticSetting = 'off' | 'last' | 'every';

/** What to send around a statement, each as one string. */
export interface AutomaticSavepoint {
  readonly name: string;
  readonly before: string;
  /** Where the statement has succeeded and the session is still in the transaction. */
  readonly afterSuccess: string | undefined;
  /** Where the statement has failed the transaction. */
  readonly afterError: string;
}

/** The savepoint for what is about to be sent; undefined where none is wanted, or the text cannot run under one. */
export function automaticSavepoint(record: TransactionRecord, sql: string, setting: AutomaticSetting): AutomaticSavepoint | undefined {
  if (setting === 'off' || record.state !== 'transaction') return undefined;
  const statements = sentStatements(sql, record.lexing.standardStrings);
  if (statements.length === 0) return undefined;
  if (statements.some((statement) => cannotRunInTransaction(statement.sql) || transactionCommand(statement).kind !== 'other')) {
    return undefined;
  }
  const name = automaticName(record);
  const savepoint = sqlFor({ kind: 'savepoint', name });
  const release = sqlFor({ kind: 'release', name });
  const rollBack = sqlFor({ kind: 'rollback-to', name });
  // SET TRANSACTION ISOLATION LEVEL, which these may precede, is refused under a savepoint.
  if (statements.every((statement) => takesNoSnapshot(statement.sql))) {
    return { name, before: savepoint, afterSuccess: release, afterError: `${rollBack}; ${release}` };
  }
  const last = record.transaction?.savepoints.at(-1)?.name;
  const isOurs = setting === 'last' && last !== undefined && automaticNumber(last) !== undefined;
  const before = isOurs ? `${sqlFor({ kind: 'release', name: last })}; ${savepoint}` : savepoint;
  return { name, before, afterSuccess: undefined, afterError: rollBack };
}

function takesNoSnapshot(sql: string): boolean {
  const [first = ''] = leadingKeywords(sql, 1);
  return first === 'set' || first === 'show' || first === 'reset';
}

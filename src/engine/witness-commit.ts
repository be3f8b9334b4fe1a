import type { EngineState } from './engine-state.ts';
import { sentStatements } from './transaction/sent-statement.ts';
import { transactionCommand } from './transaction/transaction-command.ts';

/** What is about to be sent ends the transaction, and well: its outcome may have to be looked up. */
export async function witnessCommit(state: EngineState, sql: string): Promise<void> {
  const { session, transaction, witness } = state;
  if (witness === undefined || transaction === undefined || session?.status !== 'transaction') return;
  if (!/commit|end|prepare/i.test(sql)) return;
  const kinds = sentStatements(sql, transaction.record.lexing.standardStrings).map((statement) => transactionCommand(statement).kind);
  if (kinds.includes('commit') || kinds.includes('prepare')) await witness.note(session, transaction);
}

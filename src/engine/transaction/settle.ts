import type { TransactionStatus } from '../../result/server-event.ts';
import { agreesWithTag, isControlTag } from './command-tag.ts';
import { type Completion, completionsOf, type Exchange } from './exchange.ts';
import { type EndedTransaction, ExchangeWalk, type ReadStatement } from './exchange-walk.ts';
import type { OpenTransaction } from './open-transaction.ts';
import { sentStatements } from './sent-statement.ts';
import { transactionCommand } from './transaction-command.ts';

export interface Settled {
  readonly transaction: OpenTransaction | undefined;
  readonly ended: EndedTransaction | undefined;
  /** Statements of the string that nothing came back for. */
  readonly unanswered: readonly ReadStatement[];
}

/**
 * What an exchange made of the transaction. Its text is believed only where the command tags agree with it, statement by statement, and
 * the outcome only where the status byte does; the status undefined: the connection was lost before one came.
 */
export function settle(
  before: OpenTransaction | undefined,
  wasFailed: boolean,
  exchange: Exchange,
  status: TransactionStatus | undefined,
  endedAt: number,
): Settled {
  const completions = completionsOf(exchange);
  const hasControl = completions.some(({ tag }) => isControlTag(tag));
  // Outside a transaction, which is where long scripts run, there is nothing to read.
  if (before === undefined && status === 'idle' && !hasControl) return { transaction: undefined, ended: undefined, unanswered: [] };
  const statements: readonly ReadStatement[] = sentStatements(exchange.sql, exchange.lexing.standardStrings).map((statement) => ({
    ...statement,
    command: transactionCommand(statement, exchange.lexing.isUtf8),
  }));
  const walk = new ExchangeWalk(before, wasFailed, exchange, endedAt);
  const isOver = status !== undefined && exchange.error === undefined && exchange.isExecuted;
  if (agree(statements, completions, isOver)) {
    for (const [index, completion] of completions.entries()) {
      const statement = statements[index];
      if (statement !== undefined) walk.take(statement, completion);
    }
    if (exchange.error !== undefined) walk.fail(statements.slice(completions.length));
  } else if (hasControl) walk.doubt();
  else walk.runWhole(completions);
  if (status !== undefined) walk.check(status);
  return { transaction: walk.transaction, ended: walk.ended, unanswered: statements.slice(completions.length) };
}

/** Each tag fits its statement, and where the string is over, there is one for every statement. */
function agree(statements: readonly ReadStatement[], completions: readonly Completion[], isOver: boolean): boolean {
  if (isOver ? completions.length !== statements.length : completions.length > statements.length) return false;
  return completions.every(({ tag }, index) => {
    const statement = statements[index];
    return statement !== undefined && agreesWithTag(statement.command, tag);
  });
}

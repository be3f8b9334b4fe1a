import type { TransactionStatus } from '../../result/server-event.ts';
import { agreesWithTag, isControlTag } from './command-tag.ts';
import { type Completion, completionsOf, type Exchange, type Lexing, type PipelineStretch } from './exchange.ts';
import { type EndedTransaction, ExchangeWalk, type ReadStatement, type Tagged, wholeStatement } from './exchange-walk.ts';
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
  if (exchange.stretch !== undefined) return settleStretch(before, wasFailed, exchange, exchange.stretch, status, endedAt);
  const completions = completionsOf(exchange).filter(hasTag);
  const hasControl = completions.some(({ tag }) => isControlTag(tag));
  // Outside a transaction, which is where long scripts run, there is nothing to read.
  if (before === undefined && status === 'idle' && !hasControl) return { transaction: undefined, ended: undefined, unanswered: [] };
  const statements = readStatements(exchange.sql, exchange.lexing);
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

/**
 * The same for a pipeline, whose requests and answers pair off by themselves. What was answered outside a transaction block lasts only from
 * the status on: without one it counts as unanswered.
 */
function settleStretch(
  before: OpenTransaction | undefined,
  wasFailed: boolean,
  exchange: Exchange,
  { requests }: PipelineStretch,
  status: TransactionStatus | undefined,
  endedAt: number,
): Settled {
  const completions = completionsOf(exchange);
  const statements = requests.map(({ sql }) => readStatements(sql, exchange.lexing)[0] ?? wholeStatement(sql));
  const walk = new ExchangeWalk(before, wasFailed, exchange, endedAt);
  let lasting = 0;
  for (const [index, { tag, milliseconds }] of completions.entries()) {
    const statement = statements[index];
    if (statement === undefined || tag === undefined) continue;
    const { ended } = walk;
    if (agreesWithTag(statement.command, tag)) walk.take(statement, { tag, milliseconds });
    else if (isControlTag(tag)) walk.doubt();
    else walk.take({ ...statement, command: { kind: 'other' } }, { tag, milliseconds });
    if (walk.transaction !== undefined || walk.ended !== ended) lasting = index + 1;
  }
  if (exchange.error !== undefined) walk.fail(statements.slice(completions.length));
  if (status !== undefined) walk.check(status);
  const answered = status === undefined && walk.transaction === undefined ? lasting : completions.length;
  return { transaction: walk.transaction, ended: walk.ended, unanswered: statements.slice(answered) };
}

/** The statements of a text, with what they ask of the transaction. */
export function readStatements(sql: string, { standardStrings, isUtf8 }: Lexing): readonly ReadStatement[] {
  return sentStatements(sql, standardStrings).map((statement) => ({ ...statement, command: transactionCommand(statement, isUtf8) }));
}

function hasTag(completion: Completion): completion is Completion & Tagged {
  return completion.tag !== undefined;
}

/** Each tag fits its statement, and where the string is over, there is one for every statement. */
function agree(statements: readonly ReadStatement[], completions: readonly Tagged[], isOver: boolean): boolean {
  if (isOver ? completions.length !== statements.length : completions.length > statements.length) return false;
  return completions.every(({ tag }, index) => {
    const statement = statements[index];
    return statement !== undefined && agreesWithTag(statement.command, tag);
  });
}

import type { TransactionStatus } from '../../result/server-event.ts';
import { withModes } from './characteristics.ts';
import { agreesWithTag, changedRows, isControlTag, rowsOfTag } from './command-tag.ts';
import { type Completion, completionsOf, type Exchange } from './exchange.ts';
import {
  addEntry,
  addSavepoint,
  beginTransaction,
  chainTransaction,
  doubt,
  type OpenTransaction,
  release,
  rollBackTo,
  unseenTransaction,
} from './open-transaction.ts';
import { type SentStatement, sentStatements } from './sent-statement.ts';
import type { EntryError, StatementBody, TimelineEntry } from './timeline.ts';
import { type TransactionCommand, transactionCommand } from './transaction-command.ts';

/** How a transaction ended. `commit-was-rollback`: it had failed, so that COMMIT or PREPARE TRANSACTION rolled it back. */
export type EndOutcome = 'committed' | 'rolled-back' | 'commit-was-rollback' | 'prepared' | 'unknown';

export interface EndedTransaction {
  readonly outcome: EndOutcome;
  readonly since: number;
  readonly at: number;
  readonly entries: readonly TimelineEntry[];
  /** Why COMMIT or PREPARE TRANSACTION rolled back instead. */
  readonly error?: EntryError;
}

export interface Settled {
  readonly transaction: OpenTransaction | undefined;
  readonly ended: EndedTransaction | undefined;
  /** Statements of the string that nothing came back for. */
  readonly unanswered: readonly (SentStatement & { readonly command: TransactionCommand })[];
}

interface Read extends SentStatement {
  readonly command: TransactionCommand;
}

const unreadable = 'what was sent could not be told apart by its text and the answers';

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
  const statements: readonly Read[] = sentStatements(exchange.sql, exchange.lexing.standardStrings).map((statement) => ({
    ...statement,
    command: transactionCommand(statement, exchange.lexing.isUtf8),
  }));
  const walk = new Walk(before, wasFailed, exchange, endedAt);
  const isOver = status !== undefined && exchange.error === undefined && exchange.isExecuted;
  if (agree(statements, completions, isOver)) {
    for (const [index, completion] of completions.entries()) {
      const statement = statements[index];
      if (statement !== undefined) walk.take(statement, completion);
    }
    if (exchange.error !== undefined) walk.fail(statements.slice(completions.length));
  } else if (completions.some(({ tag }) => isControlTag(tag))) walk.doubt();
  else walk.runWhole(completions);
  if (status !== undefined) walk.check(status);
  return { transaction: walk.transaction, ended: walk.ended, unanswered: statements.slice(completions.length) };
}

/** Each tag fits its statement, and where the string is over, there is one for every statement. */
function agree(statements: readonly Read[], completions: readonly Completion[], isOver: boolean): boolean {
  if (isOver ? completions.length !== statements.length : completions.length > statements.length) return false;
  return completions.every(({ tag }, index) => {
    const statement = statements[index];
    return statement !== undefined && agreesWithTag(statement.command, tag);
  });
}

/** The transaction while the statements of a string are taken one after the other. */
class Walk {
  transaction: OpenTransaction | undefined;
  ended: EndedTransaction | undefined;
  readonly #exchange: Exchange;
  readonly #endedAt: number;
  #isFailed: boolean;
  /** Statements since the implicit block of a string began: BEGIN takes them in. */
  #implicit: StatementBody[] = [];
  #milliseconds = 0;
  /** The error of a statement that would have ended the transaction well. */
  #endError: EntryError | undefined;

  constructor(transaction: OpenTransaction | undefined, isFailed: boolean, exchange: Exchange, endedAt: number) {
    this.transaction = transaction;
    this.#isFailed = isFailed;
    this.#exchange = exchange;
    this.#endedAt = endedAt;
  }

  take(statement: Read, completion: Completion): void {
    const { command } = statement;
    switch (command.kind) {
      case 'begin':
        this.#begin(command, statement, completion);
        break;
      case 'commit':
        this.#end(completion.tag === 'COMMIT' ? 'committed' : 'commit-was-rollback', command.isChained);
        break;
      case 'rollback':
        this.#end('rolled-back', command.isChained);
        break;
      case 'prepare':
        this.#end(completion.tag === 'ROLLBACK' ? 'commit-was-rollback' : 'prepared', false);
        break;
      case 'savepoint':
      case 'release':
      case 'rollback-to':
        this.#moveSavepoint(command);
        break;
      case 'set-modes':
      case 'set-parameter':
      case 'other':
        this.#run(command, statement, completion);
        break;
    }
    this.#milliseconds = completion.milliseconds;
  }

  /** The first of these statements failed, and with it the transaction; the others did not run. */
  fail(left: readonly Read[]): void {
    const { error } = this.#exchange;
    const [failed] = left;
    if (error === undefined) return;
    this.#isFailed = true;
    const { code, message, milliseconds } = error;
    // Without a statement of its own it came from the end of the last one's transaction.
    if (failed === undefined || failed.command.kind === 'commit' || failed.command.kind === 'prepare') this.#endError = { code, message };
    if (failed === undefined) return;
    const body = this.#body(failed, milliseconds);
    this.#add({ ...body, error: { code, message }, skipped: this.#exchange.isExecuted ? left.length - 1 : 0 });
  }

  /** Text that cannot be told apart, as where a prepared statement runs by its name, and by the tags nothing that moves savepoints. */
  runWhole(completions: readonly Completion[]): void {
    const { sql, error } = this.#exchange;
    const whole: Read = { sql, linesBefore: 0, head: [], command: { kind: 'other' } };
    for (const completion of completions) this.take(whole, completion);
    if (error !== undefined) this.fail([whole]);
  }

  doubt(): void {
    if (this.transaction !== undefined) this.transaction = doubt(this.transaction, unreadable, this.#exchange.at);
    // The status says on its own whether it has failed.
    this.#isFailed = false;
    this.#hasDoubt = true;
  }
  #hasDoubt = false;

  /** The status byte has the last word. */
  check(status: TransactionStatus): void {
    const { at } = this.#exchange;
    if (status === 'idle') {
      if (this.transaction === undefined) return;
      const error = this.#endError;
      if (error === undefined) this.#end('unknown', false);
      else {
        this.#end('rolled-back', false);
        if (this.ended !== undefined) this.ended = { ...this.ended, error };
      }
    } else if (this.transaction === undefined) {
      this.transaction = unseenTransaction(at, 'a transaction is open whose beginning was not seen');
    } else if (this.#isFailed !== (status === 'failed') && !this.#hasDoubt) {
      this.transaction = doubt(this.transaction, 'the server tells of a state that the answers do not explain', at);
    }
  }

  #begin(command: Extract<TransactionCommand, { kind: 'begin' }>, statement: Read, completion: Completion): void {
    const { at } = this.#exchange;
    if (this.transaction === undefined) {
      this.transaction = beginTransaction(at, command.modes);
      for (const body of this.#implicit) this.transaction = addEntry(this.transaction, body, at);
      this.#implicit = [];
      return;
    }
    // A warning only; its modes count as those of SET TRANSACTION do.
    this.#run({ kind: 'set-modes', modes: command.modes }, statement, completion);
  }

  #end(outcome: EndOutcome, isChained: boolean): void {
    const { transaction } = this;
    this.#implicit = [];
    this.#isFailed = false;
    if (transaction === undefined) return;
    const { since, entries } = transaction;
    this.ended = { outcome, since, at: this.#endedAt, entries };
    this.transaction = isChained ? chainTransaction(transaction, this.#exchange.at) : undefined;
  }

  #moveSavepoint(command: Extract<TransactionCommand, { kind: 'savepoint' | 'release' | 'rollback-to' }>): void {
    const { kind, name } = command;
    const { at } = this.#exchange;
    if (kind === 'rollback-to') this.#isFailed = false;
    this.transaction ??= unseenTransaction(at, 'a transaction is open whose beginning was not seen');
    const { transaction } = this;
    if (name === undefined) this.transaction = doubt(transaction, 'the name of a savepoint could not be read', at);
    else if (kind === 'savepoint') this.transaction = addSavepoint(transaction, name, at);
    else if (kind === 'release') this.transaction = release(transaction, name, at);
    else this.transaction = rollBackTo(transaction, name, at);
  }

  #run(command: TransactionCommand, statement: Read, completion: Completion): void {
    const { tag } = completion;
    const rows = rowsOfTag(tag);
    const body = this.#body(statement, completion.milliseconds);
    this.#add({ ...body, tag, ...(rows === undefined ? {} : { rows }), changedRows: changedRows(tag, statement.sql) });
    if (this.transaction === undefined) return;
    const { characteristics } = this.transaction;
    const { at } = this.#exchange;
    if (command.kind === 'set-modes') {
      this.transaction = { ...this.transaction, characteristics: withModes(characteristics, command.modes, at) };
    } else if (command.kind === 'set-parameter') this.transaction = { ...this.transaction, characteristics: {} };
  }

  #add(body: StatementBody): void {
    if (this.#exchange.isOwn && body.error === undefined) return;
    if (this.transaction === undefined) this.#implicit.push(body);
    else this.transaction = addEntry(this.transaction, body, this.#exchange.at);
  }

  #body(statement: Read, milliseconds: number): StatementBody {
    const { line, number } = this.#exchange;
    return {
      kind: 'statement',
      sql: statement.sql,
      ...(line === undefined ? {} : { line: line + statement.linesBefore }),
      exchange: number,
      changedRows: 0,
      milliseconds: Math.max(0, milliseconds - this.#milliseconds),
      skipped: 0,
    };
  }
}

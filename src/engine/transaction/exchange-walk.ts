import type { TransactionStatus } from '../../result/server-event.ts';
import { type Characteristics, withModes } from './characteristics.ts';
import { changedRows, rowsOfTag } from './command-tag.ts';
import type { Exchange } from './exchange.ts';
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
import type { SentStatement } from './sent-statement.ts';
import type { EntryError, StatementBody, TimelineEntry } from './timeline.ts';
import type { TransactionCommand } from './transaction-command.ts';

/** How a transaction ended. `commit-was-rollback`: it had failed, so that COMMIT or PREPARE TRANSACTION rolled it back. */
export type EndOutcome = 'committed' | 'rolled-back' | 'commit-was-rollback' | 'prepared' | 'unknown';

export interface EndedTransaction {
  readonly outcome: EndOutcome;
  readonly since: number;
  readonly at: number;
  readonly entries: readonly TimelineEntry[];
  readonly characteristics: Characteristics;
  /** Why COMMIT or PREPARE TRANSACTION rolled back instead. */
  readonly error?: EntryError;
}

/** A statement and what it asks of the transaction. */
export interface ReadStatement extends SentStatement {
  readonly command: TransactionCommand;
}

/** A command tag and when it came, in milliseconds since the string was sent. */
export interface Tagged {
  readonly tag: string;
  readonly milliseconds: number;
}

/** A text that is taken as one statement, whatever it holds. */
export function wholeStatement(sql: string): ReadStatement {
  return { sql, linesBefore: 0, head: [], command: { kind: 'other' } };
}

const unreadable = 'text and answers do not match';

/** The transaction while the statements of a string are taken one after the other. */
export class ExchangeWalk {
  transaction: OpenTransaction | undefined;
  ended: EndedTransaction | undefined;
  readonly #exchange: Exchange;
  readonly #endedAt: number;
  #isFailed: boolean;
  #hasDoubt = false;
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

  take(statement: ReadStatement, completion: Tagged): void {
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
  fail(left: readonly ReadStatement[]): void {
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
  runWhole(completions: readonly Tagged[]): void {
    const { sql, error } = this.#exchange;
    const whole = wholeStatement(sql);
    for (const completion of completions) this.take(whole, completion);
    if (error !== undefined) this.fail([whole]);
  }

  doubt(): void {
    if (this.transaction !== undefined) this.transaction = doubt(this.transaction, unreadable, this.#exchange.at);
    // The status says on its own whether it has failed.
    this.#isFailed = false;
    this.#hasDoubt = true;
  }

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
      this.transaction = unseenTransaction(at, 'its beginning was not seen');
    } else if (this.#isFailed !== (status === 'failed') && !this.#hasDoubt) {
      this.transaction = doubt(this.transaction, 'a state without a cause', at);
    }
  }

  #begin(command: Extract<TransactionCommand, { kind: 'begin' }>, statement: ReadStatement, completion: Tagged): void {
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
    const { since, entries, characteristics } = transaction;
    this.ended = { outcome, since, at: this.#endedAt, entries, characteristics };
    this.transaction = isChained ? chainTransaction(transaction, this.#exchange.at) : undefined;
  }

  #moveSavepoint(command: Extract<TransactionCommand, { kind: 'savepoint' | 'release' | 'rollback-to' }>): void {
    const { kind, name } = command;
    const { at } = this.#exchange;
    if (kind === 'rollback-to') this.#isFailed = false;
    this.transaction ??= unseenTransaction(at, 'its beginning was not seen');
    const { transaction } = this;
    if (name === undefined) this.transaction = doubt(transaction, 'a name could not be read', at);
    else if (kind === 'savepoint') this.transaction = addSavepoint(transaction, name, at);
    else if (kind === 'release') this.transaction = release(transaction, name, at);
    else this.transaction = rollBackTo(transaction, name, at);
  }

  #run(command: TransactionCommand, statement: ReadStatement, completion: Tagged): void {
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

  #body(statement: ReadStatement, milliseconds: number): StatementBody {
    const { line, number, hasParameters } = this.#exchange;
    return {
      kind: 'statement',
      sql: statement.sql,
      ...(line === undefined ? {} : { line: line + statement.linesBefore }),
      ...(hasParameters ? { hasParameters } : {}),
      exchange: number,
      changedRows: 0,
      milliseconds: Math.max(0, milliseconds - this.#milliseconds),
      skipped: 0,
    };
  }
}

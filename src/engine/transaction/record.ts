import type { TransactionStatus } from '../../result/server-event.ts';
import { type Known, type TransactionModes, withModes } from './characteristics.ts';
import type { CommitEvidence } from './commit-outcome.ts';
import type { Exchange, Lexing } from './exchange.ts';
import type { EndedTransaction } from './exchange-walk.ts';
import { doubt, type OpenTransaction } from './open-transaction.ts';
import { type PipedPiece, requestsOf, withCompletion, withoutTag, withPiece } from './piped-exchange.ts';
import { type Settled, settle } from './settle.ts';
import type { EntryError } from './timeline.ts';

/** What is known of the session's transaction, for the panel. `state` is what ReadyForQuery said last, and nothing else. */
export interface TransactionRecord {
  /** `unknown` before the first ReadyForQuery; `lost` for good. */
  readonly state: TransactionStatus | 'lost' | 'unknown';
  /** The block the session is in, or was in when it was lost. */
  readonly transaction: OpenTransaction | undefined;
  /** The last one that ended. */
  readonly ended: EndedTransaction | undefined;
  /** What was sent and is not over. */
  readonly exchange: Exchange | undefined;
  /** What a pipeline has sent behind it. */
  readonly following: readonly Exchange[];
  /** Of the last ReadyForQuery, in milliseconds since 1970. */
  readonly readyAt: number | undefined;
  /** An error that came while nothing ran: the server is about to close the connection. */
  readonly farewell: EntryError | undefined;
  readonly loss: Loss | undefined;
  /** What the outcome of the open transaction's COMMIT can be looked up by. */
  readonly evidence: CommitEvidence | undefined;
  /** idle_in_transaction_session_timeout in milliseconds, 0 for none, as SHOW told it last. */
  readonly idleTimeout: Known<number> | undefined;
  readonly lexing: Lexing;
  readonly exchangeCount: number;
}

export interface Loss {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reason: string;
  /** The server's last word: 57P01 an administrator, 25P03 its idle timeout, 25P04 the transaction's. */
  readonly error: EntryError | undefined;
  /** Statements that were sent and that nothing came back for. */
  readonly unanswered: Settled['unanswered'];
  /** The transaction had failed before they were sent. */
  readonly wasFailed: boolean;
  /** Of the same string something had been answered. */
  readonly hasAnswers: boolean;
  /** What the server still said of the end of a transaction, though not in a ReadyForQuery any more. */
  readonly ended: EndedTransaction | undefined;
}

/** What the record is told, in the order in which it happens. Times `at` are milliseconds since 1970. */
export type TransactionFact =
  /** A string is about to be sent. */
  | {
      readonly type: 'sent';
      readonly sql: string;
      readonly at: number;
      /** Line of the text it stands in, from 0. */
      readonly line?: number;
      /** The program's own: not listed, unless it fails or controls the transaction. */
      readonly isOwn?: boolean;
      /** False: Parse, Describe or Close alone. */
      readonly isExecuted?: boolean;
      /** With values of parameters, or of a prepared statement. */
      readonly hasParameters?: boolean;
    }
  /** A pipeline has sent a request, or its Sync. */
  | { readonly type: 'piped'; readonly piece: PipedPiece; readonly at: number }
  /** ParseComplete or CloseComplete; EmptyQueryResponse. */
  | { readonly type: 'done'; readonly isExecuted: boolean; readonly milliseconds: number }
  /** CommandComplete. Milliseconds are counted from `sent`. */
  | { readonly type: 'complete'; readonly tag: string; readonly milliseconds: number }
  | { readonly type: 'error'; readonly error: EntryError; readonly milliseconds: number }
  /** ReadyForQuery. */
  | { readonly type: 'ready'; readonly status: TransactionStatus; readonly at: number }
  | { readonly type: 'lost'; readonly reason: string; readonly at: number }
  /** ParameterStatus. */
  | { readonly type: 'parameter'; readonly name: string; readonly value: string }
  /** Looked up on another connection. */
  | { readonly type: 'noted'; readonly evidence: CommitEvidence }
  /** What SHOW answered. */
  | { readonly type: 'shown'; readonly modes: TransactionModes; readonly idleTimeout?: number; readonly at: number };

/** The record of a session that has just been opened, with what it has reported of its parameters. */
export function newRecord(status?: TransactionStatus, parameters: ReadonlyMap<string, string> = new Map()): TransactionRecord {
  return {
    state: status ?? 'unknown',
    transaction: undefined,
    ended: undefined,
    exchange: undefined,
    following: [],
    readyAt: undefined,
    farewell: undefined,
    loss: undefined,
    evidence: undefined,
    idleTimeout: undefined,
    lexing: {
      standardStrings: parameters.get('standard_conforming_strings') !== 'off',
      isUtf8: (parameters.get('server_encoding') ?? 'UTF8') === 'UTF8',
    },
    exchangeCount: 0,
  };
}

/** The record after one more fact. */
export function advance(record: TransactionRecord, fact: TransactionFact): TransactionRecord {
  if (record.state === 'lost' && fact.type !== 'noted') return record;
  const { exchange } = record;
  switch (fact.type) {
    case 'sent':
      return send(record, fact);
    case 'piped':
      return pipe(record, fact);
    case 'done':
      return exchange === undefined ? record : { ...record, exchange: withoutTag(exchange, fact.isExecuted, fact.milliseconds) };
    case 'complete':
      return exchange === undefined ? record : { ...record, exchange: withCompletion(exchange, fact.tag, fact.milliseconds) };
    case 'error': {
      const { error, milliseconds } = fact;
      return exchange === undefined
        ? { ...record, farewell: error }
        : { ...record, exchange: { ...exchange, error: { ...error, milliseconds } } };
    }
    case 'ready':
      return ready(record, fact.status, fact.at);
    case 'lost':
      return lose(record, fact.reason, fact.at);
    case 'parameter':
      return { ...record, lexing: follow(record.lexing, fact.name, fact.value) };
    case 'shown':
      return show(record, fact);
    case 'noted':
      return record.transaction === undefined ? record : { ...record, evidence: fact.evidence };
  }
}

function show(record: TransactionRecord, { modes, idleTimeout, at }: Extract<TransactionFact, { type: 'shown' }>): TransactionRecord {
  const { transaction } = record;
  return {
    ...record,
    idleTimeout: idleTimeout === undefined ? record.idleTimeout : { value: idleTimeout, at },
    transaction: transaction && { ...transaction, characteristics: withModes(transaction.characteristics, modes, at) },
  };
}

function send(record: TransactionRecord, fact: Extract<TransactionFact, { type: 'sent' }>): TransactionRecord {
  const { sql, at, line, isOwn = false, isExecuted = true, hasParameters = false } = fact;
  const number = record.exchangeCount + 1;
  const exchange = {
    number,
    sql,
    at,
    ...(line === undefined ? {} : { line }),
    lexing: record.lexing,
    isOwn,
    isExecuted,
    hasParameters,
    completions: undefined,
  };
  // Nobody has read the last answer to its end.
  const transaction =
    record.exchange === undefined || record.transaction === undefined
      ? record.transaction
      : doubt(record.transaction, 'the answer to a statement was not read to its end', record.exchange.at);
  return { ...record, transaction, exchange, exchangeCount: number };
}

function pipe(record: TransactionRecord, { piece, at }: Extract<TransactionFact, { type: 'piped' }>): TransactionRecord {
  const sent = record.exchange === undefined ? [] : [record.exchange, ...record.following];
  const [exchange, ...following] = withPiece(sent, piece, { number: record.exchangeCount + 1, at, lexing: record.lexing });
  const exchangeCount = record.exchangeCount + (following.length + 1 - sent.length);
  return { ...record, exchange, following, exchangeCount };
}

function ready(record: TransactionRecord, status: TransactionStatus, at: number): TransactionRecord {
  const { transaction, ended } = settle(record.transaction, record.state === 'failed', exchangeOf(record, at), status, at);
  const isSame = status !== 'idle' && ended === undefined;
  const evidence = isSame ? record.evidence : undefined;
  const [exchange, ...following] = record.following;
  return { ...record, state: status, transaction, ended: ended ?? record.ended, exchange, following, readyAt: at, evidence };
}

function lose(record: TransactionRecord, reason: string, at: number): TransactionRecord {
  const exchange = exchangeOf(record, at);
  const { transaction, ended, unanswered } = settle(record.transaction, record.state === 'failed', exchange, undefined, at);
  return {
    ...record,
    state: 'lost',
    transaction,
    ended: ended ?? record.ended,
    exchange: undefined,
    evidence: ended === undefined ? record.evidence : undefined,
    following: [],
    loss: {
      at,
      reason,
      error: record.exchange?.error ?? record.farewell,
      unanswered: [...unanswered, ...record.following.flatMap(requestsOf)],
      wasFailed: record.state === 'failed',
      hasAnswers: exchange.completions !== undefined,
      ended,
    },
  };
}

/** Where nothing was sent, nothing has happened: a status that differs then is checked against that. */
function exchangeOf(record: TransactionRecord, at: number): Exchange {
  return (
    record.exchange ?? {
      number: 0,
      sql: '',
      at,
      lexing: record.lexing,
      isOwn: true,
      isExecuted: true,
      hasParameters: false,
      completions: undefined,
    }
  );
}

function follow(lexing: Lexing, name: string, value: string): Lexing {
  if (name === 'standard_conforming_strings') return { ...lexing, standardStrings: value !== 'off' };
  return name === 'server_encoding' ? { ...lexing, isUtf8: value === 'UTF8' } : lexing;
}

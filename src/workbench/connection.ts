import { describeLoss } from '../engine/transaction/loss.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import type { TransactionStatus } from '../result/server-event.ts';
import type { WireSecurity } from '../server/session.ts';

export type Environment = 'development' | 'staging' | 'production';

/** What the status line knows of an open session. */
export interface SessionFacts {
  readonly profile: string | undefined;
  readonly environment: Environment | undefined;
  readonly user: string;
  readonly host: string;
  readonly database: string;
  readonly version: string;
  readonly security: WireSecurity;
  /** Nothing is written: each transaction is READ ONLY, and where it says so the role may not write either. */
  readonly readOnly?: 'transaction' | 'role';
  /** What a cancel does here, where it cannot be by interrupt: said when it is asked for. */
  readonly cancelNote?: string;
}

/** A pipeline that is open, as a run has left it. */
export interface PipelineFacts {
  /** Answers that nobody has read yet, those of Syncs left out. */
  readonly unread: number;
  /** An error keeps what is appended from running, up to the next Sync. */
  readonly isAborted: boolean;
}

export type Connection =
  | { readonly phase: 'none' }
  | { readonly phase: 'connecting'; readonly to: string }
  | {
      readonly phase: 'open';
      readonly facts: SessionFacts;
      readonly status: TransactionStatus;
      /** When the transaction was first seen open, in milliseconds of the clock. */
      readonly transactionSince: number | undefined;
      /** Savepoints that exist for certain. */
      readonly savepoints?: number;
      readonly pipeline?: PipelineFacts;
    }
  /** The session died; nothing runs until the person has seen what was lost. */
  | { readonly phase: 'lost'; readonly facts: SessionFacts; readonly reason: string; readonly losses: readonly string[] };

export function factsOf(connection: Connection): SessionFacts | undefined {
  return connection.phase === 'open' || connection.phase === 'lost' ? connection.facts : undefined;
}

/** The one of the open session. */
export function pipelineOf(connection: Connection): PipelineFacts | undefined {
  return connection.phase === 'open' ? connection.pipeline : undefined;
}

export function withPipeline(connection: Connection, pipeline: PipelineFacts | undefined): Connection {
  if (connection.phase !== 'open') return connection;
  const { pipeline: _, ...rest } = connection;
  return pipeline === undefined ? rest : { ...rest, pipeline };
}

/** The environment's word as every frame shows it. */
export function environmentWord(environment: Environment | undefined): 'DEV' | 'STAGING' | 'PROD' | undefined {
  switch (environment) {
    case 'development':
      return 'DEV';
    case 'staging':
      return 'STAGING';
    case 'production':
      return 'PROD';
    case undefined:
      return undefined;
  }
}

/** What ReadyForQuery said, taken in. `begun`: when BEGIN was sent, where that is known. */
export function withStatus(connection: Connection, status: TransactionStatus, now: number, savepoints = 0, begun?: number): Connection {
  if (connection.phase !== 'open') return connection;
  const since = status === 'idle' ? undefined : (begun ?? connection.transactionSince ?? now);
  const isSame = connection.status === status && connection.transactionSince === since && (connection.savepoints ?? 0) === savepoints;
  return isSame ? connection : { ...connection, status, transactionSince: since, savepoints };
}

/** What goes when a session dies, one line each. */
export function lossesOf(connection: Connection, isRunning: boolean, record: TransactionRecord | undefined): readonly string[] {
  if (connection.phase !== 'open') return [];
  const report = record && describeLoss(record);
  // What was on its way may have ended the transaction: then that is told apart.
  const isRolledBack =
    report === undefined ? connection.status !== 'idle' && record?.loss?.ended === undefined : report.outcome === 'rolled-back';
  return [
    ...(isRolledBack ? ['the open transaction: the server rolls it back'] : []),
    ...(isRunning ? ['the answer to what ran'] : []),
    'settings made by SET, temporary tables, prepared statements, LISTEN, advisory locks',
  ];
}

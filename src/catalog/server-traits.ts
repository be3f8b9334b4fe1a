import { cell, type Rows } from './catalog-work.ts';

/**
 * What stands between a session and its server. `pooler`: something does, and nothing more is proven; it may keep one server process for
 * the session. `transaction-pooler`: two connections were seen on one server process, so each transaction may run on another.
 */
export type Pooling = 'none' | 'pooler' | 'transaction-pooler';

/** What the server is like, as far as a second connection can tell. */
export interface ServerTraits {
  readonly isStandby: boolean;
  readonly pooling: Pooling;
  /** The session's server process is seen by its number: its locks can be looked at from outside. */
  readonly isSeen: boolean;
}

/** One answer to `traitsQuery`. */
export interface TraitsAnswer {
  /** The server process that answered. */
  readonly processId: number;
  readonly isStandby: boolean;
  readonly isSeen: boolean;
}

/** `processId`: what the session was told of its server process when it began. */
export function traitsQuery(processId: number): string {
  return `SELECT pg_catalog.pg_backend_pid() AS pid,
  pg_catalog.pg_is_in_recovery() AS is_standby,
  EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS a WHERE a.pid OPERATOR(pg_catalog.=) ${processId}
    AND a.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) AS is_seen`;
}

export function readTraits({ rows: [row] }: Rows): TraitsAnswer {
  return {
    processId: Number(cell(row, 0)),
    isStandby: cell(row, 1) === 't',
    isSeen: cell(row, 2) === 't',
  };
}

/** The server process a connection runs on; asked of two connections, and twice of one. */
export const processQuery = 'SELECT pg_catalog.pg_backend_pid() AS pid';

/**
 * Of two connections that are open at the same time: whether both were told the truth about their server process, and whether they share
 * one. `told`: what the first was told when it began; the other numbers were asked for, `first` twice of the first connection.
 */
export function poolingOf(told: number, first: readonly number[], second: number | undefined): Pooling {
  if (new Set(first).size > 1 || (second !== undefined && first.includes(second))) return 'transaction-pooler';
  return first.every((processId) => processId === told) ? 'none' : 'pooler';
}

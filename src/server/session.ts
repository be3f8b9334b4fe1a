import type { ServerError } from '../result/server-error.ts';
import type { ServerEvent, TransactionStatus } from '../result/server-event.ts';
import type { Untrusted } from '../text/untrusted.ts';

/** How well the server's identity and the wire are protected, for the status line. */
export type WireSecurity = 'socket' | 'plain' | 'encrypted' | 'verified-ca' | 'verified-full' | 'embedded';

/** Facts about an open session that do not change while it lives. */
export interface SessionInfo {
  readonly host: string;
  /** The address that answered, for messages; '' for a socket; of the embedded engine the folder, or 'memory'. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly security: WireSecurity;
  /** Of a TLS session, as \conninfo prints them: 'TLSv1.3', 'TLS_AES_256_GCM_SHA384', and the application protocol that was agreed on. */
  readonly tls?: { readonly protocol: string; readonly cipher: string; readonly alpn?: string };
  readonly processId: number;
  readonly usedPassword: boolean;
  /** The connection's `options`, where it has some. */
  readonly options?: string;
  /** The service of the service file that it came from. */
  readonly service?: string;
}

export interface StatementRequest {
  readonly sql: string;
  /** Given: Parse, Bind, Execute instead of a simple Query. null is NULL. */
  readonly parameters?: readonly (string | null)[];
  /** Name of a prepared statement that `parameters` go to: Bind and Execute alone, `sql` is not sent. */
  readonly prepared?: string;
  /** Parse or Close of the prepared statement of this name, and nothing else. */
  readonly prepare?: string;
  readonly close?: string;
  /** Parse and Describe only: `columns` (or none) and `ready` come, nothing runs. For \gdesc. */
  readonly describeOnly?: boolean;
  /** The program's own, not the user's: of no account in what the user is told of the transaction, unless it fails. */
  readonly isOwn?: boolean;
}

/** What was appended to a pipeline: a request, or the Sync that ends what an error before it skips. */
export type Piped = { readonly type: 'request'; readonly request: StatementRequest } | { readonly type: 'sync' };

/**
 * Requests sent without waiting for each other's answers (protocol, section "Pipelining"). Only a Sync is answered with ReadyForQuery: until
 * then the session's status is that of the last one. While a pipeline is open the session runs nothing else.
 */
export interface Pipeline {
  /** Oldest first; the first is what `answer` yields the answer of. */
  readonly unanswered: readonly Piped[];
  /** An error has come: what was appended before the next Sync did not run, and its answer is empty. */
  readonly isAborted: boolean;
  append(request: StatementRequest): void;
  sync(): void;
  /** Has the server send what it holds back; without it, or a Sync, an answer may never come. */
  requestFlush(): void;
  /** Sends what is collected here, as much as libpq collects; `answer` and much text do so by themselves. */
  flush(): void;
  /** The events of the oldest answer, to be read to its end: `complete` and its kin, of a Sync `ready`; an error or `lost` ends it too. */
  answer(): AsyncIterable<ServerEvent>;
  /** Leaves pipeline mode; with an answer outstanding it is a bug and throws. */
  close(): void;
}

/** Told of all that goes over a session, in order: what is sent and what is accepted, be it asked for, dropped or idle. */
export interface SessionObserver {
  sent(request: StatementRequest): void;
  /** The same for what a pipeline sends. */
  piped?(piped: Piped): void;
  accepted(event: ServerEvent): void;
}

/**
 * An open connection, one request at a time. Server errors are events, never exceptions; calling `run` while another request is
 * unfinished or a pipeline is open is a bug and throws.
 */
export interface Session {
  readonly info: SessionInfo;
  /** ParameterStatus, always current: server_version, client_encoding, standard_conforming_strings … */
  readonly parameters: ReadonlyMap<string, Untrusted>;
  /** From the last ReadyForQuery; undefined once the connection is lost. */
  readonly status: TransactionStatus | undefined;
  /** server_version as psql's number: 150018, 180004. */
  readonly versionNumber: number;
  /** True between `run` and its `ready` or `lost`, and while an answer of a pipeline is awaited. */
  readonly isBusy: boolean;
  /** The one that is open. */
  readonly pipeline: Pipeline | undefined;
  /**
   * Sends and yields the events of the answer up to `ready` or `lost`. Back-pressure: the server is read only as far ahead as a few
   * buffers. A consumer that breaks out of the loop leaves the rest to be read and dropped before the next request starts.
   */
  run(request: StatementRequest): AsyncIterable<ServerEvent>;
  /** Enters pipeline mode. Like `run`, not while something is unfinished. Undefined: this session runs its statements one by one. */
  openPipeline(): Pipeline | undefined;
  /** After `copyIn`. Resolves when the socket wants more. */
  copyData(bytes: Buffer): Promise<void>;
  copyDone(): void;
  copyFail(message: string): void;
  /** Sends a CancelRequest over the same host and TLS; resolves when the server has closed that connection. */
  cancel(): Promise<CancelOutcome>;
  /** What arrives while nothing runs: notices, notifications, parameters, `lost`. Returns the unsubscriber. */
  onIdleEvent(listener: (event: ServerEvent) => void): () => void;
  /** Replaces the observer. It must not touch the session. */
  observe(observer: SessionObserver): void;
  /** Terminate and close. Never throws. */
  close(): Promise<void>;
}

export type CancelOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Why no session came about. `text` is libpq's wording, without a program name: `connection to server at "h" (1.2.3.4), port 5432 failed: …`. */
export interface ConnectFailure {
  readonly ok: false;
  readonly text: Untrusted;
  readonly kind: 'refused' | 'timeout' | 'unknown-host' | 'tls' | 'server' | 'password-needed' | 'bad-target' | 'embedded' | 'declined';
  /** Where the server gave one: 28P01, 3D000 … */
  readonly error?: ServerError;
  /** One sentence with what to do, for the workbench. */
  readonly advice?: string;
}

export type ConnectOutcome = { readonly ok: true; readonly session: Session } | ConnectFailure;

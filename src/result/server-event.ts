import type { Untrusted } from '../text/untrusted.ts';
import type { Column } from './column.ts';
import type { RowBatch } from './row-batch.ts';
import type { ServerError } from './server-error.ts';

/** What ReadyForQuery said last: I, T or E. The only source of what is believed about the transaction. */
export type TransactionStatus = 'idle' | 'transaction' | 'failed';

/** What a session tells while a request runs, in the server's order. The last event is `ready` or `lost`, always one of them. */
export type ServerEvent =
  | { readonly type: 'columns'; readonly columns: readonly Column[] }
  | { readonly type: 'rows'; readonly batch: RowBatch }
  /** CommandComplete with the full command tag, `INSERT 0 2`. */
  | { readonly type: 'complete'; readonly tag: Untrusted }
  /** EmptyQueryResponse. */
  | { readonly type: 'empty' }
  /** ParseComplete, CloseComplete: of the extended protocol, whatever else was asked for with it. */
  | { readonly type: 'parsed' }
  | { readonly type: 'closed' }
  /** A portal whose row limit was reached. */
  | { readonly type: 'suspended' }
  | { readonly type: 'notice'; readonly notice: ServerError }
  | { readonly type: 'error'; readonly error: ServerError }
  /** The server waits for CopyData: answer with `copyData`, then `copyDone` or `copyFail`, before asking for the next event. */
  | { readonly type: 'copyIn'; readonly isBinary: boolean; readonly columnCount: number }
  | { readonly type: 'copyOut'; readonly isBinary: boolean; readonly columnCount: number }
  /** Lent as a RowBatch is: good until the next event is asked for. One or more whole CopyData payloads. */
  | { readonly type: 'copyData'; readonly bytes: Buffer }
  | { readonly type: 'notification'; readonly channel: Untrusted; readonly payload: Untrusted; readonly processId: number }
  | { readonly type: 'parameter'; readonly name: Untrusted; readonly value: Untrusted }
  | { readonly type: 'ready'; readonly status: TransactionStatus }
  /** The connection is gone: the session is over and answers nothing but this from now on. */
  | {
      readonly type: 'lost';
      readonly reason: Untrusted;
      /** The server is well; the session was given up on our side. It streams replication now (CopyBothResponse), or COPY data in a pipeline. */
      readonly givenUp?: 'replication' | 'copy-in-pipeline';
    };

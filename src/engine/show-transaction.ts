import { cellBytes } from '../result/row-batch.ts';
import { decodeLossless } from '../text/lossless.ts';
import { askOwnSession } from './catalog-query.ts';
import type { EngineState } from './engine-state.ts';
import { isolations } from './transaction/characteristics.ts';
import { settingMilliseconds } from './transaction/timers.ts';

// SHOW takes no snapshot: SET TRANSACTION ISOLATION LEVEL still works after it. current_setting() in a SELECT would take one.
const modes = ['SHOW transaction_isolation', 'SHOW transaction_read_only', 'SHOW transaction_deferrable'];
const timeout = 'SHOW idle_in_transaction_session_timeout';

/** What the server is asked about the transaction. */
export const transactionQueries: readonly string[] = [...modes, timeout];

/** Whether a session's last query, in pg_stat_activity, was a workbench asking about its transaction: nothing that a person ran. */
export function isTransactionQuery(query: string): boolean {
  return query.startsWith(modes.join('; '));
}

/** The value of a parameter, by SHOW; undefined where it cannot be asked now. An unknown parameter would fail the user's transaction. */
export async function showParameter(state: EngineState, name: 'max_prepared_transactions'): Promise<string | undefined> {
  const { session } = state;
  if (session === undefined || session.isBusy || session.pipeline !== undefined || session.status === 'failed') return undefined;
  return (await askOwnSession(state, `SHOW ${name}`))?.rows[0]?.[0] ?? undefined;
}

/** Asks the server about the transaction that is open and tells the record; does nothing in any other state. */
export async function showTransaction(state: EngineState): Promise<void> {
  const { session, transaction } = state;
  if (session?.status !== 'transaction' || session.isBusy || session.pipeline !== undefined || transaction === undefined) return;
  // An unknown parameter would fail the user's transaction.
  const sql = (session.versionNumber >= 90_600 ? transactionQueries : modes).join('; ');
  const answers: string[] = [];
  for await (const event of session.run({ sql, isOwn: true })) {
    if (event.type === 'rows') answers.push(decodeLossless(cellBytes(event.batch, 0, 0) ?? Buffer.alloc(0)));
    if (event.type === 'notice') state.serverMessage(event.notice, undefined);
    if (event.type === 'notification') state.notifications.push(event);
    if (event.type === 'error') state.serverMessage(event.error, sql);
    if (event.type === 'lost') state.connectionLost(event.reason);
  }
  const [level, readOnly, deferrable, idle] = answers;
  if (deferrable === undefined) return;
  const isolation = isolations.find((known) => known === level);
  transaction.trustTimeout();
  const idleTimeout = idle === undefined ? undefined : settingMilliseconds(idle);
  transaction.tell({
    type: 'shown',
    at: Date.now(),
    modes: { ...(isolation === undefined ? {} : { isolation }), isReadOnly: readOnly === 'on', isDeferrable: deferrable === 'on' },
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
  });
}

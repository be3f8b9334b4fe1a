import { rowTexts } from '../result/row-texts.ts';
import type { TransactionStatus } from '../result/server-event.ts';
import type { EngineState } from './engine-state.ts';

/** Rows of one query as text; undefined: it failed. After a failure no other is answered. */
export type AsideQuery = (sql: string) => Promise<readonly (readonly (string | null)[])[] | undefined>;

/** Milliseconds a query may take, and wait for a lock. */
const timeout = 2000;
const limits = `SET LOCAL statement_timeout = ${timeout}; SET LOCAL lock_timeout = ${timeout}`;
const savepoint = 'howdah_aside';

const brackets: Readonly<Record<'idle' | 'transaction', readonly [before: string, after: string]>> = {
  idle: [`BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; ${limits}`, 'ROLLBACK'],
  // The savepoint takes back the settings, the locks and an error with everything else. SELECT takes the snapshot before the transaction
  // is read-only: a SERIALIZABLE one whose snapshot is taken while it is would never be watched for conflicts again (predicate.c).
  transaction: [
    `SAVEPOINT ${savepoint}; ${limits}; SELECT; SET LOCAL transaction_read_only = on`,
    `ROLLBACK TO SAVEPOINT ${savepoint}; RELEASE SAVEPOINT ${savepoint}`,
  ],
};

/**
 * Queries of the program's own on the user's session, where only that knows the answer (temporary tables, role, search_path), in a
 * read-only transaction or savepoint that is rolled back. What remains: a transaction that had not run a query has its snapshot then.
 * Undefined: nothing was asked, as the transaction has failed, a pipeline is open or the session is gone, or it could not be given back as it was, which is said.
 */
export async function aside<Result>(state: EngineState, work: (query: AsideQuery) => Promise<Result>): Promise<Result | undefined> {
  const before = state.session?.status;
  if ((before !== 'idle' && before !== 'transaction') || state.session?.isBusy !== false || state.session.pipeline !== undefined)
    return undefined;
  const run = (): Promise<Result | undefined> => bracketed(state, before, work);
  return await (state.transaction === undefined ? run() : state.transaction.apart(run));
}

async function bracketed<Result>(
  state: EngineState,
  before: 'idle' | 'transaction',
  work: (query: AsideQuery) => Promise<Result>,
): Promise<Result | undefined> {
  const [open, close] = brackets[before];
  let isOk = (await send(state, open)) !== undefined;
  const found = isOk
    ? await work(async (sql) => {
        // Parsed alone: a text that holds a second statement is refused, not run.
        const rows = isOk ? await send(state, sql, []) : undefined;
        isOk = rows !== undefined;
        return rows;
      })
    : undefined;
  if (status(state) !== before || isOk) await send(state, close);
  const after = status(state);
  if (after === before) return found;
  if (after !== undefined) state.complain('the session is not in the state it was in before howdah looked something up on it');
  return undefined;
}

function status(state: EngineState): TransactionStatus | undefined {
  return state.session?.status;
}

async function send(state: EngineState, sql: string, parameters?: readonly string[]): Promise<(string | null)[][] | undefined> {
  const { session } = state;
  if (session === undefined) return undefined;
  const rows: (string | null)[][] = [];
  let isOk = true;
  for await (const event of session.run({ sql, isOwn: true, ...(parameters === undefined ? {} : { parameters }) })) {
    if (event.type === 'rows') rows.push(...rowTexts(event.batch));
    else if (event.type === 'notification') state.notifications.push(event);
    else if (event.type === 'error') {
      isOk = false;
      if (/^(?:FATAL|PANIC)$/.test(event.error.severityCode)) state.serverMessage(event.error, undefined);
    } else if (event.type === 'lost') {
      isOk = false;
      state.connectionLost(event.reason);
    }
  }
  return isOk ? rows : undefined;
}

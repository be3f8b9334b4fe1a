import { rowTexts } from '../result/row-texts.ts';
import type { TransactionStatus } from '../result/server-event.ts';
import type { EngineState } from './engine-state.ts';

/**
 * Rows of one query as text; undefined: it failed. After a failure no other is answered. `holds`: text of the user's stands in it, which
 * is parsed alone, so that a second statement in it is refused, not run.
 */
export type AsideQuery = (sql: string, holds?: 'user-text') => Promise<readonly (readonly (string | null)[])[] | undefined>;

/** Milliseconds a query may take, and wait for a lock. */
const timeout = 2000;
const limits = `SET LOCAL statement_timeout = ${timeout}; SET LOCAL lock_timeout = ${timeout}`;
const savepoint = 'howdah_aside';

/**
 * Queries of the program's own on the user's session, where only that knows the answer (temporary tables, role, search_path), in a
 * read-only transaction or savepoint that is rolled back. What remains: a transaction that had not run a query has its snapshot then.
 * Undefined: nothing was asked, as the transaction has failed, a pipeline is open or the session is gone, or it could not be given back as it was, which is said.
 */
export async function aside<Result>(state: EngineState, work: (query: AsideQuery) => Promise<Result>): Promise<Result | undefined> {
  const before = state.session?.status;
  if ((before !== 'idle' && before !== 'transaction') || state.session?.isBusy !== false || state.session.pipeline !== undefined)
    return undefined;
  const ask = before === 'idle' ? whileIdle : inTransaction;
  const run = async (): Promise<Result | undefined> => {
    const found = await ask(state, work);
    const after = status(state);
    if (after === before) return found;
    if (after !== undefined) state.complain('the session is not in the state it was in before howdah looked something up on it');
    return undefined;
  };
  return await (state.transaction === undefined ? run() : state.transaction.apart(run));
}

/** Each query in a string of its own, which is one transaction: one round trip, and what a pooler of statements lets pass. */
async function whileIdle<Result>(state: EngineState, work: (query: AsideQuery) => Promise<Result>): Promise<Result> {
  let isOk = true;
  return await work(async (sql, holds) => {
    if (!isOk) return undefined;
    const rows = holds === undefined ? await send(state, `${limits}${readOnly(state)}; ${sql}`) : await sendAlone(state, sql);
    isOk = rows !== undefined;
    return rows;
  });
}

async function sendAlone(state: EngineState, sql: string): Promise<Rows | undefined> {
  const isOpen = (await send(state, `BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; ${limits}`)) !== undefined;
  const rows = isOpen ? await send(state, sql, []) : undefined;
  if (status(state) !== 'idle') await send(state, 'ROLLBACK');
  return rows;
}

/**
 * The savepoint takes back the settings, the locks and an error with everything else. SELECT takes the snapshot before the transaction is
 * read-only: a SERIALIZABLE one whose snapshot is taken while it is would never be watched for conflicts again (predicate.c).
 */
async function inTransaction<Result>(state: EngineState, work: (query: AsideQuery) => Promise<Result>): Promise<Result | undefined> {
  let isOk = (await send(state, `SAVEPOINT ${savepoint}; ${limits}; SELECT${readOnly(state)}`)) !== undefined;
  const found = isOk
    ? await work(async (sql) => {
        const rows = isOk ? await send(state, sql, []) : undefined;
        isOk = rows !== undefined;
        return rows;
      })
    : undefined;
  if (status(state) !== 'transaction' || isOk) await send(state, `ROLLBACK TO SAVEPOINT ${savepoint}; RELEASE SAVEPOINT ${savepoint}`);
  return found;
}

/** A session that is kept from writing lets nobody say so. */
function readOnly({ wall }: EngineState): string {
  return wall?.access === 'locked' ? '' : '; SET LOCAL transaction_read_only = on';
}

function status(state: EngineState): TransactionStatus | undefined {
  return state.session?.status;
}

type Rows = (string | null)[][];

async function send(state: EngineState, sql: string, parameters?: readonly string[]): Promise<Rows | undefined> {
  const { session } = state;
  if (session === undefined) return undefined;
  const rows: Rows = [];
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

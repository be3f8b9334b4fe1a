import type { Rows } from '../catalog/catalog-work.ts';
import { rowTexts } from '../result/row-texts.ts';
import type { ConnectOutcome, Session, SessionInfo } from '../server/session.ts';

export interface SideHost {
  /** The person's own session. */
  session(): Session | undefined;
  /** A second session of the same kind; undefined: there is none to be had. */
  open(): Promise<ConnectOutcome | undefined> | undefined;
}

/** The rows of a query, or why there are none; `isGone`: there is no connection (any more) to ask on. */
export type SideAnswer = ({ readonly ok: true } & Rows) | { readonly ok: false; readonly text: string; readonly isGone: boolean };

/** Milliseconds after which a second connection that could not be had is asked for again: at each key it would only make it slow. */
const retryAfter = 60_000;
const timeout = 5000;

/**
 * What goes before each query, in one string with it, which is one transaction: so it holds for this query alone, also where a pooler
 * gives the server's session to somebody else right after. PostgreSQL 10 starts the timeout of a string with the string, so that it
 * comes too late there: a timer of our own cancels.
 */
const guarded = `SET LOCAL statement_timeout = '${timeout}ms'; SET LOCAL transaction_read_only = on; `;

/**
 * The second connection: like the person's own (same server, TLS, role), opened when it is first wanted, for what the program wants to
 * know. One query at a time.
 */
export class SideSession {
  readonly #host: SideHost;
  #session: Session | undefined;
  #isOver = false;
  #last: Promise<unknown> = Promise.resolve();
  #refusal: { readonly text: string; readonly at: number } | undefined;

  constructor(host: SideHost) {
    this.#host = host;
  }

  /** Why there is no second connection, as it was when one was last asked for. */
  get refusal(): string | undefined {
    return this.#refusal?.text;
  }

  /** Facts of the second connection while it is open. */
  get info(): SessionInfo | undefined {
    return this.#session?.status === undefined ? undefined : this.#session.info;
  }

  /** `settings`: SET LOCAL commands that this query needs, each with its semicolon. */
  async ask(sql: string, settings = ''): Promise<SideAnswer> {
    return await this.#alone(async () => {
      const session = await this.#open();
      if (session === undefined) return { ok: false, text: this.#refusal?.text ?? 'there is no session', isGone: true };
      const timer = setTimeout(() => void session.cancel(), timeout + 1000);
      const answer = await query(session, `${guarded}${settings}${sql}`);
      clearTimeout(timer);
      return answer;
    });
  }

  /** The next query may ask for a connection at once. */
  retry(): void {
    this.#refusal = undefined;
  }

  /** The person has another session. */
  async forget(): Promise<void> {
    const side = this.#session;
    this.#session = undefined;
    this.#refusal = undefined;
    await side?.close();
  }

  /** Nothing more is asked: a connection that is still on its way is closed when it comes, lest it hold the program. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.forget();
  }

  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return await result;
  }

  async #open(): Promise<Session | undefined> {
    if (this.#session?.status !== undefined) return this.#session;
    this.#session = undefined;
    if (this.#isOver) return undefined;
    if (this.#refusal !== undefined && performance.now() - this.#refusal.at < retryAfter) return undefined;
    const main = this.#host.session();
    const outcome = await this.#host.open();
    const refusal = refusalOf(outcome, main);
    // Another session may have come meanwhile.
    const isWanted = this.#host.session() === main && !this.#isOver;
    this.#refusal = refusal === undefined ? undefined : { text: refusal, at: performance.now() };
    if (outcome?.ok !== true) return undefined;
    if (refusal !== undefined || !isWanted) {
      await outcome.session.close();
      return undefined;
    }
    // Poolers carry this one along with the client.
    for await (const _ of outcome.session.run({ sql: "SET application_name = 'howdah catalog'" }));
    if (this.#isOver) {
      await outcome.session.close();
      return undefined;
    }
    this.#session = outcome.session;
    return outcome.session;
  }
}

/** A name may lead to several servers: what another one says is of no use. */
function refusalOf(outcome: ConnectOutcome | undefined, main: Session | undefined): string | undefined {
  if (outcome === undefined) return 'there is no second connection to be had here';
  if (!outcome.ok) return outcome.text;
  const there = outcome.session.info;
  if (main === undefined || (there.address === main.info.address && there.port === main.info.port)) return undefined;
  return `the second connection reached another server, ${there.address}`;
}

/** The rows of the last query of a string. */
export async function query(session: Session, sql: string): Promise<SideAnswer> {
  let columns: readonly string[] = [];
  let rows: (string | null)[][] = [];
  let fault: string | undefined;
  for await (const event of session.run({ sql, isOwn: true })) {
    if (event.type === 'columns') {
      columns = event.columns.map((column) => column.name);
      rows = [];
    } else if (event.type === 'rows') rows.push(...rowTexts(event.batch));
    else if (event.type === 'error') fault = event.error.message;
    else if (event.type === 'lost') fault ??= event.reason;
  }
  return fault === undefined ? { ok: true, columns, rows } : { ok: false, text: fault, isGone: session.status === undefined };
}

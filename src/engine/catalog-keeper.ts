import type { Rows } from '../catalog/catalog-work.ts';
import { type CompletionCatalog, completionSnapshot, emptyCatalog } from '../catalog/completion-snapshot.ts';
import { cellBytes } from '../result/row-batch.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { decodeLossless } from '../text/lossless.ts';

export interface CatalogHost {
  /** The person's own session. */
  session(): Session | undefined;
  /** A second session of the same kind; undefined: there is none to be had. */
  open(): Promise<ConnectOutcome | undefined> | undefined;
}

/** Milliseconds after which names are read anew. */
const freshFor = 10_000;
const ownSettings = "SET statement_timeout = '5s'; SET default_transaction_read_only = on; SET application_name = 'howdah catalog'";

/**
 * The names of the database, read when they are first wanted: on a second connection, as the person's own runs nothing that was not
 * typed. The embedded engine has one session only: it serves while it is idle outside a transaction.
 */
export class CatalogKeeper {
  readonly #host: CatalogHost;
  #side: Session | undefined;
  #known: CompletionCatalog = emptyCatalog;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<CompletionCatalog> | undefined;
  /** Asking for a second connection at each key would only make it slow. */
  #hasNoSide = false;

  constructor(host: CatalogHost) {
    this.#host = host;
  }

  /** What is known without asking. */
  get known(): CompletionCatalog {
    return this.#known;
  }

  get isFresh(): boolean {
    return performance.now() - this.#readAt < freshFor;
  }

  /** The names, read anew where they are old; what was known where that cannot be. */
  async read(): Promise<CompletionCatalog> {
    if (this.isFresh) return this.#known;
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  /** The names may have changed. */
  expire(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /** Resolves when the person's own session is not in use from here. */
  async settled(): Promise<void> {
    if (this.#host.session()?.info.security === 'embedded') await this.#reading;
  }

  /** There is another session: other names. */
  async forget(): Promise<void> {
    const side = this.#side;
    this.#side = undefined;
    this.#known = emptyCatalog;
    this.#hasNoSide = false;
    this.expire();
    await side?.close();
  }

  async #readNow(): Promise<CompletionCatalog> {
    const main = this.#host.session();
    const session = await this.#sessionFor(main);
    if (main === undefined || session === undefined) return this.#known;
    const catalog = await drive(session, completionSnapshot(session.versionNumber));
    if (catalog === undefined || this.#host.session() !== main) return this.#known;
    this.#known = catalog;
    this.#readAt = performance.now();
    return catalog;
  }

  async #sessionFor(main: Session | undefined): Promise<Session | undefined> {
    if (main?.info.security === 'embedded') return main.status === 'idle' && !main.isBusy ? main : undefined;
    if (this.#side?.status === undefined) this.#side = await this.#openSide();
    const path = main?.parameters.get('search_path');
    // Servers from 18 on tell the path: names that are found without a schema are then the same.
    if (path !== undefined && this.#side !== undefined)
      await ask(this.#side, `SELECT pg_catalog.set_config('search_path', ${quoteLiteral(path)}, false)`);
    return this.#side;
  }

  async #openSide(): Promise<Session | undefined> {
    if (this.#hasNoSide) return undefined;
    const outcome = await this.#host.open();
    this.#hasNoSide = outcome?.ok !== true;
    if (outcome?.ok !== true) return undefined;
    await ask(outcome.session, ownSettings);
    return outcome.session;
  }
}

async function drive<Result>(session: Session, work: Generator<string, Result, Rows>): Promise<Result | undefined> {
  let step = work.next();
  while (step.done !== true) {
    const rows = await ask(session, step.value);
    if (rows === undefined && session.status === undefined) return undefined;
    // One list that cannot be read (a right that is missing, a timeout) leaves the others.
    step = work.next(rows ?? { columns: [], rows: [] });
  }
  return step.value;
}

/** The rows of a query; undefined where it failed. */
async function ask(session: Session, sql: string): Promise<Rows | undefined> {
  let columns: readonly string[] = [];
  const rows: (string | null)[][] = [];
  let isOk = true;
  for await (const event of session.run({ sql })) {
    if (event.type === 'columns') columns = event.columns.map((column) => column.name);
    else if (event.type === 'error' || event.type === 'lost') isOk = false;
    else if (event.type === 'rows') {
      for (let row = 0; row < event.batch.rowCount; row++) {
        rows.push(
          columns.map((_, column) => {
            const bytes = cellBytes(event.batch, row, column);
            return bytes === null ? null : decodeLossless(bytes);
          }),
        );
      }
    }
  }
  return isOk ? { columns, rows } : undefined;
}

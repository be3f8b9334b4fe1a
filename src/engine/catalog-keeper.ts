import type { Rows } from '../catalog/catalog-work.ts';
import { type CompletionCatalog, completionSnapshot, emptyCatalog } from '../catalog/completion-snapshot.ts';
import type { Session } from '../server/session.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { query, type SideAnswer, type SideSession } from './side-session.ts';

export interface CatalogHost {
  /** The person's own session. */
  session(): Session | undefined;
  readonly side: SideSession;
}

/** Milliseconds after which names are read anew. */
const freshFor = 10_000;

/**
 * The names of the database, read when they are first wanted: on a second connection, as the person's own runs nothing that was not
 * typed. The embedded engine has one session only: it serves while it is idle outside a transaction.
 */
export class CatalogKeeper {
  readonly #host: CatalogHost;
  #known: CompletionCatalog = emptyCatalog;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<CompletionCatalog> | undefined;

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
  forget(): void {
    this.#known = emptyCatalog;
    this.expire();
  }

  async #readNow(): Promise<CompletionCatalog> {
    const main = this.#host.session();
    const ask = main === undefined ? undefined : this.#askOf(main);
    if (main === undefined || ask === undefined) return this.#known;
    const catalog = await drive(ask, completionSnapshot(main.versionNumber));
    if (catalog === undefined || this.#host.session() !== main) return this.#known;
    this.#known = catalog;
    this.#readAt = performance.now();
    return catalog;
  }

  #askOf(main: Session): Ask | undefined {
    if (main.info.security === 'embedded') {
      return main.status === 'idle' && !main.isBusy && main.pipeline === undefined ? (sql) => query(main, sql) : undefined;
    }
    const path = main.parameters.get('search_path');
    // Servers from 18 on tell the path: names that are found without a schema are then the same.
    const settings = path === undefined ? '' : `SELECT pg_catalog.set_config('search_path', ${quoteLiteral(path)}, true); `;
    return (sql) => this.#host.side.ask(sql, settings);
  }
}

type Ask = (sql: string) => Promise<SideAnswer>;

async function drive<Result>(ask: Ask, work: Generator<string, Result, Rows>): Promise<Result | undefined> {
  let step = work.next();
  while (step.done !== true) {
    const answer = await ask(step.value);
    if (!answer.ok && answer.isGone) return undefined;
    // One list that cannot be read (a right that is missing, a timeout) leaves the others.
    step = work.next(answer.ok ? answer : { columns: [], rows: [] });
  }
  return step.value;
}

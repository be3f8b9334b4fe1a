import { setTimeout } from 'node:timers/promises';
import { type CompletionCatalog, completionSnapshot, emptyCatalog } from '../../catalog/completion-snapshot.ts';
import { metaCommands } from '../../commands/registry.ts';
import { complete, type KeywordCase } from '../../complete/complete.ts';
import type { Interpreter } from '../../engine/interpreter.ts';
import { cellBytes } from '../../result/row-batch.ts';
import type { ConnectOutcome, Session } from '../../server/session.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { listFiles } from '../../system/list-files.ts';
import { decodeLossless } from '../../text/lossless.ts';
import { visible } from '../../text/visible.ts';

// Milliseconds for one query of the catalog.
const queryTimeout = 10_000;
// Milliseconds a person waits for Tab: a catalog that takes longer is there at the next one.
const patience = 2000;
/** What changes what can be named. */
const changing = /\b(?:create|alter|drop|comment|import|do|call|rename|refresh|set|reset|rollback|commit|end|abort)\b|\\i|;.*;/i;

const commandNames = metaCommands.flatMap((command) => command.names);

/** Completion for the prompt: the catalog is read over a connection of its own, when Tab is first pressed. */
export class CompletionSource {
  readonly #interpreter: Interpreter;
  readonly #connect: () => Promise<ConnectOutcome | undefined>;
  #beside: Session | undefined;
  #hasFailed = false;
  #catalog: CompletionCatalog = emptyCatalog;
  #isFresh = false;
  #refreshing: Promise<void> | undefined;

  constructor(interpreter: Interpreter, connect: () => Promise<ConnectOutcome | undefined>) {
    this.#interpreter = interpreter;
    this.#connect = connect;
  }

  /** The candidates for the end of the line, each with what follows it, and the text they replace. */
  async complete(line: string): Promise<readonly [string[], string]> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await Promise.race([this.#refreshing, setTimeout(patience, undefined, { ref: false })]);
    const { queryBuffer, variables } = this.#interpreter;
    const text = queryBuffer === '' ? line : `${queryBuffer}\n${line}`;
    const { start, candidates } = complete({
      text,
      cursor: text.length,
      catalog: this.#catalog,
      commands: commandNames,
      variables: variables.entries().map(([name]) => name),
      keywordCase: (variables.get('COMP_KEYWORD_CASE') ?? 'preserve-upper') as KeywordCase,
      listFiles,
    });
    const texts = candidates.map((candidate) => visible(candidate.text));
    const [first] = candidates;
    // Only what is certain is finished with a blank.
    const shown = first !== undefined && candidates.length === 1 ? [`${visible(first.text)}${first.continues === true ? '' : ' '}`] : texts;
    return [shown, text.slice(start)];
  }

  /** The catalog may have changed. */
  noteRun(text: string): void {
    if (changing.test(text)) this.#isFresh = false;
  }

  /** Resolves when nothing of completion's runs on the user's own session. */
  async settled(): Promise<void> {
    if (this.#interpreter.session?.info.security === 'embedded') await this.#refreshing;
  }

  /** The session is another one now. */
  forget(): void {
    const beside = this.#beside;
    this.#beside = undefined;
    this.#hasFailed = false;
    this.#isFresh = false;
    this.#catalog = emptyCatalog;
    void beside?.close();
  }

  async close(): Promise<void> {
    await this.#beside?.close();
  }

  async #refresh(): Promise<void> {
    if (this.#isFresh || this.#hasFailed) return;
    const session = await this.#session();
    if (session === undefined) return;
    this.#isFresh = true;
    await this.#followSearchPath(session);
    const catalog = await readSnapshot(session);
    const isCurrent = session === this.#beside || session === this.#interpreter.session;
    if (catalog === undefined || !isCurrent) this.#isFresh = false;
    else this.#catalog = catalog;
  }

  /** What is visible without a schema is so by the user's search_path, which servers tell from 18 on. */
  async #followSearchPath(session: Session): Promise<void> {
    const own = this.#interpreter.session;
    const path = own?.parameters.get('search_path');
    if (path === undefined || own === session) return;
    await rowsOf(session, `SELECT pg_catalog.set_config('search_path', ${quoteLiteral(path)}, false)`);
  }

  /** The embedded engine has one session: it is asked only where that disturbs nothing. */
  async #session(): Promise<Session | undefined> {
    const own = this.#interpreter.session;
    if (own === undefined) return undefined;
    if (own.info.security === 'embedded') return own.status === 'idle' && !own.isBusy ? own : undefined;
    if (this.#beside?.status !== undefined) return this.#beside;
    const outcome = await this.#connect();
    // Without it there are key words and commands still; asking again at each Tab would only make it slow.
    this.#hasFailed = outcome?.ok !== true;
    if (outcome?.ok !== true) return undefined;
    this.#beside = outcome.session;
    await rowsOf(outcome.session, `SET statement_timeout = ${queryTimeout}`);
    return outcome.session;
  }
}

/** Undefined where the connection is lost; what one query fails to tell is missing. */
async function readSnapshot(session: Session): Promise<CompletionCatalog | undefined> {
  const work = completionSnapshot(session.versionNumber);
  let step = work.next();
  while (step.done !== true) {
    const rows = await rowsOf(session, step.value);
    if (rows === undefined && session.status === undefined) return undefined;
    step = work.next({ columns: [], rows: rows ?? [] });
  }
  return step.value;
}

async function rowsOf(session: Session, sql: string): Promise<(string | null)[][] | undefined> {
  const rows: (string | null)[][] = [];
  let hasFailed = false;
  for await (const event of session.run({ sql })) {
    if (event.type === 'error' || event.type === 'lost') hasFailed = true;
    if (event.type !== 'rows') continue;
    const { batch } = event;
    for (let row = 0; row < batch.rowCount; row++) {
      rows.push(
        Array.from({ length: batch.columnCount }, (_, column) => {
          const bytes = cellBytes(batch, row, column);
          return bytes === null ? null : decodeLossless(bytes);
        }),
      );
    }
  }
  return hasFailed ? undefined : rows;
}

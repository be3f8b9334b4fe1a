import { setTimeout } from 'node:timers/promises';
import { metaCommands } from '../../commands/registry.ts';
import { complete, type KeywordCase } from '../../complete/complete.ts';
import { CatalogKeeper } from '../../engine/catalog-keeper.ts';
import type { Interpreter } from '../../engine/interpreter.ts';
import { SideSession } from '../../engine/side-session.ts';
import type { ConnectOutcome } from '../../server/session.ts';
import { listFiles } from '../../system/list-files.ts';
import { visible } from '../../text/visible.ts';

// Milliseconds a person waits for Tab: a catalog that takes longer is there at the next one.
const patience = 2000;
/** What changes what can be named. */
const changing = /\b(?:create|alter|drop|comment|import|do|call|rename|refresh|set|reset|rollback|commit|end|abort)\b|\\i|;.*;/i;

const commandNames = metaCommands.flatMap((command) => command.names);

/** Completion for the prompt: the catalog is read over a connection of its own, when Tab is first pressed. */
export class CompletionSource {
  readonly #interpreter: Interpreter;
  readonly #side: SideSession;
  readonly #catalog: CatalogKeeper;

  constructor(interpreter: Interpreter, connect: () => Promise<ConnectOutcome | undefined>) {
    this.#interpreter = interpreter;
    this.#side = new SideSession({ session: () => interpreter.session, open: connect });
    this.#catalog = new CatalogKeeper({ session: () => interpreter.session, side: this.#side });
  }

  /** The candidates for the end of the line, each with what follows it, and the text they replace. */
  async complete(line: string): Promise<readonly [string[], string]> {
    await Promise.race([this.#catalog.read(), setTimeout(patience, undefined, { ref: false })]);
    const { queryBuffer, variables } = this.#interpreter;
    const text = queryBuffer === '' ? line : `${queryBuffer}\n${line}`;
    const { start, candidates } = complete({
      text,
      cursor: text.length,
      catalog: this.#catalog.known,
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
    if (changing.test(text)) this.#catalog.expire();
  }

  /** Resolves when nothing of completion's runs on the user's own session. */
  async settled(): Promise<void> {
    await this.#catalog.settled();
  }

  /** The session is another one now. */
  forget(): void {
    this.#catalog.forget();
    void this.#side.forget();
  }

  async close(): Promise<void> {
    this.#catalog.forget();
    await this.#side.forget();
  }
}

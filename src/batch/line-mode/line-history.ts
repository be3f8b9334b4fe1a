import { join } from 'node:path';
import type { VariableAccess } from '../../commands/context.ts';
import { maskSecrets } from '../../sql/mask-secrets.ts';
import { openHistory } from '../../system/history.ts';
import { appPaths, homeFolder } from '../../system/paths.ts';
import { PlainHistory } from './plain-history.ts';

interface Store {
  /** Oldest first. */
  entries(): readonly string[];
  add(text: string): void;
  flush(): Promise<void>;
}

/** What was typed before: HISTFILE or PSQL_HISTORY in psql's format, else the history shared with the workbench. */
export class LineHistory {
  readonly #store: Store;
  readonly #variables: VariableAccess;
  #last: string | undefined;

  private constructor(store: Store, variables: VariableAccess) {
    this.#store = store;
    this.#variables = variables;
    this.#last = store.entries().at(-1);
  }

  /** After the startup files, which may set HISTFILE. */
  static async open(variables: VariableAccess, environment: NodeJS.ProcessEnv): Promise<LineHistory> {
    const named = variables.get('HISTFILE') ?? (environment.PSQL_HISTORY || undefined);
    return new LineHistory(named === undefined ? await sharedStore() : plainStore(named), variables);
  }

  /** The newest HISTSIZE entries; a negative HISTSIZE means all. */
  entries(): readonly string[] {
    const size = Number.parseInt(this.#variables.get('HISTSIZE') ?? '500', 10);
    const all = this.#store.entries();
    return size < 0 ? all : size === 0 ? [] : all.slice(-size);
  }

  /** Keeps a statement or command with its secrets masked, unless HISTCONTROL says not to. */
  add(typed: string): void {
    const text = typed.replace(/\s+$/, '');
    if (text === '') return;
    const control = this.#variables.get('HISTCONTROL') ?? 'none';
    const ignores = (what: string) => control === what || control === 'ignoreboth';
    if (ignores('ignorespace') && /^\s/.test(text)) return;
    const masked = maskSecrets(text);
    if (ignores('ignoredups') && masked === this.#last) return;
    this.#last = masked;
    this.#store.add(masked);
  }

  flush(): Promise<void> {
    return this.#store.flush();
  }
}

function plainStore(path: string): Store {
  const history = new PlainHistory(path.replace(/^~(?=\/|$)/, homeFolder()));
  return { entries: () => history.entries, add: (text) => history.add(text), flush: async () => undefined };
}

async function sharedStore(): Promise<Store> {
  const { state } = await appPaths();
  const history = await openHistory(join(state, 'history.jsonl'));
  let texts = history.entries.map((entry) => entry.text);
  return {
    entries: () => texts,
    add: (text) => {
      texts = [...texts, text];
      history.add({ text });
    },
    flush: () => history.flush(),
  };
}

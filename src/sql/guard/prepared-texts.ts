import { assess } from './assess.ts';
import { tokenizedStatements } from './tokens.ts';

/** What a session was sent to prepare, by name. Which of several under one name the server took is not known: all are kept. */
export class PreparedTexts {
  readonly #texts = new Map<string, string[]>();

  /** Reads a text that is about to be sent. */
  note(sql: string, standardStrings: boolean): void {
    if (!/\b(?:prepare|deallocate|discard)\b/i.test(sql)) return;
    for (const statement of tokenizedStatements(sql, standardStrings)) {
      const [first, second, third] = statement;
      const isAll = first?.value === 'discard' || second?.value === 'all' || third?.value === 'all';
      if ((first?.value === 'deallocate' || first?.value === 'discard') && isAll) this.#texts.clear();
      else if (first?.value === 'deallocate') this.#texts.delete((second?.value === 'prepare' ? third : second)?.value ?? '');
    }
    for (const effect of assess(sql, { standardStrings }).effects) {
      if (effect.kind === 'prepare') this.add(effect.name, sql.slice(effect.start, effect.end));
    }
  }

  add(name: string, sql: string): void {
    this.#texts.set(name, [...(this.#texts.get(name) ?? []), sql]);
  }

  /** Oldest first. */
  of(name: string): readonly string[] {
    return this.#texts.get(name) ?? [];
  }

  clear(): void {
    this.#texts.clear();
  }
}

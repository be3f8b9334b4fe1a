import type { Effect, EffectKind, Via } from './effect.ts';
import type { SqlToken } from './tokens.ts';

type Span = { readonly start: number; readonly end: number };

/** Gathers the effects of one text, and remembers what was prepared in it. */
export class EffectCollector {
  readonly effects: Effect[] = [];
  readonly standardStrings: boolean;
  readonly #prepared = new Map<string, readonly SqlToken[]>();
  readonly #preparedBefore: (name: string) => readonly SqlToken[] | undefined;
  #via: readonly Via[] = [];
  /** Set while what is read is no part of the assessed text: the place of what brings it in. */
  #place: Span | undefined;

  constructor(standardStrings: boolean, preparedBefore: (name: string) => readonly SqlToken[] | undefined) {
    this.standardStrings = standardStrings;
    this.#preparedBefore = preparedBefore;
  }

  /** Whether EXECUTE within EXECUTE could go on for ever. */
  get isDeep(): boolean {
    return this.#via.length > 20;
  }

  add(effect: EffectKind, tokens: readonly SqlToken[]): void {
    const span = this.#place ?? { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
    this.effects.push({ ...effect, ...span, via: this.#via });
  }

  /** Reads something that stands inside the statement. */
  within(via: Via, read: () => void): void {
    const outer = this.#via;
    this.#via = [...outer, via];
    read();
    this.#via = outer;
  }

  /** Reads a text of its own that `tokens` bring in. */
  elsewhere(via: Via, tokens: readonly SqlToken[], read: () => void): void {
    const outer = this.#place;
    this.#place ??= { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
    this.within(via, read);
    this.#place = outer;
  }

  prepare(name: string, statement: readonly SqlToken[]): void {
    this.#prepared.set(name, statement);
  }

  prepared(name: string): readonly SqlToken[] | undefined {
    return this.#prepared.get(name) ?? this.#preparedBefore(name);
  }
}

import type { Effect, EffectKind, Via } from './effect.ts';
import { isTooDeep } from './expression-parts.ts';
import type { Routine, RoutineCall } from './routine.ts';
import type { ObjectName } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

type Span = { readonly start: number; readonly end: number };

/** What stands outside the text, and how its statements are read. */
export interface EffectSource {
  readonly standardStrings: boolean;
  /** Statements prepared before. */
  prepared(name: string): readonly SqlToken[] | undefined;
  /** See KnownFacts. */
  routines(name: ObjectName): readonly Routine[] | undefined;
  /** Adds what a statement does. */
  read(statement: readonly SqlToken[], found: EffectCollector): void;
  /** Adds what a routine of the user's own does; see routine-effects.ts. */
  call(routine: RoutineCall, found: EffectCollector): boolean | undefined;
}

/** Gathers the effects of one text, and remembers what was prepared in it. */
export class EffectCollector {
  readonly effects: Effect[] = [];
  /** Routines of which nothing is known, by their normalized names. */
  readonly unknownRoutines = new Map<string, ObjectName>();
  readonly #source: EffectSource;
  readonly #prepared = new Map<string, readonly SqlToken[]>();
  readonly #entered = new Set<Routine>();
  #via: readonly Via[] = [];
  /** Set while what is read is no part of the assessed text: the place of what brings it in. */
  #place: Span | undefined;

  constructor(source: EffectSource) {
    this.#source = source;
  }

  get standardStrings(): boolean {
    return this.#source.standardStrings;
  }

  /** Whether EXECUTE within EXECUTE could go on for ever. */
  get isDeep(): boolean {
    return this.#via.length > 20;
  }

  add(effect: EffectKind, tokens: readonly SqlToken[]): void {
    const span = this.#place ?? { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
    this.effects.push({ ...effect, ...span, via: this.#via });
  }

  /** Adds what a statement does that a body or dynamic SQL brings in; false: it is too deep to be read. */
  read(statement: readonly SqlToken[]): boolean {
    if (isTooDeep(statement)) return false;
    this.#source.read(statement, this);
    return true;
  }

  call(routine: RoutineCall): boolean | undefined {
    return this.#source.call(routine, this);
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
    return this.#prepared.get(name) ?? this.#source.prepared(name);
  }

  routines(name: ObjectName): readonly Routine[] | undefined {
    const routines = this.#source.routines(name);
    if (routines === undefined) this.unknownRoutines.set(name.normalized, name);
    return routines;
  }

  /** False: the body of this routine has been read before. */
  enter(routine: Routine): boolean {
    if (this.#entered.has(routine)) return false;
    this.#entered.add(routine);
    return true;
  }
}

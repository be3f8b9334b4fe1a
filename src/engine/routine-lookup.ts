import { namedRoutines, namedRoutinesQuery } from '../catalog/named-routines.ts';
import { type Assessment, assess, type KnownFacts } from '../sql/guard/assess.ts';
import type { Routine } from '../sql/guard/routine.ts';
import type { ObjectName } from '../sql/guard/token-reader.ts';
import type { AsideQuery } from './aside.ts';

/** Routines that call routines are followed so far. */
const deepest = 12;

/** Characters of bodies that are read for one text: more would hold up the screen. */
const mostRead = 200_000;

/** What is not followed, or not answered, counts as what cannot be read. */
const unread: readonly Routine[] = [
  { language: '', body: undefined, isVolatile: true, leastArguments: 0, mostArguments: Number.POSITIVE_INFINITY },
];

/** Where the bodies of routines are looked up. */
export interface RoutinePlace {
  /** Of the server, as 150018. */
  readonly version: number;
  /** Names of routines that came with the server, learnt as they are asked for, so that calls of these cost nothing. */
  readonly builtIn: Set<string>;
  /** Asks the session of the user's: see aside.ts. */
  aside(work: (query: AsideQuery) => Promise<void>): Promise<unknown>;
  /** Asks another connection, where that session cannot be asked, as in a pipeline. */
  readonly besides?: AsideQuery;
}

/** What a text does, with the bodies of the routines that it calls, and of those that these call, as they are at this moment. */
export async function assessWithRoutines(sql: string, facts: KnownFacts, place: RoutinePlace): Promise<Assessment> {
  const lookup = new RoutineLookup(sql, facts, place);
  if (!lookup.isDone) await place.aside((query) => lookup.follow(query, true));
  if (!lookup.isDone && place.besides !== undefined) await lookup.follow(place.besides, false);
  lookup.giveUp();
  return lookup.assessment;
}

class RoutineLookup {
  assessment: Assessment;
  readonly #assess: () => Assessment;
  readonly #place: RoutinePlace;
  readonly #found = new Map<string, readonly Routine[]>();
  readonly #paths: string[] = [];
  #room = mostRead;
  #depth = 0;

  constructor(sql: string, facts: KnownFacts, place: RoutinePlace) {
    this.#place = place;
    const routines = (name: ObjectName) => (place.builtIn.has(name.normalized) ? [] : this.#found.get(name.normalized));
    this.#assess = () => assess(sql, { ...facts, routines });
    this.assessment = this.#assess();
  }

  get isDone(): boolean {
    return this.assessment.unknownRoutines.length === 0;
  }

  /** As far as it is answered. `isOwn`: names mean to the session that is asked what they mean to the text. */
  async follow(query: AsideQuery, isOwn: boolean): Promise<void> {
    for (; !this.isDone && this.#depth < deepest; this.#depth++) {
      const names = this.assessment.unknownRoutines;
      const rows = await query(namedRoutinesQuery(names, this.#place.version, this.#room));
      if (rows === undefined) return;
      this.#learn(names, rows, isOwn);
      this.assessment = this.#assess();
    }
  }

  giveUp(): void {
    while (!this.isDone) {
      for (const name of this.assessment.unknownRoutines) this.#found.set(name.normalized, unread);
      this.assessment = this.#assess();
    }
  }

  #learn(names: readonly ObjectName[], rows: readonly (readonly (string | null)[])[], isOwn: boolean): void {
    const set = this.assessment.effects.flatMap((effect) =>
      effect.kind === 'setting' && effect.name === 'search_path' ? [effect.value] : [],
    );
    const answer = namedRoutines(names, rows, isOwn ? [...this.#paths, ...set] : undefined);
    this.#paths.push(...answer.paths);
    for (const [name, routines] of answer.routines) {
      this.#found.set(name, routines);
      for (const { body } of routines) this.#room -= body?.length ?? 0;
    }
    for (const name of answer.builtIn) this.#place.builtIn.add(name);
  }
}

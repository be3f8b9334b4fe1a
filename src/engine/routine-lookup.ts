import { namedRoutines, namedRoutinesQuery } from '../catalog/named-routines.ts';
import { assess, type KnownFacts } from '../sql/guard/assess.ts';
import type { Routine } from '../sql/guard/routine.ts';
import type { ObjectName } from '../sql/guard/token-reader.ts';
import type { AsideQuery } from './aside.ts';

/** Routines that call routines are followed so far. */
const deepest = 12;

/** What is not followed counts as what cannot be read. */
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
}

/** The facts with the routines that a text calls, and those that these call, as they are at this moment. */
export async function withRoutines(sql: string, facts: KnownFacts, { version, builtIn, aside }: RoutinePlace): Promise<KnownFacts> {
  const found = new Map<string, readonly Routine[]>();
  const routines = ({ normalized }: ObjectName): readonly Routine[] | undefined => (builtIn.has(normalized) ? [] : found.get(normalized));
  const known = { ...facts, routines };
  let names = assess(sql, known).unknownRoutines;
  if (names.length === 0) return known;
  await aside(async (query) => {
    for (let depth = 0; names.length > 0; depth++) {
      if (depth === deepest) {
        for (const { normalized } of names) found.set(normalized, unread);
        return;
      }
      const rows = await query(namedRoutinesQuery(names, version));
      if (rows === undefined) return;
      const answer = namedRoutines(names, rows);
      for (const [name, overloads] of answer.routines) found.set(name, overloads);
      for (const name of answer.builtIn) builtIn.add(name);
      names = assess(sql, known).unknownRoutines;
    }
  });
  return known;
}

import { namedRoutines, namedRoutinesQuery } from '../catalog/named-routines.ts';
import { type Assessment, assess, type KnownFacts } from '../sql/guard/assess.ts';
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

/** What a text does, with the bodies of the routines that it calls, and of those that these call, as they are at this moment. */
export async function assessWithRoutines(sql: string, facts: KnownFacts, { version, builtIn, aside }: RoutinePlace): Promise<Assessment> {
  const found = new Map<string, readonly Routine[]>();
  const known = (name: ObjectName) => (builtIn.has(name.normalized) ? [] : found.get(name.normalized));
  const assessNow = (): Assessment => assess(sql, { ...facts, routines: known });
  let assessment = assessNow();
  if (assessment.unknownRoutines.length === 0) return assessment;
  await aside(async (query) => {
    for (let depth = 0; assessment.unknownRoutines.length > 0; depth++) {
      const names = assessment.unknownRoutines;
      if (depth === deepest) for (const name of names) found.set(name.normalized, unread);
      else {
        const rows = await query(namedRoutinesQuery(names, version));
        if (rows === undefined) return;
        const answer = namedRoutines(names, rows);
        for (const [name, routines] of answer.routines) found.set(name, routines);
        for (const name of answer.builtIn) builtIn.add(name);
      }
      assessment = assessNow();
    }
  });
  return assessment;
}
